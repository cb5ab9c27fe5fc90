"""What a history says of assets, told to a reader: titles only of those that they may open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from assets.models import Asset
from governance.core.components import Change
from governance.history.timeline import Event
from governance.people.registers.changes import EntryChange

if TYPE_CHECKING:
    from governance.people.models import User

# The fields of an asset that name another asset.
NAMING = ("part_of", "duplicate_of")
OF_AN_ASSET = ("Part of", "Duplicate of")


def closed(reference: str) -> str:
    """An asset whose title is not for the reader."""
    return f"{reference}, which you may not open"


def told_of(person: User, change: EntryChange) -> EntryChange:
    """The change of an asset, without the titles of other assets that this person may not open."""
    kept = [version for version in (change.before, change.version, change.standing) if version is not None]
    named = {name: {getattr(version, f"{name}_id") for version in kept} - {None} for name in NAMING}
    keys = set().union(*named.values())
    open_ones = set(Asset.objects.visible_to(person).filter(pk__in=keys).values_list("pk", flat=True))
    return replace(change, closed=frozenset(name for name, found in named.items() if found - open_ones))


def told_to(person: User, events: list[Event], labels: Collection[str] = OF_AN_ASSET) -> list[Event]:
    """The events of an entry; the fields of these labels name an asset by title only to who may open it."""
    named = {
        reference for event in events for change in event.changes for reference in _named(change, labels)
    }
    if not named:
        return events
    visible = Asset.objects.visible_to(person).filter(reference__in=named)
    hidden = named - set(visible.values_list("reference", flat=True))

    def told(change: Change) -> Change:
        before, after = (
            closed(_reference(text)) if change.label in labels and _reference(text) in hidden else text
            for text in (str(change.before), str(change.after))
        )
        return replace(change, before=before, after=after)

    return [replace(event, changes=tuple(map(told, event.changes))) for event in events]


def _named(change: Change, labels: Collection[str]) -> list[str]:
    """The references of the assets that a change names."""
    sides = (str(change.before), str(change.after)) if change.label in labels else ()
    return [_reference(text) for text in sides if text.startswith("IA-")]


def _reference(text: str) -> str:
    return text.split(" ", 1)[0]
