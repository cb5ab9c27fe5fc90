"""The papers issued while the history is told again say what the committee was told."""

from datetime import date

import pytest

from actions.models import ProgressUpdate
from governance.committees.models import Paper, PublishedFigure

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
