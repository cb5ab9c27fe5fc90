"""What is shown of the quality of an asset's data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assets.models import Asset, QualityIssue, QualityRule
from governance.core.components import Column
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from governance.people.models import User

COLUMNS = (
    Column("Number", "reference"),
    Column("What is wrong"),
    Column("Asset", "asset__reference"),
    Column("Found on", "found_on"),
    Column("State", "state"),
)


def quality_of(asset: Asset, moment: Moment, person: User) -> dict[str, Any]:
    """The rules in force and the issues of an asset at the end of a day, as versions; open issues first."""
    rules = QualityRule.history.as_at(moment.as_at).filter(asset_id=asset.pk, is_retired=False)
    issues = QualityIssue.history.as_at(moment.as_at).filter(asset_id=asset.pk)
    return {
        "quality_rules": rules.order_by("words"),
        "quality_issues": sorted(issues, key=lambda issue: (issue.state != "open", issue.reference)),
    }
