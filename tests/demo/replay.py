"""Design 2.2 once more, by brute force: every row of progress read into memory and gone through."""

from collections.abc import Iterable
from datetime import date

from actions.models import Action, ProgressUpdate
from governance.core.dates import end_of_day


def standing(as_at: date, known_at: date, plan: str) -> dict[str, ProgressUpdate]:
    """The update that stands for each action of a plan, by the action's reference."""
    found = {}
    for action in Action.objects.filter(plan__code=plan).order_by("reference"):
        rows = [row for row in action.updates.order_by("pk") if row.known_at < end_of_day(known_at)]
        if stands := _last(rows, as_at):
            found[action.reference] = stands
    return found


def _last(rows: list[ProgressUpdate], as_at: date) -> ProgressUpdate | None:
    corrected = {row.corrects_id for row in rows}
    live = [row for row in rows if row.pk not in corrected and not row.void and row.effective_on <= as_at]
    return max(live, key=lambda row: (row.effective_on, _place(row, rows), row.known_at), default=None)


def _place(row: ProgressUpdate, rows: Iterable[ProgressUpdate]) -> int:
    """The row's own number, or the place of what it corrects."""
    by_key = {other.pk: other for other in rows}
    while row.corrects_id:
        row = by_key[row.corrects_id]
    return row.pk
