"""The papers issued while the history is told again say what the committee was told."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from actions.models import ProgressUpdate
from governance.committees.models import Paper, PublishedFigure, Restatement

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]

PRINTED = [
    (date(2016, 7, 25), {"completed": 8, "in_progress": 50, "not_started": 19, "awaiting_approval": 0}),
    (date(2016, 10, 24), {"completed": 46, "in_progress": 27, "not_started": 4, "awaiting_approval": 0}),
    (date(2017, 2, 20), {"completed": 75, "in_progress": 0, "not_started": 0, "awaiting_approval": 2}),
]


def figures(held_on: date) -> dict[str, PublishedFigure]:
    paper = Paper.objects.get(meeting__held_on=held_on, state="issued")
    counted = PublishedFigure.objects.filter(
        paper=paper, scope={"plans": ["ico-2015"]}, dimension={}, movement=""
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


def test_october_has_a_movement_of_38_and_february_of_29():
    moved = PublishedFigure.objects.filter(
        key="actions.completed", movement="entered", dimension={}, scope={"plans": ["ico-2015"]}
    )

    assert list(moved.order_by("as_at").values_list("value", flat=True)) == [38, 29]


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
        "issued",
    )
    ico = {each["key"]: each["value"] for each in october["figures"] if each["plans"] == ["ico-2015"]}
    assert (ico["actions.completed"], ico["actions.in_progress"], ico["actions.not_started"]) == (46, 27, 4)
