"""Two risks side by side, before one is merged into the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assets.models import Asset
from governance.core.components import Change, in_words
from governance.figures.moment import Moment
from governance.history.timeline import Event
from governance.people.registers.versions import instant_of
from risks.models import Risk
from risks.representations.affected import NOT_RECORDED, affected
from risks.representations.remarks import standing_of

if TYPE_CHECKING:
    from governance.people.models import User

COMPARED = (
    "title", "cause", "event", "consequence", "category", "source", "owner", "unit", "treatment",
    "register_level", "corporate_reference",
)  # fmt: skip
CLOSED = "One that you may not open"
MERGED_INTO = "Merged into"


def side_by_side(one: Risk, other: Risk, person: User) -> list[tuple[str, str, str, bool]]:
    """What each says, and whether they say the same; then where they stand, and what hangs on them."""
    rows = [(name_of(name), said(one, name), said(other, name)) for name in COMPARED]
    rows.append(("Affects", affected(one) or NOT_RECORDED, affected(other) or NOT_RECORDED))
    rows += zip(
        ("Asset", "Current score", "Controls"), around(one, person), around(other, person), strict=True
    )
    return [(label, mine, theirs, mine == theirs) for label, mine, theirs in rows]


def name_of(name: str) -> str:
    """What a field is called."""
    words = str(Risk._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return words[:1].upper() + words[1:]


def said(risk: Risk, name: str) -> str:
    """A field in words."""
    field: Any = Risk._meta.get_field(name)
    return str(in_words(getattr(risk, f"get_{name}_display")() if field.choices else getattr(risk, name)))


def around(risk: Risk, person: User) -> tuple[str, str, str]:
    """Its asset, its current score and its controls, in words."""
    asset = risk.asset
    if asset and not Asset.objects.visible_to(person).filter(pk=asset.pk).exists():
        name = CLOSED
    else:
        name = str(asset or "None")
    score = standing_of(risk).get("current")
    controls = ", ".join(each.title for each in risk.controls.exclude(state="ended").order_by("pk"))
    return name, str(score.cell.level) if score else "Not scored", controls or "None"


def merged_from(risk: Risk, moment: Moment, person: User) -> list[Any]:
    """The risks that were merged into it by the moment and that the person may open, as versions."""
    found: Any = Risk.history.before(instant_of(moment)).filter(merged_into_id=risk.pk, state="merged")
    return list(found.visible_to(person).order_by("reference"))


def told_of_merging(events: list[Event], person: User) -> list[Event]:
    """The events of a risk; the one that it was merged into is named only to who may open it."""
    named = {text.split(" ", 1)[0] for event in events for change in event.changes for text in sides(change)}
    if not named:
        return events
    visible = set(
        Risk.objects.visible_to(person).filter(reference__in=named).values_list("reference", flat=True)
    )

    def told(change: Change) -> Change:
        if all(text.split(" ", 1)[0] in visible for text in sides(change)):
            return change
        before, after = (CLOSED if text.startswith("IR-") else text for text in both(change))
        return replace(change, before=before, after=after)

    return [replace(event, changes=tuple(map(told, event.changes))) for event in events]


def both(change: Change) -> tuple[str, str]:
    """What was there before, and after."""
    return str(change.before), str(change.after)


def sides(change: Change) -> list[str]:
    """The risks that a change names as what it was merged into, each by reference and title."""
    if change.label != MERGED_INTO:
        return []
    return [text for text in both(change) if text.startswith("IR-")]
