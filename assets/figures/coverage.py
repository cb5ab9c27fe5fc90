"""Which parts of the council the register says nothing about."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from assets.figures.register import ONE_CLOCK, total
from governance.figures.figure import Column, Shape, figure
from governance.figures.moment import Moment, Scope
from governance.people.models import OrganisationalUnit

UNITS = Shape(
    subject="id",
    reference="code",
    evidence_kind="people.historicalorganisationalunit",
    evidence="history_id",
    page="assets:of_unit",
    permission="assets.list_assets",
    noun="unit",
    columns=(Column("Name", "name"), Column("Since", "from_on", "date")),
    dimensions={"unit": "code"},
)


@figure(
    "assets.units_without",
    title="Units without any asset",
    definition="Units of the council in force on the date, with no unit below them, that hold no asset on "
    f"the register: they have nothing, or nobody has asked them. {ONE_CLOCK}",
    shape=UNITS,
)
def units_without(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """The version of each such unit that stood then."""
    history: Any = OrganisationalUnit.history
    units = history.at(moment)
    below = units.filter(parent_id=OuterRef("id"))
    held = total.rows(moment, scope).values("unit_id")
    found: QuerySet[Any] = units.filter(~Exists(below)).exclude(id__in=held)
    return found.filter(code__in=scope.units) if scope.units else found
