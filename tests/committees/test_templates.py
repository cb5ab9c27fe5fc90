"""Forms of reports as data: what is shipped, versions, what a paper made from one asks."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from governance.committees import services
from governance.committees.form import beginnings, shipped_forms
from governance.committees.models import Paper, PaperKind, PaperTemplate
from governance.committees.models.template import numbers
from governance.committees.services import clearance, stops, templates
from governance.committees.services.attached import add_background
from governance.committees.services.removing import remove_template_section
from governance.core.dates import today
from governance.core.steps import StepError
from tests.cast import play, signed_in
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.pages import plainly, read
from tests.factories import PostFactory

pytestmark = pytest.mark.django_db

# The headings of the seeds (inventory G2), but for the columns and lines that papers print.
MELTON = (
    "Purpose of report, Recommendations, Key issues, Policy and corporate implications, Financial and other "
    "resource implications, Legal implications/powers, Community safety, Equalities, Risks, Climate change, "
    "Consultation, Wards affected, Contact officer, Appendices and background papers, File reference"
)

# The headings of the seeds (inventory G, rows 198 to 218), with one of ours, "Progress".
COVENTRY = """
Executive summary | Recommendations | List of appendices included | Other useful background papers
Has it been or will it be considered by Scrutiny?
Has it been or will it be considered by any other Council Committee, Advisory Panel or other body?
Will this report go to Council?
1 Context (or background) | 2 Options considered and recommended proposal | 2.1 Progress
3 Results of consultation undertaken | 4 Timetable for implementing this decision
5 Comments from the finance director | 5.1 Financial implications | 5.2 Legal implications
6 Other implications | 6.1 How will this contribute to achievement of the council's key objectives?
6.2 How is risk being managed? | 6.3 What is the impact on the organisation? | 6.4 Equalities / EIA
6.5 Implications for (or impact on) the environment | 6.6 Implications for partner organisations?
""".strip().replace("\n", " | ")
# Rows 193 to 197 and 219 to 221: what stands on the front sheet, over the clearances and at the end.
AROUND = (
    "Name of Cabinet Member",
    "Director approving submission of the report",
    "Ward(s) affected",
    "Is this a key decision?",
    "Sent out",
    "Came back",
    "This report is published on the council's website.",
)


def adopted(code="plain"):
    draft = templates.begin(shipped_forms()[code])
    return templates.adopt(draft, from_on=today(), reason="Constitution working group")


def test_the_shipped_forms_have_the_headings_of_the_councils_they_follow():
    coventry, melton = adopted("coventry"), adopted("melton")
    laid = [f"{number} {section}".strip() for number, section in coventry.laid_out()]
    assert " | ".join(laid) == COVENTRY
    assert [section.clearance for _, section in coventry.laid_out() if section.clearance] == [
        "finance",
        "legal",
    ]
    assert ", ".join(str(section) for _, section in melton.laid_out()) == MELTON
    assert (coventry.extent, melton.extent) == (
        "22 sections, 7 of them without a number",
        "15 sections, 3 of them without a number",
    )
    listed = (
        signed_in(play("clerk", "committee_officer")).get(reverse("committees:templates")).content.decode()
    )
    for form in (coventry, melton):
        assert f"{form.name}</a>: {form.extent}. {form.standing}. {form.source}." in listed


def test_headings_are_numbered_by_their_order_and_no_level_is_left_out():
    assert numbers([0, 1, 2, 2, 1, 3, 3, 0, 1]) == ["", "1", "1.1", "1.2", "2", "2.1", "2.2", "", "3"]


def test_every_kind_of_paper_says_what_it_begins_with():
    assert set(beginnings()) == set(PaperKind.values)


def test_a_form_without_a_section_that_must_have_text_is_refused_in_words():
    draft = templates.begin(shipped_forms()["plain"])
    draft.sections.update(mandatory=False)
    with pytest.raises(StepError, match="No section of this form must have text"):
        templates.adopt(draft, from_on=today(), reason="Working group")
    with pytest.raises(DatabaseError, match="no section that must have text"), transaction.atomic():
        PaperTemplate.objects.filter(pk=draft.pk).update(from_on=today())


BREACHES = {
    "form_of_report_adopted_stands": [
        "UPDATE committees_papertemplate SET name = 'Another'",
        "UPDATE committees_papertemplate SET from_on = NULL",
        "DELETE FROM committees_papertemplate",
        "UPDATE committees_templatesection SET heading = 'Another'",
        "DELETE FROM committees_templatesection",
    ],
    "form_of_report_is_withdrawn_once_in_force": [
        "UPDATE committees_papertemplate SET withdrawn_on = from_on - 1",
    ],
    "paper_keeps_its_form": ["UPDATE committees_paper SET template_id = NULL"],
    "paper_kind_is_known": ["UPDATE committees_paper SET kind = 'song'"],
    "papersection_is_cleared_by_somebody_known": ["UPDATE committees_papersection SET clearance = 'me'"],
    "papersection_lists_something_known": ["UPDATE committees_papersection SET lists = 'songs'"],
    "override_has_a_reason": ["UPDATE committees_override SET reason = ''"],
    "stop_is_overridden_once": [
        "INSERT INTO committees_override (paper_id, stop, words, reason, recorded_by_id, recorded_as) "
        "SELECT paper_id, stop, words, reason, recorded_by_id, '' FROM committees_override"
    ],
}


@pytest.mark.parametrize(
    ("constraint", "breach"),
    [(name, breach) for name, every in BREACHES.items() for breach in every],
)
def test_the_database_refuses(constraint, breach, clerk):
    paper = PaperFactory(template=adopted())
    paper.sections.create(position=1, heading="Summary", mandatory=True)
    stops.override(paper, stop=stops.stops(paper)[0].name, reason="Urgent", by=clerk)
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(breach)
    assert refused.value.__cause__.diag.constraint_name == constraint


def test_no_paper_is_made_from_a_draft_of_a_form():
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        PaperFactory(template=templates.begin(shipped_forms()["plain"]))
    assert refused.value.__cause__.diag.constraint_name == "paper_is_made_from_a_form_in_force"


def test_the_next_version_takes_over_and_papers_keep_theirs():
    first = adopted()
    paper = PaperFactory(template=first)
    second = templates.begin_after(first)
    with pytest.raises(StepError, match="Choose a later day"):
        templates.adopt(second, from_on=today(), reason="Working group")
    assert list(PaperTemplate.objects.offered()) == [first]
    templates.adopt(second, from_on=today() + timedelta(days=1), reason="Working group")
    assert list(PaperTemplate.objects.offered()) == [first]
    templates.retire(first, reason="The short form is not used any more")
    assert list(PaperTemplate.objects.offered()) == []
    assert Paper.objects.get(pk=paper.pk).template == first


def test_a_clerk_writes_a_form_puts_it_in_force_and_begins_a_paper_from_it(browser_of_clerk, plan):
    browser = browser_of_clerk
    browser.post(reverse("committees:new_template"), {"start": "plain"})
    form = PaperTemplate.objects.get()
    place = [form.number]
    new = {"heading": "Climate", "level": 1, "help": "", "text": "None", "place": 2, "clearance": "member"}
    browser.post(reverse("committees:new_template_section", args=place), new)
    page = plainly(read(browser, form.get_absolute_url()))
    assert "2 Climate no The Cabinet Member" in page
    adopt = reverse("committees:adopt_template", args=place)
    seen = browser.get(adopt).context["form"]["seen"].value()
    day = {"from_on_day": today().day, "from_on_month": today().month, "from_on_year": today().year}
    browser.post(adopt, day | {"reason": "Cabinet, minute 4", "seen": seen})
    late = browser.post(reverse("committees:new_template_section", args=place), new, follow=True)
    assert "adopted, so it stands as it is" in late.content.decode()

    meeting = MeetingFactory(held_on=today())
    front = {"meeting": meeting.pk, "title": "Lease", "publication_status": "Public", "kind": "decision"}
    refused = browser.post(reverse("committees:new_paper"), front)
    assert "Select the form of the report" in refused.context["form"].errors["template"][0]
    browser.post(reverse("committees:new_paper"), front | {"template": form.pk})
    paper = Paper.objects.get(title="Lease")
    assert paper.template == form
    headings = [str(section) for section in paper.sections.all()]
    assert headings[:3] == ["1 Summary", "2 Climate", "3 Recommendations"]
    assert headings[-3:] == [
        "7 Reasons for the decision",
        "8 Alternative options considered and rejected",
        "9 Conflicts of interest declared, and dispensations granted",
    ]
    assert paper.sections.get(heading="Summary").text == "A decision is asked for."
    assert paper.sections.get(heading="Climate").clearance == "member"


def test_a_missing_section_is_told_at_issue_and_overridden_with_a_reason_that_is_printed(plan, clerk):
    draft = PaperFactory(plans=[plan], to_come=True)
    draft.sections.create(position=1, number="1", heading="Recommendations", mandatory=True, text=" \n")
    clerks, officer = signed_in(clerk), signed_in(play("proper", "monitoring_officer"))
    issue, override = (
        reverse(f"committees:{name}", args=[draft.pk]) for name in ("issue_paper", "override_stop")
    )
    told = "The section “1 Recommendations” must have text, and has none"
    assert told in plainly(read(clerks, issue))
    with pytest.raises(services.IssueRefusedError, match="must have text"):
        services.issue(draft, by=clerk)
    stop = officer.get(override).context["form"].fields["stop"].choices[0][0]
    assert len(officer.post(override, {"stop": "", "reason": ""}).context["form"].errors) == 2
    officer.post(override, {"stop": stop, "reason": "The chair moves them at the meeting"})
    assert told not in plainly(read(clerks, issue))
    services.issue(draft, by=clerk)
    page = plainly(read(clerks, draft.get_absolute_url()))
    assert f"{told}. Issued all the same by the proper officer" in page
    assert "The chair moves them at the meeting" in page


def test_what_must_have_text_is_mended_or_overridden_but_not_removed(plan, clerk):
    draft = PaperFactory(plans=[plan], to_come=True)
    section = draft.sections.create(position=1, heading="Risks", mandatory=True)
    address = reverse("committees:edit_section", args=[draft.pk, section.pk])
    assert 'name="remove"' not in read(signed_in(clerk), address)
    typed = {"remove": "yes", "seen_version": section.standing_version()}
    refused = signed_in(clerk).post(address, typed)
    assert refused.status_code == 409
    assert "The section “Risks” must have text, so it is not removed" in refused.content.decode()
    stops.override(draft, stop=stops.stops(draft)[0].name, reason="Not ready", by=clerk)
    assert services.preview(draft)["overridden"]
    draft.sections.update(text="None")
    assert "overridden" not in services.issue(draft, by=clerk).content


def test_a_section_that_lists_something_by_itself_is_not_missing(plan):
    draft = PaperFactory(plans=[plan])
    draft.sections.create(position=1, heading="Background papers", lists="background", mandatory=True)
    assert len(stops.stops(draft)) == 1
    add_background(draft, title="The Act", file=None, link="https://www.legislation.gov.uk/")
    assert stops.stops(draft) == []


def test_a_section_of_a_form_goes_as_it_was_seen_and_not_once_the_form_is_adopted(browser_of_clerk):
    form = templates.begin(shipped_forms()["plain"])
    section = form.sections.first()
    address = reverse("committees:edit_template_section", args=[form.number, section.pk])
    opened = section.standing_version()
    form.sections.update(text="Written by somebody else")
    late = browser_of_clerk.post(address, {"remove": "yes", "seen_version": opened})
    assert late.status_code == 409
    assert "Written by somebody else" in late.content.decode()
    with pytest.raises(StepError, match="Somebody else changed this section"):
        remove_template_section(section, opened)  # read before the others wrote
    templates.adopt(form, from_on=today(), reason="Working group")
    with pytest.raises(StepError, match="adopted, so it stands as it is"):
        remove_template_section(section, section.standing_version())


def test_what_the_form_has_around_its_sections_is_on_every_paper(plan, clerk):
    front = {"cabinet_member": "Policy", "director_approving": "Resources", "wards": "All"}
    paper = PaperFactory(plans=[plan], to_come=True, **front)
    clearer = clearance.name_clearer(paper, post=PostFactory(), part="finance")
    (sending,) = clearance.send(paper, [clearer], by=clerk, document="Letter")
    clearance.bring_in(sending, outcome="cleared", answered_on=today(), document="Letter", by=clerk)
    services.issue(paper, by=clerk)
    page = plainly(read(signed_in(clerk), paper.get_absolute_url()))
    assert [label for label in AROUND if label not in page] == []
