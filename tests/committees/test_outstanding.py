"""The lists of outstanding issues and of assurances that a paper carries where its text asks for them."""

import io
from datetime import date, timedelta

import pytest
from docx import Document

from actions.services import mistaken
from governance.committees import services
from governance.committees.assurances import assurances
from governance.committees.inserted.refusing import problem_with
from governance.committees.models import Body
from governance.committees.outputs import annex, word
from governance.committees.outstanding import ALL, outstanding
from governance.figures.moment import Moment
from tests.actions.factories_order import AssuranceFactory
from tests.actions.pages import known
from tests.committees.conftest import JULY, OCTOBER
from tests.committees.factories import BodyFactory, MeetingFactory, PaperFactory
from tests.factories import PlanFactory

pytestmark = pytest.mark.django_db

ASKED, DUE, HELD = date(2016, 7, 25), date(2016, 9, 26), date(2016, 10, 24)


@pytest.fixture
def meetings(db):
    body = BodyFactory(name="Audit Committee")
    return {day: MeetingFactory(body=body, held_on=day) for day in (ASKED, DUE, HELD)}


@pytest.fixture
def request_made(meetings):
    words, meeting = "A report to the next meeting.", meetings[ASKED]
    facts = {"decision": "request", "text": words, "minute_reference": "12/16"}
    (resolution,) = services.resolve(meeting, [facts])
    due = {"due_meeting": meetings[DUE]}
    return services.request(meeting, text=words, matter="Progress", due=due, resolution=resolution)


def test_a_paper_lists_what_its_body_still_waits_for_who_put_it_off_and_why(
    request_made, meetings, plan, officer
):
    agreed = {"decided_on": DUE, "decided_by": "The chair", "reason": "The audit takes longer."}
    due = {"due_on": date(2016, 10, 1)}
    services.reschedule(request_made, seen=request_made.dues.get().pk, due=due, **agreed)
    others = {"open": MeetingFactory(held_on=ASKED), "closed": MeetingFactory(held_on=ASKED)}
    Body.objects.filter(pk=others["closed"].body_id).update(kind=Body.Kind.OFFICER_BOARD)
    for name, meeting in others.items():
        services.request(meeting, text=f"What the {name} one wants.", matter="Audit", due={"due_on": HELD})
    paper = PaperFactory(meeting=meetings[HELD], plans=[plan])
    services.answer(paper, [], {request_made.pk: "Next time."})
    for position, text in enumerate(("Before\n{{outstanding}}\nafter", "{{outstanding all}}"), 1):
        paper.sections.create(position=position, heading=f"Issues {position}", text=text)
    issue = services.issue(paper, by=officer, frozen_on=OCTOBER)
    before, ours, after = issue.content["sections"][0]["blocks"]
    assert (before["kind"], after["kind"]) == ("paragraph", "paragraph")
    (row,) = ours["rows"]
    asked_for = "A report to the next meeting."
    stood = ["Progress", "25 July 2016, minute 12/16", asked_for, "By 1 October 2016", "Overdue, by 11 days"]
    assert row["cells"] == stood
    assert row["why"] == [
        "Put off on 26 September 2016 by The chair, by 1 October 2016: The audit takes longer."
    ]
    (every,) = issue.content["sections"][1]["blocks"]
    assert [each["cells"][2] for each in every["rows"]] == [asked_for, "What the open one wants."]
    sheets = {sheet.title: sheet.rows for sheet in annex.sheets(issue.paper)}
    assert sheets["Outstanding issues of Audit Committee, as at 12 October 2016"] == [[*stood, *row["why"]]]
    body = Document(io.BytesIO(word.render(issue.paper)))
    assert any(cell.text == row["why"][0] for table in body.tables for cell in table._cells)


def test_what_ended_since_the_meeting_before_is_listed_once_more(request_made, meetings, plan, officer):
    paper = PaperFactory(meeting=meetings[HELD], plans=[plan])
    services.answer(paper, [request_made], {request_made.pk: "The figures were not ready."})
    services.issue(paper, by=officer, frozen_on=OCTOBER)
    for months, said in ((1, ["Answered late, by 28 days, on 24 October 2016"]), (2, [])):
        meeting = MeetingFactory(body=meetings[HELD].body, held_on=HELD + timedelta(30 * months))
        made = outstanding(PaperFactory(meeting=meeting), meeting.held_on)
        assert [each["cells"][-1] for each in made["rows"]] == said
        late = "Late, as the report of 24 October 2016 says: The figures were not ready."
        assert all(each["why"] == [late] for each in made["rows"])


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (Body.Kind.OFFICER_BOARD, ["Another board", "In public", "Ours"]),
        (Body.Kind.TASK_GROUP, ["In public", "Ours"]),
        (Body.Kind.OUTSIDE, ["In public", "Ours"]),
        (Body.Kind.COMMITTEE, ["In public", "Ours"]),
    ],
)
def test_what_was_asked_for_in_private_is_told_to_whoever_asked_and_among_officers(kind, told, officer):
    asking = {
        "Ours": kind, "In public": Body.Kind.COMMITTEE, "Another board": Body.Kind.OFFICER_BOARD,
        "Another group": Body.Kind.TASK_GROUP, "Another council": Body.Kind.OUTSIDE,
    }  # fmt: skip
    bodies = {text: BodyFactory(name=text, kind=each) for text, each in asking.items()}
    for text, body in bodies.items():
        made = services.request(
            MeetingFactory(body=body, held_on=ASKED), text=text, matter="Audit", due={"due_on": DUE}
        )
        late = PaperFactory(meeting=MeetingFactory(body=body, held_on=DUE), plans=[PlanFactory()])
        services.answer(late, [], {made.pk: f"{text} had to wait."})
        services.issue(late, by=officer, frozen_on=date(2016, 9, 12))
    found = outstanding(PaperFactory(meeting=MeetingFactory(body=bodies["Ours"], held_on=HELD)), HELD, ALL)
    assert sorted(row["cells"][2] for row in found["rows"]) == told
    for row in found["rows"]:
        assert row["why"] == [
            f"Late, as the report of 26 September 2016 says: {row['cells'][2]} had to wait."
        ]


@pytest.mark.parametrize("typed", ["{{outstanding nowhere}}", "{{outstanding ico}}"])
def test_a_list_of_what_others_wait_for_is_of_every_body_or_refused(typed, plan):
    said = problem_with([typed], Moment.of(OCTOBER), [plan.code])
    assert said == f"{typed}: Write it alone for the body of the paper, or {{{{outstanding all}}}}"


def test_a_paper_lists_what_was_assured_of_each_of_its_plans_and_whether_it_was_kept(meetings, plan, officer):
    march = {"due_on": date(2017, 3, 1)}
    AssuranceFactory(plan=plan, due_on=date(2016, 9, 30), **known(JULY))
    AssuranceFactory(plan=plan, text="All by the return visit", **march, **known(JULY))
    AssuranceFactory(plan=plan, given_on=OCTOBER + timedelta(1), **march)
    wrong = AssuranceFactory(plan=plan, text="Never said", **march)
    mistaken.assurance(wrong, reason="Of another plan", by=officer)
    paper = PaperFactory(meeting=meetings[HELD], plans=[plan, PlanFactory(code="ifc", title="Roadmap")])
    for position, text in enumerate(("{{assurances}}", "Before\n{{assurances ico}}\nafter"), 1):
        paper.sections.create(position=position, heading=f"Assured {position}", text=text)
    issue = services.issue(paper, by=officer, frozen_on=OCTOBER)
    ours, others = issue.content["sections"][0]["blocks"]
    given = "25 January 2016, The committee of 25 January 2016"
    cells = [
        ["“All complete well before the return visit”", given, "30 September 2016", "Missed"],
        ["“All by the return visit”", given, "1 March 2017", "Still to come"],
    ]
    assert [row["cells"] for row in ours["rows"]] == cells
    assert assurances(plan, Moment.of(OCTOBER))["rows"] == ours["rows"]
    assert issue.content["sections"][1]["blocks"][1] == ours
    assert others["rows"] == []
    sheets = {sheet.title: sheet.rows for sheet in annex.sheets(issue.paper)}
    assert sheets["Assurances given of Plan following the audit, as at 12 October 2016"] == cells
    none = "Assurances given of Roadmap, as at 12 October 2016: there are none."
    assert none in [each.text for each in Document(io.BytesIO(word.render(issue.paper))).paragraphs]
    said = problem_with(["{{assurances nowhere}}"], Moment.of(OCTOBER), [plan.code])
    assert said == "{{assurances nowhere}}: There is no action plan “nowhere”"
