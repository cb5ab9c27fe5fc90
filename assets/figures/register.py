"""The figures of the asset register. Each is a query over the versions that stood at a moment."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from assets.models import Asset
from governance.figures.figure import Column, Shape, figure
from governance.figures.moment import Moment, Scope
from governance.people.registers.counts import Counts, summed

VERSIONS = Shape(
    subject="id",
    reference="reference",
    evidence_kind="assets.historicalasset",
    evidence="history_id",
    page="assets:asset",
    permission="assets.list_assets",
    noun="asset",
    columns=(
        Column("Title", "title"),
        Column("Unit", "unit_name"),
        Column("Owner", "owner_title"),
        Column("Recorded on", "history_date__date", "date"),
        Column("Recorded by", "history_post"),
    ),
    dimensions={
        "unit": "unit__code",
        "form": "form",
        "owner": "owner_id",
        "ownerless": "ownerless",
        "personal_data": "contains_personal_data",
    },
)
ONE_CLOCK = (
    "A register has one clock: what it held on a past date is read from its history and cannot be restated."
)
NOW_HELD = "Who held a post is taken as it is recorded now."


@figure(
    "assets.total",
    title="Information assets",
    definition=f"Assets on the register at the end of the date. {ONE_CLOCK}",
    shape=VERSIONS,
)
def total(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """One version for each asset."""
    versions: QuerySet[Any] = Asset.history.at(moment).within(scope)
    return versions


@figure(
    "assets.ownerless",
    title="Assets whose owner post is vacant",
    definition=f"Assets on the register at the end of the date whose owner post nobody was in. {NOW_HELD} "
    f"{ONE_CLOCK}",
    shape=VERSIONS,
)
def ownerless(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Nobody answers for them."""
    return total.rows(moment, scope).filter(ownerless=True)


@figure(
    "assets.with_personal_data",
    title="Assets with personal data",
    definition=f"Assets on the register at the end of the date that contain personal data. {ONE_CLOCK}",
    shape=VERSIONS,
)
def with_personal_data(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Those that data protection law is about."""
    return total.rows(moment, scope).filter(contains_personal_data=True)


def counts(moment: Moment, scope: Scope) -> Counts:
    """Every figure above, and how many assets each post owns, grouped in one query (a test compares)."""
    found = total.by(moment, scope, "owner", "ownerless", "personal_data")
    return Counts(
        figures={
            total.key: sum(found.values()),
            ownerless.key: sum(count for (_, vacant, _), count in found.items() if vacant),
            with_personal_data.key: sum(count for (_, _, personal), count in found.items() if personal),
        },
        by_owner=summed((owner, count) for (owner, _, _), count in found.items()),
    )
