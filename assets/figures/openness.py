"""The figures of openness: what must be published, and which assets are open."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import QuerySet

from assets.figures.register import ONE_CLOCK, VERSIONS, total
from assets.models import Obligation
from governance.figures.figure import Column, Shape, figure
from governance.figures.moment import Moment, Scope

OBLIGATIONS = Shape(
    subject="id",
    reference="reference",
    evidence_kind="assets.historicalobligation",
    evidence="history_id",
    page="assets:obligation",
    permission="assets.list_openness",
    noun="obligation",
    columns=(
        Column("Dataset", "title"),
        Column("Owner", "owner_title"),
        Column("Last published", "published_on", "date"),
        Column("Next due", "due_on", "date"),
        Column("Standing", "standing", "status"),
    ),
    dimensions={
        "unit": "unit__code",
        "owner": "owner_id",
        "mandatory": "is_mandatory",
        "standing": "standing",
        "frequency": "frequency__code",
    },
)
TO_BE_PUBLISHED = ("publish", "part")
WHAT_COUNTS = "Publications count from the day they were made, as known by then."


@figure(
    "transparency.total",
    title="Obligations to publish",
    definition="Datasets that the council must publish, or has said it will, at the end of the date; without "
    f"those that do not apply to it. {ONE_CLOCK}",
    shape=OBLIGATIONS,
)
def obligations(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """One version for each that applies."""
    versions: QuerySet[Any] = Obligation.history.at(moment).within(scope)
    return versions.filter(applies=True)


@figure(
    "transparency.met",
    title="Published in time",
    definition="Obligations of which the latest publication was not yet overdue for its successor at the end "
    f"of the date, or was all that is asked. {WHAT_COUNTS} {ONE_CLOCK}",
    shape=OBLIGATIONS,
)
def met(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Those the council complies with."""
    return obligations.rows(moment, scope).filter(standing="met")


@figure(
    "transparency.late",
    title="Late",
    definition="Obligations that had been met before, and whose next publication was overdue at the end of "
    f"the date. {WHAT_COUNTS} {ONE_CLOCK}",
    shape=OBLIGATIONS,
)
def late(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Those the council has fallen behind with."""
    return obligations.rows(moment, scope).filter(standing="late")


@figure(
    "transparency.never",
    title="Never published",
    definition="Obligations of which no publication had been recorded by the end of the date. "
    f"{WHAT_COUNTS} {ONE_CLOCK}",
    shape=OBLIGATIONS,
)
def never(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Those of which nothing shows that the council complies."""
    return obligations.rows(moment, scope).filter(standing="never")


@figure(
    "openness.published",
    title="Assets to be published",
    definition="Assets on the register at the end of the date that were decided to be published, in whole or "
    f"in part. {ONE_CLOCK}",
    shape=VERSIONS,
)
def published(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """What the council has decided to open."""
    return total.rows(moment, scope).filter(publish__in=TO_BE_PUBLISHED)


@figure(
    "openness.undecided",
    title="Assets without a publish decision",
    definition="Assets on the register at the end of the date of which nobody had decided whether to publish "
    f"them. Public information is open by default. {ONE_CLOCK}",
    shape=VERSIONS,
)
def undecided(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Where the default has not been looked at."""
    return total.rows(moment, scope).filter(publish="undecided")


@figure(
    "openness.withheld",
    title="Assets withheld",
    definition="Assets on the register at the end of the date that were decided to be withheld, each with a "
    f"reason and an exemption. {ONE_CLOCK}",
    shape=VERSIONS,
)
def withheld(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """What the council keeps closed."""
    return total.rows(moment, scope).filter(publish="withhold")


def obligation_counts(moment: Moment, scope: Scope) -> dict[str, int]:
    """The figures of the obligations, grouped in one query."""
    found = obligations.by(moment, scope, "standing")
    parts = {each.key: found.get(each.key.split(".")[1], 0) for each in (met, late, never)}
    return {obligations.key: sum(found.values())} | parts


def openness_counts(moment: Moment, scope: Scope) -> tuple[dict[str, int], dict[int, int]]:
    """The figures of publish decisions, and the published assets by stars; grouped in one query."""
    found = total.by(moment, scope, "publish", "stars")
    decisions, stars = Counter[str](), Counter[int]()
    for (decision, level), count in found.items():
        decisions[decision] += count
        if decision in TO_BE_PUBLISHED:
            stars[level or 0] += count
    figures = {
        published.key: decisions["publish"] + decisions["part"],
        undecided.key: decisions["undecided"],
        withheld.key: decisions["withhold"],
    }
    return figures, dict(stars)
