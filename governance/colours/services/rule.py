"""A version of a rule from its draft to the day it is in force."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count

from governance.colours.models import REGISTERS, ColourLine, ColourRule, computed
from governance.colours.models.computing import colour_of
from governance.colours.representations.definition import Definition, of_rule
from governance.core.dates import long_date, months_before, today
from governance.core.locks import Lock
from governance.core.steps import StepError
from governance.figures.moment import Moment
from governance.history.adopting import draft_of, locked, next_number, put_in_force, refuse_adopted

if TYPE_CHECKING:
    from datetime import date


@transaction.atomic
def begin(definition: Definition) -> ColourRule:
    """A draft that says what `definition` says, under the next number."""
    rule = ColourRule.objects.create(
        number=next_number(ColourRule, Lock.COLOURS_NUMBERS),
        register=definition.register,
        name=definition.name,
        source=definition.source,
        override_months=definition.override_months,
    )
    lay(rule, definition)
    return rule


@transaction.atomic
def write(rule: ColourRule, definition: Definition, *, seen: str) -> None:
    """Make a draft say what `definition` says; a line that stays as it was leaves no version.

    Raises StepError if it is no draft any more, or if it does not say what the person saw (`seen`, the digest
    of that definition).
    """
    draft = draft_of(rule)
    if of_rule(draft).digest != seen:
        raise StepError(
            "Somebody else has changed this draft since you opened it. What you typed is kept below: save "
            "again to put it in place of theirs"
        )
    for name in ("name", "source", "override_months"):
        setattr(draft, name, getattr(definition, name))
    draft.save()
    lay(draft, definition)


def lay(draft: ColourRule, definition: Definition) -> None:
    """Write its lines, each in its place; those that are too many go."""
    draft.lines.filter(position__gt=len(definition.lines)).delete()
    kept = {each.position: each for each in draft.lines.all()}
    for position, line in enumerate(definition.lines, start=1):
        row = kept.get(position) or ColourLine(rule=draft, position=position)
        for name, value in vars(line).items():
            setattr(row, name, value)
        row.save()


@transaction.atomic
def adopt(rule: ColourRule, *, from_on: date, reason: str, seen: str = "") -> ColourRule:
    """Put a draft in force from a day to come, within a year; the first of a register also from one before.

    `seen` is the digest of what the person was shown; "" where no page was shown. Raises StepError where it
    was adopted or changed meanwhile, or a version from a later day exists.
    """
    draft = locked(rule)
    if seen and of_rule(draft).digest != seen:
        raise StepError("The draft was changed since this page was shown: look at it again")
    refuse_adopted(draft)
    adopted = ColourRule.objects.of(draft.register).adopted()
    if from_on <= today() and adopted.exists():
        raise StepError(
            "A new version cannot be in force from a day that is past or from today: colours were shown. "
            "Choose tomorrow or a later day"
        )
    if from_on > (last := last_day()):
        raise StepError(f"The day from which it is in force must not be after {long_date(last)}")
    return put_in_force(draft, adopted, from_on=from_on, reason=reason)


def first_day(register: str) -> date:
    """From when at the earliest a page offers to put a version in force: the first of a register today."""
    shown = ColourRule.objects.of(register).adopted().exists()
    return today() + timedelta(days=1) if shown else today()


def last_day() -> date:
    """From when at the latest a version is in force: a mistyped year would stop all that follow."""
    return months_before(today(), -12)


def turned(definition: Definition) -> Counter[tuple[str | None, str]]:
    """How many entries would turn from which colour to which today, by (colour now, colour then).

    Computed colours, of every entry of the register; those that stay as they are too. Two queries.
    """
    coloured, now = REGISTERS[definition.register], Moment.now()
    in_force = list(ColourLine.objects.in_force(definition.register, now))
    rows = coloured.facts(coloured.rows(now), now).annotate(
        line_now=computed(in_force, coloured, now), line_then=computed(definition.lines, coloured, now)
    )
    rows = rows.annotate(
        colour_now=colour_of(in_force, "line_now"), colour_then=colour_of(definition.lines, "line_then")
    )
    counted = rows.order_by().values_list("colour_now", "colour_then").annotate(rows=Count("pk"))
    return Counter({(now_, then): number for now_, then, number in counted})
