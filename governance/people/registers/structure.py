"""The structure of the council at a moment: which units lie below which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce

from governance.figures.asking import day_asked
from governance.figures.figure import SCOPE_PARTS, SCOPE_WIDE
from governance.figures.moment import Moment
from governance.people.models import OrganisationalUnit
from governance.people.registers.versions import instant_of, then

NOWHERE = Value(0)  # above what is at the top
ON = "@"  # between the code of a unit and the day of the structure, in an address


def structure_at(moment: Moment) -> Any:
    """Rows of key, code, name and the key of the unit above, as far as the structure was recorded by then."""
    above = then(OrganisationalUnit, Coalesce("parent_id", NOWHERE), "pk", instant_of(moment))
    units = OrganisationalUnit.objects.order_by()
    return units.values_list("pk", "code", "name", Coalesce(above, "parent_id"))


def said_below(code: str, moment: Moment) -> tuple[str, str]:
    """A unit with all that lay below it on the moment's day, as an address says it."""
    return "below", f"{code}{ON}{moment.as_at.isoformat()}"


def codes_below(said: Sequence[str], moment: Moment) -> set[str]:
    """The codes of units and of all below them, each on the day said with it or else the moment's."""
    found: set[str] = set()
    for each in said:
        code, _, day = each.partition(ON)
        of = day_asked(day, "The day of the part of the council")
        asked = Moment(of, moment.known_before) if of else moment
        found |= _with_those_below(code, structure_at(asked))
    return found


def _with_those_below(head: str, rows: Iterable[tuple[int, str, str, int | None]]) -> set[str]:
    codes: dict[int, str] = {}
    below: dict[int | None, list[int]] = {}
    for pk, code, _, parent in rows:
        codes[pk] = code
        below.setdefault(parent, []).append(pk)
    found: set[str] = set()
    ahead = [pk for pk, code in codes.items() if code == head]
    while ahead:
        unit = ahead.pop()
        if codes[unit] not in found:
            found.add(codes[unit])
            ahead.extend(below.get(unit, ()))
    return found


def _unit_codes() -> Iterable[str]:
    return OrganisationalUnit.objects.values_list("code", flat=True)


SCOPE_PARTS["units"] = SCOPE_PARTS["below"] = _unit_codes
SCOPE_WIDE["below"] = ("units", codes_below)
