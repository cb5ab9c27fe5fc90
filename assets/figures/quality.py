"""The figures of data quality."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from assets.models import QualityIssue
from governance.figures.figure import Column, Shape, figure
from governance.figures.moment import Moment, Scope

ISSUES = Shape(
    subject="id",
    reference="reference",
    evidence_kind="assets.historicalqualityissue",
    evidence="history_id",
    page="assets:quality_issue",
    permission="assets.list_quality",
    noun="issue",
    columns=(
        Column("What is wrong", "what"),
        Column("Asset", "asset__reference"),
        Column("Found on", "found_on", "date"),
        Column("Where it must be corrected", "source"),
    ),
    dimensions={"asset": "asset__reference", "unit": "asset__unit__code"},
)


@figure(
    "assets.quality_issues_open",
    title="Open issues with data",
    definition="Issues with the data of assets that stood open at the end of the date, by the unit that "
    "holds the asset now. A register has one clock: what it held on a past date is read from its history.",
    shape=ISSUES,
)
def open_issues(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Those that nobody has corrected at the source or decided to leave."""
    found: QuerySet[Any] = QualityIssue.history.at(moment, scope).filter(state=QualityIssue.State.OPEN)
    return found
