"""What an activity has several of, as columns of its file: assets, conditions, controllers, transfers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Case, F, Value, When
from django.db.models.functions import Concat, Replace

from assets.models import (
    ActivityAsset,
    ActivityCondition,
    Asset,
    ControllerServed,
    ScheduleCondition,
    Transfer,
)
from governance.people.registers.cells import CellError
from governance.people.registers.finding import finder, folded, short
from governance.people.registers.several import BETWEEN, WITHIN, New, Several

HIDDEN = "others that you may not open"
PLACE = Case(
    When(recipient="", then=F("country")), default=Concat("country", Value(": "), "recipient")
)  # as Transfer says itself
SEVERAL = "One in a line, or with semicolons between. What is not named is taken away"


def assets_named(parts: Collection[str]) -> Callable[[str], New]:
    """Finds assets by their references."""
    references = {part.upper() for part in parts}
    known = dict(Asset.objects.filter(reference__in=references).values_list("reference", "pk"))

    def find(part: str) -> New:
        if folded(part) == HIDDEN:
            raise CellError("It leaves out assets that whoever wrote the file may not open. Empty the cell")
        if (key := known.get(part.upper())) is None:
            raise CellError(f"There is no asset {short(part)}")
        return New(part.upper(), {"asset_id": key})

    return find


def conditions_named(parts: Collection[str]) -> Callable[[str], New]:
    """Finds conditions of Schedule 1 by name or code."""
    every = list(ScheduleCondition.objects.all())
    known = {folded(word): each for each in every for word in (each.code, flat(each.name))}
    find_in_list = finder(known, [flat(each.name) for each in every if not each.is_retired])

    def find(part: str) -> New:
        found = find_in_list(part)
        why_not = f"“{found}” is no longer offered. Choose another" if found.is_retired else ""
        return New(flat(found.name), {"condition_id": found.pk}, why_not)

    return find


def controllers_named(parts: Collection[str]) -> Callable[[str], New]:
    """Finds controllers by name. A new one says besides how it is reached, and what is done for it."""

    def find(part: str) -> New:
        name, *rest = (each.strip() for each in part.split("|"))
        fits(ControllerServed, name=name)
        if len(rest) != 2 or not all(rest):
            how = f"“{short(name)} | how to reach it | what is done for it”"
            return New(name, {}, f"“{short(name)}” is not among its controllers. To enter it write {how}")
        fits(ControllerServed, contact=rest[0])
        return New(name, {"name": name, "contact": rest[0], "categories": rest[1]})

    return find


def transfers_named(parts: Collection[str]) -> Callable[[str], New]:
    """Finds transfers by country and recipient: "Japan: A printer"."""

    def find(part: str) -> New:
        country, _, recipient = (each.strip() for each in part.partition(":"))
        if not country:
            raise CellError(f"“{short(part)}” names no country")
        fits(Transfer, country=country, recipient=recipient)
        said = f"{country}: {recipient}" if recipient else country
        return New(said, {"country": country, "recipient": recipient})

    return find


def fits(model: Any, **texts: str) -> None:
    """Raises CellError for a text that is longer than its field."""
    for name, text in texts.items():
        field = model._meta.get_field(name)
        if len(text) > field.max_length:
            raise CellError(
                f"“{short(text)}” is too long for {field.verbose_name}: {field.max_length} is the most"
            )


def flat(text: str) -> str:
    """A name as it stands among others in a cell."""
    return text.replace(BETWEEN, WITHIN)


def rows(name: str, heading: str, *aliases: str, **options: Any) -> Several:
    """A column of rows of an activity."""
    options.setdefault("help", SEVERAL)
    return Several(
        name=name, attname=f"rows_{name}", heading=heading, aliases=aliases, entry="activity_id", **options
    )


ASSETS = rows("assets", "Assets it works with", "Assets", "Information assets", of=ActivityAsset,
              by=("asset_id",), said=F("asset__reference"), finds=assets_named)  # fmt: skip
CONDITIONS = rows("conditions", "Schedule 1 conditions", "DPA 2018 Schedule 1 condition for processing",
                  of=ActivityCondition, by=("condition_id",), said=F("condition__name"),
                  finds=conditions_named)  # fmt: skip
CONTROLLERS = rows("controllers", "Done for these controllers", "Controllers", of=ControllerServed,
                   by=("name",), said=Replace("name", Value("|"), Value("/")),
                   finds=controllers_named)  # fmt: skip
TRANSFERS = rows("transfers", "Transfers abroad", "Names of third countries", of=Transfer,
                 by=("country", "recipient"), said=PLACE, finds=transfers_named)  # fmt: skip
COLUMNS = (ASSETS, CONDITIONS, CONTROLLERS, TRANSFERS)
