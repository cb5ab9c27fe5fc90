"""How the risk register is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assets.models import Asset
from governance.core.components import Change, Column
from governance.history.timeline import Event
from governance.people.registers.pages import COMMON
from governance.people.registers.record import Record

if TYPE_CHECKING:
    from governance.people.models import User

COLUMNS = (
    *COMMON,
    Column("Asset", "asset_reference"),
)


def closed(reference: str) -> str:
    """An asset whose title is not for the reader."""
    return f"{reference}, which you may not open"


def asset_of(record: Record, person: User) -> Any | None:
    """The asset that the risk named at the moment, as a version; None if none, or if it may not be opened."""
    if record.version is None or record.version.asset_id is None:
        return None
    return Asset.history.at(record.moment).visible_to(person).filter(id=record.version.asset_id).first()


def told_to(person: User, events: list[Event]) -> list[Event]:
    """The events of a risk, with the assets they name by title only where this person may open them."""
    named = {_reference(text) for event in events for change in event.changes for text in _sides(change)}
    visible = Asset.objects.visible_to(person).filter(reference__in=named)
    known = set(visible.values_list("reference", flat=True))

    def told(change: Change) -> Change:
        before, after = (
            text if _reference(text) in known or text not in _sides(change) else closed(_reference(text))
            for text in (str(change.before), str(change.after))
        )
        return replace(change, before=before, after=after)

    return [replace(event, changes=tuple(map(told, event.changes))) for event in events]


def _sides(change: Change) -> list[str]:
    """The assets that a change names: none unless it is the change of the asset."""
    sides = (str(change.before), str(change.after)) if change.label == "Asset" else ()
    return [text for text in sides if text.startswith("IA-")]


def _reference(text: str) -> str:
    return text.split(" ", 1)[0]
