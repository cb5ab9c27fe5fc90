"""The figures of colours: open risks by red, amber and green, and those for which a person set another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from governance.colours.models import with_colours
from governance.figures.figure import Column, figure
from governance.figures.moment import Moment, Scope
from risks.figures.register import VERSIONS
from risks.figures.scores import SCORED, TWO_CLOCKS, open_risks
from risks.models.colour import COLOURED

SHAPE = replace(
    SCORED,
    evidence_kind=VERSIONS.evidence_kind,
    evidence=VERSIONS.evidence,
    columns=(*SCORED.columns, Column("Colour", "colour", "rating")),
    dimensions={**SCORED.dimensions, "colour": "colour"},
)
RULE_OF_THE_DAY = (
    "The colour is computed by the rule in force on that day, from the score that stands, its review and the "
    f"acceptance; or it is the one that a person has set until a day that is not past. {TWO_CLOCKS}"
)


@figure(
    "risks.by_rag",
    title="Risks with a colour",
    definition=f"Open risks at the end of the date; by colour they add up to this. {RULE_OF_THE_DAY}",
    shape=SHAPE,
)
def by_rag(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Every open risk that has a colour: none before the first rule."""
    rows: QuerySet[Any] = with_colours(open_risks(moment, scope), COLOURED, moment)
    return rows.filter(colour__isnull=False)


@figure(
    "risks.colours_set",
    title="Risks whose colour a person has set",
    definition="Open risks shown in a colour that a person has set in place of the computed one, until a day "
    f"that is not past. {RULE_OF_THE_DAY}",
    shape=SHAPE,
)
def colours_set(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """What stands in place of the rule."""
    return by_rag.rows(moment, scope).filter(override__isnull=False)
