"""The asset register counted: what it holds at a moment, and how every part of it is a part of that."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from assets.models import Asset
from governance.figures.figure import Column, Figure, Shape, figure
from governance.figures.moment import Moment, Scope

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
        "function": "function__code",
        "owner": "owner_id",
        "ownerless": "ownerless",
        "state": "state",
        "marking": "marking__code",
        "criticality": "criticality",
        "personal_data": "contains_personal_data",
        "special_category": "special_category",
        "key": "is_key",
        "publish": "publish",
        "stars": "stars",
        "system": "system__code",
        "licence": "licence__code",
        "exemption": "exemption__code",
        "volumeband": "volume__code",
    },
)
ONE_CLOCK = (
    "A register has one clock: what it held on a past date is read from its history and cannot be restated."
)
THEN_HELD = "Who held a post is taken as it was recorded by then."
ON_THE_REGISTER = "live, under review or to be disposed of"
# What makes an asset of the register one of a part's, by the key of the part's figure.
PARTS: dict[str, Q] = {}


@figure(
    "assets.total",
    title="Information assets",
    definition=f"Assets on the register at the end of the date, that is {ON_THE_REGISTER}: no drafts, and "
    f"none disposed of, transferred or withdrawn. {ONE_CLOCK}",
    shape=VERSIONS,
)
def total(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """One version for each asset."""
    versions: QuerySet[Any] = Asset.history.at(moment).within(scope).held()
    return versions


def part(key: str, title: str, words: str, condition: Q, more: str = "") -> Figure[Any]:
    """Declare the figure of those on the register of which a condition is true; `words` say so."""
    PARTS[key] = condition
    definition = f"Assets on the register at the end of the date {words}. {more} {ONE_CLOCK}"

    @figure(key, title=title, definition=" ".join(definition.split()), shape=VERSIONS)
    def rows(moment: Moment, scope: Scope) -> QuerySet[Any]:
        return total.rows(moment, scope).filter(condition)

    return rows


ownerless = part(
    "assets.ownerless",
    "Assets whose owner post is vacant",
    "whose owner post nobody was in",
    Q(ownerless=True),
    THEN_HELD,
)
with_personal_data = part(
    "assets.with_personal_data",
    "Assets with personal data",
    "that contain personal data",
    Q(contains_personal_data=True),
)
not_assessed = part(
    "assets.not_assessed_for_personal_data",
    "Assets not assessed for personal data",
    "of which nobody has said whether they contain personal data",
    Q(contains_personal_data=None),
)
with_special_category = part(
    "assets.with_special_category_data",
    "Assets with special category data",
    "that contain special category data",
    Q(special_category=True),
)
key_assets = part(
    "assets.key",
    "Key assets",
    "to which losing access would have severe consequences",
    Q(is_key=True),
)
not_marked = part(
    "assets.without_marking",
    "Assets without a protective marking",
    "that carry no protective marking",
    Q(marking=None),
)
not_rated = part(
    "assets.not_rated",
    "Assets not rated",
    "of which neither confidentiality, nor integrity, nor availability is rated",
    Q(confidentiality=None, integrity=None, availability=None),
)
without_retention = part(
    "assets.without_retention_rule",
    "Assets without a retention rule",
    "to which no rule of the retention schedule is applied",
    Q(retention_rule=None),
)
without_publish_decision = part(
    "assets.without_publish_decision",
    "Assets without a publish decision",
    "of which it is not decided whether they are published",
    Q(publish=Asset.Publish.UNDECIDED),
)
to_be_disposed = part(
    "assets.to_be_disposed",
    "Assets to be disposed of",
    "that are to be disposed of",
    Q(state=Asset.State.TO_BE_DISPOSED),
)
