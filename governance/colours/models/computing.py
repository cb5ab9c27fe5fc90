"""The one place where a colour is computed: from the facts at a moment, by the rule of that day, in SQL.

So a list, a filter, a figure and a page cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    F,
    Func,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, JSONObject

from governance.colours.models.rule import OTHERWISE, ColourLine, ColourRule

if TYPE_CHECKING:
    from governance.colours.models.vocabulary import Coloured
    from governance.figures.moment import Moment


class Line(Protocol):
    """A line of a rule, kept or only typed."""

    @property
    def colour(self) -> str:
        """Red, amber and so on."""

    @property
    def condition(self) -> str:
        """The key of its condition."""

    @property
    def days(self) -> int | None:
        """The number that the condition takes."""

    @property
    def and_condition(self) -> str:
        """The key of the second; "" for none."""

    @property
    def and_days(self) -> int | None:
        """Its number."""


def computed(lines: Iterable[Line], coloured: Coloured, moment: Moment) -> Cast:
    """The place, from 1, of the first line that holds for a row; null where there is no rule.

    Raises KeyError for a condition that the register does not declare.
    """
    none = [When(coloured.outside, then=Value(None))] if coloured.outside else []
    whens = [
        When(_holds(line, coloured, moment), then=Value(place)) for place, line in enumerate(lines, start=1)
    ]
    # Without a line there is no number of which the database would know what it is.
    place = Case(*none, *whens, default=Value(None), output_field=IntegerField())
    return Cast(place, IntegerField())


def _holds(line: Line, coloured: Coloured, moment: Moment) -> Q:
    if line.condition == OTHERWISE:
        return Q(pk__isnull=False)
    met = coloured.by_key[line.condition].holds(moment, line.days or 0)
    if line.and_condition:
        met &= coloured.by_key[line.and_condition].holds(moment, line.and_days or 0)
    return met


def colour_of(lines: Iterable[Line], place: str) -> Func:
    """The colour of the line whose place a column holds; null where that is null."""
    colours = Value([str(line.colour) for line in lines], output_field=ArrayField(TextField()))
    return Func(colours, F(place), template="((%(expressions)s])", arg_joiner=")[", output_field=TextField())


def lines_of(coloured: Coloured, moment: Moment) -> list[ColourLine]:
    """The lines of the rule in force at a moment, in their order; one query."""
    return list(ColourLine.objects.in_force(coloured.register, moment))


class KeptLine(NamedTuple):
    """A line of an adopted rule, as `every_line` tells it."""

    from_on: str
    adopted_at: str
    colour: str
    condition: str
    days: int | None
    and_condition: str
    and_days: int | None


def every_line(register: str) -> ArraySubquery:
    """The lines of all adopted rules of a register, to be read along with another row (see `lines_on`)."""
    adopted: Any = ColourLine.objects.filter(rule__register=register, rule__from_on__isnull=False)
    columns = {name: F(name) for name in KeptLine._fields[2:]}
    # What is adopted is not changed before it is taken back: its last version is the one that adopted it.
    versions: Any = ColourRule.history.filter(id=OuterRef("rule_id")).order_by("-history_id")
    adopted_at = Subquery(versions.values("history_date")[:1])
    told = JSONObject(from_on=Cast("rule__from_on", TextField()), adopted_at=adopted_at, **columns)
    return ArraySubquery(adopted.order_by("rule__from_on", "position").values(told=told))


def lines_on(told: Iterable[dict[str, Any]], moment: Moment) -> list[KeptLine]:
    """Of those: the lines of the rule in force at a moment, in their order; none before the first."""
    lines = [KeptLine(**each) for each in told]
    known = [each for each in lines if datetime.fromisoformat(each.adopted_at) < moment.known_before]
    days = [each.from_on for each in known if date.fromisoformat(each.from_on) <= moment.as_at]
    begun = max(days, default="")
    return [each for each in lines if each.from_on == begun]


def with_colours(rows: Any, coloured: Coloured, moment: Moment, lines: Sequence[Line] | None = None) -> Any:
    """Rows with their colours at a moment, by the rule of that day: one more query, unless its `lines` are
    given.

    Each has `colour`, the one that is shown, and `override`: None, or what a person has set instead, with
    `colour`, `until`, `reason` and `post`. Both are None where no rule was in force that day. To be asked for
    with F: `computed_colour` and `colour_line`, what the rule says and the place of the line that says it.
    """
    lines = lines_of(coloured, moment) if lines is None else lines
    facts = (coloured.overridden or _overridden(coloured))(coloured.facts(rows, moment), moment)
    set_colour = KeyTextTransform("colour", "override")
    shown = Coalesce(set_colour, "computed_colour", output_field=TextField())
    computing = facts.alias(colour_line=computed(lines, coloured, moment))
    computing = computing.alias(computed_colour=colour_of(lines, "colour_line"))
    return computing.annotate(colour=_unless(coloured.outside, shown))


def told_of(override: str = "") -> JSONObject:
    """What is told of a colour that a person set, at the end of a path."""
    until = Cast(f"{override}until", TextField())
    return JSONObject(
        colour=f"{override}colour", until=until, reason=f"{override}reason", post=f"{override}recorded_as"
    )


def _overridden(coloured: Coloured) -> Callable[[Any, Moment], Any]:
    """Rows with the override that stands, looked up for each of them."""

    def overridden(rows: Any, moment: Moment) -> Any:
        standing = coloured.overrides().standing(moment).filter(**{coloured.link: OuterRef(coloured.key)})
        told = Subquery(standing.values(told=told_of())[:1], output_field=JSONField())
        return rows.annotate(override=told)

    return overridden


def _unless(outside: Q | None, shown: Coalesce) -> Any:
    return (
        Case(When(outside, then=Value(None)), default=shown, output_field=TextField()) if outside else shown
    )
