"""The papers issued while the history is told again say what the committee was told."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from actions.models import ProgressUpdate
from governance.committees.minuted import told_of
from governance.committees.models import Paper, PublishedFigure, Restatement
from governance.committees.restating.finding import find
from governance.demo.seeds import told
from governance.people.models import Role
from tests.cast import play, signed_in
from tests.committees.pages import plainly, read

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]

PRINTED = [
    (date(2016, 7, 25), {"completed": 8, "in_progress": 50, "not_started": 19, "awaiting_approval": 0}),
    (date(2016, 10, 24), {"completed": 46, "in_progress": 27, "not_started": 4, "awaiting_approval": 0}),
    (date(2017, 2, 20), {"completed": 75, "in_progress": 0, "not_started": 0, "awaiting_approval": 2}),
    (date(2016, 7, 28), {"completed": 8, "in_progress": 50, "not_started": 19, "awaiting_approval": 0}),
    (date(2017, 4, 13), {"completed": 75, "in_progress": 0, "not_started": 0, "awaiting_approval": 2}),
]


def figures(held_on: date) -> dict[str, PublishedFigure]:
    paper = Paper.objects.get(meeting__held_on=held_on, state="issued")
    counted = PublishedFigure.objects.counted().filter(
        paper=paper, scope={"plans": ["ico-2015"]}, dimension={}
    )
    return {figure.key: figure for figure in counted}


@pytest.mark.parametrize(("held_on", "printed"), PRINTED)
def test_the_ledger_of_each_paper_holds_what_was_minuted(held_on, printed):
    ledger = figures(held_on)

    assert {status: ledger[f"actions.{status}"].value for status in printed} == printed
    assert all(figure.entries.count() == figure.value for figure in ledger.values())


def test_a_paper_keeps_what_it_said_of_an_action_that_was_corrected_later():
    correction = ProgressUpdate.objects.get(action__plan__code="ico-2015", corrects__isnull=False)
    entries = figures(date(2016, 7, 25))["actions.in_progress"].entries

    assert entries.filter(evidence=correction.corrects_id, reference=correction.action.reference).exists()


def test_each_body_is_told_what_moved_since_it_was_told_last():
    moved = PublishedFigure.objects.filter(
        key="actions.completed", movement="entered", dimension={}, scope={"plans": ["ico-2015"]}
    )
    told = moved.order_by("as_at").values_list("earlier__paper__meeting__held_on", "value")
    assert list(told) == [
        (date(2016, 7, 25), 38),
        (date(2016, 10, 24), 29),
        (date(2016, 7, 28), 67),  # the Cabinet Member in April had not had the papers to the committee
    ]


@pytest.mark.parametrize(
    ("held_on", "points"),
    [
        (date(2017, 2, 20), ["2016-07-25", "2016-10-24", "2017-02-20"]),
        (date(2017, 4, 13), ["2016-07-28", "2016-10-24", "2017-02-20", "2017-04-13"]),
    ],
)
def test_the_same_report_to_two_bodies_is_one_point_of_the_chart(held_on, points):
    plan = Paper.objects.get(meeting__held_on=held_on, state="issued").issue.content["plans"][0]
    assert [point["day"] for point in plan["progress"]] == points


def test_the_cabinet_member_had_the_report_of_the_committee_with_what_it_was_recommended():
    paper = Paper.objects.get(meeting__held_on=date(2016, 7, 28))
    assert paper.follows.meeting.held_on == date(2016, 7, 25)
    before = paper.issue.content["before"]
    assert before["told"].endswith("Audit and Procurement Committee on 25 July 2016.")
    assert "note the progress made on the action plans;" in before["recommended"]


def test_the_cabinet_member_is_told_in_april_that_july_was_another():
    (note,) = Paper.objects.get(meeting__held_on=date(2017, 4, 13)).issue.content["restated"]
    said = "".join(part["text"] for part in note["sentence"])
    assert "actions in progress 50, now known to have been 49" in said


@pytest.mark.parametrize(
    ("held_on", "said"),
    [
        (date(2016, 10, 24), "8 actions completed, 49 in progress and 20 yet to begin."),
        (date(2017, 4, 13), "75 of 77 actions have been completed; 2 await approval:"),
    ],
)
def test_figures_that_an_author_put_into_a_sentence_are_in_the_ledger(held_on, said):
    paper = Paper.objects.get(meeting__held_on=held_on, state="issued")
    assert said in plainly(read(signed_in(play("reads", Role.INTERNAL_AUDITOR)), paper.get_absolute_url()))
    inserted = paper.figures.filter(inserted=True)
    assert all(figure.entries.count() == figure.value for figure in inserted)


@pytest.mark.parametrize(
    ("told_on", "minuted_on", "values", "differing", "sums"),
    [
        (date(2016, 7, 25), date(2016, 10, 24), [8, 49, 20], 2, []),
        (
            date(2016, 10, 24),
            date(2017, 2, 20),
            [48, 27, 4],
            1,
            ["4 + 27 + 48 sums to 79, the paper says 77"],
        ),
    ],
)
def test_minutes_that_recall_a_paper_otherwise_stand_beside_it(told_on, minuted_on, values, differing, sums):
    paper = Paper.objects.get(meeting__held_on=told_on, meeting__body__code="audit-procurement")
    (told,) = told_of(paper, paper.minuted.for_page())
    assert told.minute.meeting.held_on == minuted_on
    assert sorted(each.value for each in told.figures) == sorted(values)
    assert len([each for each in told.figures if each.differs]) == differing
    assert told.sums == sums


def test_no_progress_became_known_between_a_freeze_and_its_meeting():
    for paper in Paper.objects.filter(state="issued").select_related("issue", "meeting"):
        between = ProgressUpdate.objects.filter(
            known_at__gte=paper.issue.known_before, known_at__date__lte=paper.meeting.held_on
        )
        assert not between.filter(action__plan__code="ico-2015").exists()


def notes_of_october():
    paper = Paper.objects.get(meeting__held_on=date(2016, 10, 24), state="issued")
    return paper.issue.content["restated"]


def test_the_october_paper_says_by_itself_that_july_was_another_and_why():
    (note,) = notes_of_october()
    said = "".join(part["text"] for part in note["sentence"])

    assert "The paper for the meeting of 25 July 2016 gave, as at 13 July 2016:" in said
    assert "actions in progress 50, now known to have been 49" in said
    assert "actions not started 19, now known to have been 20" in said
    assert [record.split(":")[0] for record in note["records"]] == ["ICO-031"]
    assert "corrected on 10 October 2016" in note["records"][0]
    assert note["class"] == "Error"
    assert note["reason"]


def test_exactly_one_action_of_july_is_restated_and_every_figure_it_moved_is_classed():
    july = (
        Restatement.objects.standing().differing().filter(figure__paper__meeting__held_on=date(2016, 7, 25))
    )
    ico = july.filter(figure__scope={"plans": ["ico-2015"]})

    whole = {each.figure.key: (each.figure.value, each.now) for each in ico.filter(figure__dimension={})}
    assert whole["actions.in_progress"] == (50, 49)
    assert whole["actions.not_started"] == (19, 20)
    assert {reference for each in ico for reference in each.references} == {"ICO-031"}
    assert {each.classings.get().kind for each in ico} == {"error"}


def test_the_february_paper_does_not_say_it_again():
    paper = Paper.objects.get(meeting__held_on=date(2017, 2, 20), state="issued")
    assert not any("25 July 2016" in part["text"] for note in paper.issue.content.get("restated", [])
                   for part in note["sentence"])  # fmt: skip


def test_the_command_lists_the_papers_with_what_they_gave():
    printed = StringIO()
    call_command("papers", format="json", stdout=printed)
    rows = {row["meeting"]: row for row in json.loads(printed.getvalue())}
    october = rows["2016-10-24"]

    assert (october["frozen_on"], october["published_on"], october["state"]) == (
        "2016-10-12",
        "2016-10-14",
        "Considered",
    )
    ico = {each["key"]: each["value"] for each in october["figures"] if each["plans"] == ["ico-2015"]}
    assert (ico["actions.completed"], ico["actions.in_progress"], ico["actions.not_started"]) == (46, 27, 4)


def test_the_paper_on_risks_keeps_a_section_and_a_risk_out_of_its_public_part():
    paper = Paper.objects.get(title=told.TITLE)
    public, part_2 = json.dumps(paper.issue.content), json.dumps(paper.editions.part_2().get().content)
    for words in ("Its price for each service", "Ransomware makes shared files unreadable"):
        assert (words in public, words in part_2) == (False, True)
    assert public.count(told.MARKED) == 2  # in its row, and among the rows that are withheld
    page = plainly(read(Client(), reverse("published:paper", args=[paper.pk])))
    assert "paragraph 7 of Part 1 of Schedule 12A" in page
    assert "Whoever attacks the council would know where" in page


def test_what_moves_on_the_day_of_the_paper_on_risks_restates_none_of_its_figures():
    paper = Paper.objects.filter(title=told.TITLE)
    assert find(papers=paper).written == []
    risks = {each.key: each.value for each in paper.get().figures.of_risks().filter(movement="")}
    assert risks["risks.total"] > risks["risks.above_appetite"] > 0
    for erratum in paper.get().errata.all():
        assert "restated" not in erratum.issue.content
