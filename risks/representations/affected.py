"""What a risk would harm. Three boxes that are ticked or not: one that is not is never told as a "no"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from governance.core.components import Change
from governance.history.timeline import NOTHING

if TYPE_CHECKING:
    from governance.history.timeline import Event

AFFECTED = ("confidentiality", "integrity", "availability")
LABELS = {f"Affects {name}" for name in AFFECTED}
NOT_RECORDED = "Not recorded"


def affected(version: Any) -> str:
    """In words: "Confidentiality, integrity"; "" where nobody has said."""
    return ", ".join(name for name in AFFECTED if getattr(version, name, False)).capitalize()


def told_of_harm(event: Event) -> Event:
    """The event that added a risk, without the boxes that were not ticked; where none was, it says that."""
    if event.kind != "added":
        return event
    left = [each for each in event.changes if each.label not in LABELS or str(each.after) != "no"]
    if not any(each.label in LABELS for each in left):
        left.append(Change("Affects", NOTHING, NOT_RECORDED.lower()))
    return replace(event, changes=tuple(left))
