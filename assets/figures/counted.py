"""The figures of the asset register counted together: of the present from the numbers that are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Count, F, QuerySet, Sum, Value

from assets.figures.register import (
    PARTS,
    key_assets,
    not_assessed,
    ownerless,
    to_be_disposed,
    total,
    with_personal_data,
    without_publish_decision,
    without_retention,
)
from assets.models import Tally
from governance.figures.moment import Moment, Scope
from governance.people.registers.counts import Counts
from governance.people.registers.versions import filled

# The tiles of the register's page, and the column in which the database keeps the number of each; the other
# parts are found by its filters. Who is in a post changes with the day, so what is ownerless is asked.
TILES = (
    (ownerless, ""),
    (with_personal_data, "with_personal_data"),
    (not_assessed, "not_assessed"),
    (key_assets, "key_assets"),
    (without_retention, "without_retention_rule"),
    (without_publish_decision, "undecided"),
    (to_be_disposed, "to_be_disposed"),
)
# The numbers kept for each answer of the filter for personal data.
PERSONAL_DATA: dict[str, Any] = {
    "": F("held"),
    "True": F("with_personal_data"),
    "False": F("held") - F("with_personal_data") - F("not_assessed"),
    "null": F("not_assessed"),
}
KEYS = (total.key, *(part.key for part, _ in TILES))


def tallies(moment: Moment, scope: Scope) -> dict[str, int]:
    """The total and the parts shown as tiles, by key, in one query (a test compares each with its figure)."""
    if not (moment.is_past or scope.units):
        with connection.cursor() as cursor:
            cursor.execute(*_everything(moment.as_at))
            return {key: number or 0 for key, number in zip(KEYS, cursor.fetchone(), strict=True)}
    rows, numbers = _counted(moment, scope)
    found = rows.aggregate(**_named(numbers))
    return {key: found[f"n{n}"] or 0 for n, key in enumerate(KEYS)}


@lru_cache(maxsize=8)
def _everything(day: date) -> tuple[str, tuple[Any, ...]]:
    """What is asked for the whole council: the same all day, so Django words it once."""
    rows, numbers = _counted(Moment.of(day), Scope())
    named = _named(numbers)
    summed = rows.order_by().values(all=Value(1)).annotate(**named).values_list(*named)
    asked: tuple[str, tuple[Any, ...]] = summed.query.sql_with_params()
    return asked


def kept(chosen: Mapping[str, Any]) -> int | None:
    """How many on the register match the filters chosen (by name), where numbers of it are kept, else None.

    They are kept by unit, owner and whether there are personal data (assets/models/tally.py).
    """
    chosen = {name: value for name, value in chosen.items() if value}
    if not chosen.keys() <= {"unit", "owner", "personal_data"}:
        return None
    column = PERSONAL_DATA[chosen.get("personal_data", "")]
    keys = {f"{name}_id": chosen[name] for name in ("unit", "owner") if name in chosen}
    return Tally.objects.filter(**keys).aggregate(number=Sum(column))["number"] or 0


def counts(moment: Moment, scope: Scope) -> Counts:
    """The same, with how many assets each post owns: grouped in one query."""
    return counts_of(grouped(moment, scope))


def grouped(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """What `counts_of` sums up, for who asks it together with other things."""
    rows, numbers = _counted(moment, scope)
    found: QuerySet[Any] = rows.order_by().values("owner_id").annotate(**_named(numbers))
    return found


def counts_of(rows: Iterable[Mapping[str, Any]]) -> Counts:
    """The figures of the register of these rows, `grouped`."""
    held = list(rows)
    return Counts(
        figures={key: sum(row[f"n{n}"] or 0 for row in held) for n, key in enumerate(KEYS)},
        by_owner={row["owner_id"]: row["n0"] for row in held if row["n0"]},
    )


def _counted(moment: Moment, scope: Scope) -> tuple[QuerySet[Any], list[Any]]:
    """What to count and the numbers of it: of the present what the database keeps, else the versions."""
    if moment.is_past:
        parts = [Count("pk", filter=PARTS[part.key]) for part, _ in TILES]
        return total.rows(moment, scope), [Count("pk"), *parts]
    unheld = Sum("held", filter=~filled("owner_id", moment.as_at))
    sums = [Sum(column) if column else unheld for _, column in TILES]
    return Tally.objects.within(scope), [Sum("held"), *sums]


def _named(numbers: list[Any]) -> dict[str, Any]:
    return {f"n{n}": number for n, number in enumerate(numbers)}
