"""How the asset register is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from assets.models import Asset
from governance.core.components import Column
from governance.figures.moment import Moment
from governance.people.registers.pages import COMMON

if TYPE_CHECKING:
    from governance.people.models import User

COLUMNS = (
    *COMMON,
    Column("Form", "form"),
    Column("Personal data", "contains_personal_data"),
)


def risks_of(asset: Asset, moment: Moment, person: User) -> dict[str, Any]:
    """`risks`: those that named the asset at a moment and that this person may open, as versions."""
    risks: Any = Asset._meta.get_field("risks").related_model
    named: QuerySet[Any] = risks.history.at(moment).visible_to(person).filter(asset_id=asset.pk)
    return {"risks": named.order_by("reference")}
