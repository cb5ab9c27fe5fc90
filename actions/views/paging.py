"""A page of a plan as it stands, whole and in its own order: found along with what is counted of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from actions.models import ProgressUpdate
from governance.core.filtering import PER_PAGE

if TYPE_CHECKING:
    from django.http import HttpRequest

    from governance.figures.moment import Moment

# What an address may say without narrowing or sorting the list.
PAGE = "page"
ONLY = {PAGE, "as_at", "known_at"}
NONE = slice(0, 0)
LONGEST = 6  # digits of the number of a page


def part_of_whole(request: HttpRequest) -> slice:
    """Which rows of a list the address asks for that nothing narrows or sorts; none where something does."""
    number = request.GET.get(PAGE, "1")
    plain = number.isascii() and number.isdecimal() and len(number) <= LONGEST
    narrowed = any(any(values) for name, values in request.GET.lists() if name not in ONLY)
    if narrowed or not plain or int(number) < 1:
        return NONE
    return slice((int(number) - 1) * PER_PAGE, int(number) * PER_PAGE)


def rows_of(shown: Sequence[Mapping[str, Any]], moment: Moment) -> list[Any]:
    """The rows that were found along with the counts, with all that the list shows of them; one query."""
    facts = {each["id"]: each for each in shown}
    rows: list[Any] = list(
        ProgressUpdate.objects.filter(pk__in=facts).naming_all(moment).order_by("action__reference")
    )
    for row in rows:
        fact = facts[row.pk]
        row.colour, row.override = fact["colour"], fact["override"]
        row.due_then = date.fromisoformat(fact["due_then"]) if fact["due_then"] else None
        row.is_overdue = fact["is_overdue"]
    return rows
