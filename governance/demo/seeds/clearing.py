"""What Northmere is having cleared: a policy on records for the Cabinet Member, before three posts.

One has cleared it, one returned it with a comment, and one is late. The words are ours, and illustrative.
"""

from __future__ import annotations

from datetime import timedelta

from governance.committees.clearing import clearing_of
from governance.committees.forms import NewPaperForm
from governance.committees.models import (
    Body,
    Clearer,
    FixedStep,
    Meeting,
    Paper,
    PaperSection,
    PaperTemplate,
    Step,
)
from governance.committees.services import clearance, comments, expect_members
from governance.core.dates import today
from governance.core.working_days import WorkingDays
from governance.demo.seeds.processing import holder
from governance.history.trail import signed
from governance.people.models import Post, Role, User

BODY, DIRECTOR = "cabinet-member-policy", "ed-resources"
FORM = "melton"
TITLE = "Records Management Policy: approval"
WEEKS_AHEAD, DAYS_LATE = 8, 2
ASKED = "To approve the Records Management Policy."
WHY_EARLY = "The director is away before the meeting. The paper was sent later than was planned with them"
WRITTEN = {
    "Purpose of report": "The Cabinet Member is asked to approve the policy by which services keep records "
    "and dispose of them. What it lays down stands under the key issues.",
    "Key issues": "Services keep paper and files by habits of their own. The policy gives every series of "
    "records an owner, a time for which it is kept, and a way in which it is disposed of.",
    "Financial and other resource implications": "The policy is put into effect within the budgets of the "
    "services. Stores that are emptied save rent from the next year on.",
    "Legal implications/powers": "The council may make such arrangements for its records as it sees fit.",
    "What changes from the policy in force": "There is none in force: services have followed guidance.",
}
LEGAL = "Legal implications/powers"
COMMENT = "The power is section 224 of the Local Government Act 1972, which asks for proper arrangements."
REPLY = "It will be named in the version that is sent again."
RETURNED = "Name the power under which records are kept. A comment stands beside the section."
TAKEN = "Asked to clear the policy"


def enter(by: User) -> None:
    """The draft, as its clerk begins it and sends it out; then what came back."""
    clerk, body = holder(Role.COMMITTEE_OFFICER), Body.objects.filter(code=BODY).first()
    form = PaperTemplate.objects.offered().filter(code=FORM).first()
    director = Post.objects.filter(code=DIRECTOR).first()
    if not clerk or not body or not form or not director or Paper.objects.filter(title=TITLE).exists():
        return
    with signed(clerk, reason="A policy goes to the Cabinet Member"):
        paper = begun(to_meet(body), form, director, clerk)
        clearance.name_those_asked_for(paper)
        clearance.name_clearer(paper, post=director, part=Clearer.Part.DIRECTOR)
        clearance.send(paper, list(paper.clearers.all()), by=clerk)
    answered(paper, holder(Role.FINANCE_APPROVER), "cleared")
    if lawyer := holder(Role.LEGAL_APPROVER):
        answered(paper, lawyer, "returned", RETURNED)
        say(paper.sections.get(heading=LEGAL), lawyer, clerk)


def to_meet(body: Body) -> Meeting:
    """The meeting, whose director clears earlier than the rule says."""
    days = WorkingDays()
    held_on = days.after(today() + timedelta(weeks=WEEKS_AHEAD), 1)
    meeting = Meeting.objects.create(body=body, held_on=held_on, place="Committee Room 1")
    expect_members(meeting)
    due_on = days.before(today(), DAYS_LATE)
    FixedStep.objects.create(meeting=meeting, step=Step.DIRECTOR, due_on=due_on, reason=WHY_EARLY)
    return meeting


def begun(meeting: Meeting, form: PaperTemplate, director: Post, clerk: User) -> Paper:
    """The draft, as its page begins it, with what has been written so far."""
    front = {"meeting": meeting.pk, "kind": "policy", "template": form.pk, "title": TITLE, "wards": "All"}
    named = {"report_of": director.title, "director_approving": director.title}
    typed = NewPaperForm(front | named | {"publication_status": "Public"})
    if not typed.is_valid():
        raise ValueError(str(typed.errors))
    paper = typed.save_by(clerk)
    for section in paper.sections.filter(heading__in=WRITTEN):
        section.text = WRITTEN[section.heading]
        section.save(update_fields=["text"])
    paper.recommendations.create(position=1, body=meeting.body, text=ASKED)
    return paper


def answered(paper: Paper, person: User | None, outcome: str, comment: str = "") -> None:
    """What comes back from the post of a person, where it was asked."""
    posts = clearing_of(paper).posts
    asked = next((each for each in posts if person and person.occupies(each.clearer.post_id)), None)
    if person and asked:
        with signed(person, reason=TAKEN):
            clearance.answer(asked.clearer, outcome=outcome, comment=comment, seen=asked.words, by=person)


def say(section: PaperSection, lawyer: User, clerk: User) -> None:
    """What legal says beside its section, and what the clerk replies."""
    with signed(lawyer, reason=TAKEN):
        said = comments.comment(section, text=COMMENT, by=lawyer)
    with signed(clerk, reason=TAKEN):
        comments.reply(said, text=REPLY, by=clerk)
