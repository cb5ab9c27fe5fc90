"""The figures of colours: actions by red, amber and green, and those for which a person set another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from actions.figures.progress import PROGRESS, standing
from actions.models.colour import COLOURED
from governance.colours.models import with_colours
from governance.figures.figure import Column, figure
from governance.figures.moment import Moment, Scope

SHAPE = replace(
    PROGRESS,
    columns=(*PROGRESS.columns, Column("Colour", "colour", "rating")),
    dimensions={**PROGRESS.dimensions, "colour": "colour"},
)
RULE_OF_THE_DAY = (
    "The colour is computed by the rule in force on that day, from the status that stands, the due date as "
    "it then stood and what the action then waited for; or it is the one that a person has set until a "
    "day that is not past. Who held a post, and what depends on what, is taken as it was known."
)


@figure(
    "actions.by_rag",
    title="Actions with a colour",
    definition="Actions with a progress update effective on or before the date, whatever its status; by "
    f"colour they add up to this. {RULE_OF_THE_DAY}",
    shape=SHAPE,
)
def by_rag(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Every action that has a colour: none before the first rule."""
    rows: QuerySet[Any] = with_colours(standing(moment, scope), COLOURED, moment).filter(colour__isnull=False)
    return rows


@figure(
    "actions.colours_set",
    title="Actions whose colour a person has set",
    definition="Actions shown in a colour that a person has set in place of the computed one, until a day "
    f"that is not past. {RULE_OF_THE_DAY}",
    shape=SHAPE,
)
def colours_set(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """What stands in place of the rule."""
    rows: QuerySet[Any] = by_rag.rows(moment, scope).filter(override__isnull=False)
    return rows
