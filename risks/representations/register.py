"""How the risk register is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assets.models import Asset
from governance.core.components import Column
from governance.people.registers.pages import COMMON
from governance.people.registers.record import Record
from risks.models import Risk

if TYPE_CHECKING:
    from governance.people.models import User

COLUMNS = (
    *COMMON,
    Column("Level and colour", "level_rank"),
    Column("Score", "score", numeric=True),
    Column("Treatment", "treatment"),
    Column("Next review", "next_review_on"),
    Column("Escalated", "escalated_for"),
    Column("Asset", "asset_reference"),
)
# The word of each treatment, without its explanation.
TREATMENTS = {code: label.partition(":")[0] for code, label in Risk.Treatment.choices}


def merged_into(risk: Risk, person: User) -> Risk | None:
    """The risk that it is merged into, if this person may open that."""
    into = risk.merged_into
    return Risk.objects.visible_to(person).filter(pk=into.pk).first() if into else None


def asset_now(risk: Risk, person: User) -> Asset | None:
    """The asset at risk, if there is one and this person may open it."""
    return Asset.objects.visible_to(person).filter(pk=risk.asset_id).first() if risk.asset_id else None


def asset_of(record: Record, person: User) -> Any | None:
    """The asset that the risk named at the moment, as a version; None if none, or if it may not be opened."""
    if record.version is None or record.version.asset_id is None:
        return None
    return Asset.history.at(record.moment).visible_to(person).filter(id=record.version.asset_id).first()
