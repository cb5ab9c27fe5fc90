"""A version of a rule from its draft to the day it is in force."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Count, Max

from governance.colours.models import REGISTERS, ColourLine, ColourRule, computed
from governance.colours.models.computing import colour_of
from governance.colours.representations.definition import Definition, of_rule
from governance.core.dates import long_date, months_before, today
from governance.core.locks import Lock
from governance.figures.moment import Moment
from governance.history.trail import because

if TYPE_CHECKING:
    from datetime import date


class RuleError(Exception):
    """A step that cannot be taken; the text says why, as a sentence for a page."""


@transaction.atomic
def begin(definition: Definition) -> ColourRule:
    """A draft that says what `definition` says, under the next number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [Lock.COLOURS_NUMBERS.value])
    last = ColourRule.objects.aggregate(last=Max("number"))["last"] or 0
    rule = ColourRule.objects.create(
        number=last + 1,
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

    Raises RuleError if it is no draft any more, or if it does not say what the person saw (`seen`, the digest
    of that definition).
    """
    draft = standing(rule)
    if draft.from_on:
        raise RuleError(f"{draft} is adopted, so it stands as it is. Begin a new version")
    if of_rule(draft).digest != seen:
        raise RuleError(
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

    `seen` is the digest of what the person was shown; "" where no page was shown. Raises RuleError where it
    was adopted or changed meanwhile, or a version from a later day exists.
    """
    draft = standing(rule)
    if seen and of_rule(draft).digest != seen:
        raise RuleError("The draft was changed since this page was shown: look at it again")
    if draft.from_on:
        raise RuleError(f"{draft} is adopted already: it is in force from {long_date(draft.from_on)}")
    adopted = ColourRule.objects.of(draft.register).adopted()
    if from_on <= today() and adopted.exists():
        raise RuleError(
            "A new version cannot be in force from a day that is past or from today: colours were shown. "
            "Choose tomorrow or a later day"
        )
    if from_on > (last := last_day()):
        raise RuleError(f"The day from which it is in force must not be after {long_date(last)}")
    if later := adopted.filter(from_on__gte=from_on).first():
        raise RuleError(f"{later} is in force from a day no earlier than that. Choose a later day")
    draft.from_on = from_on
    with because(reason):
        draft.save()
    return draft


@transaction.atomic
def withdraw(rule: ColourRule, *, reason: str) -> ColourRule:
    """Put a version that is not in force yet back among the drafts. Raises RuleError once it is."""
    adopted = standing(rule)
    if adopted.from_on is None:
        raise RuleError(f"{adopted} is a draft already")
    if adopted.from_on <= today():
        raise RuleError(f"{adopted} is in force, so it stands as it is. Begin a new version")
    adopted.from_on = None
    with because(reason):
        adopted.save()
    return adopted


def first_day(register: str) -> date:
    """From when at the earliest a page offers to put a version in force: the first of a register today."""
    shown = ColourRule.objects.of(register).adopted().exists()
    return today() + timedelta(days=1) if shown else today()


def last_day() -> date:
    """From when at the latest a version is in force: a mistyped year would stop all that follow."""
    return months_before(today(), -12)


def standing(rule: ColourRule) -> ColourRule:
    """The version as it stands now, locked."""
    return ColourRule.objects.select_for_update().get(pk=rule.pk)


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
