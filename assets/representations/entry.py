"""The page of one asset: its sections as they read on the day, and the step that comes next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse

from assets.models import Asset
from assets.models.naming import NAMED
from assets.models.states import steps_from
from assets.representations.completeness import Completeness
from assets.representations.sections import BY_KEY, SECTIONS, Section
from governance.core.dates import long_date

if TYPE_CHECKING:
    from governance.people.models import User

# Said together with the rating, not by themselves.
REASONS = {f"{rated}_reason": rated for rated in ("confidentiality", "integrity", "availability")}


class Fact(NamedTuple):
    """One line of a card: what it is about, and what is said; "" where nothing is."""

    label: str
    value: str


class Step(NamedTuple):
    """What a person may do next with an entry, and where."""

    words: str
    page: str
    section: str = ""

    def address(self, reference: str) -> str:
        """The address of the page where it is done."""
        return reverse(self.page, args=[reference, self.section] if self.section else [reference])


CHANGE = Step("Change this asset", "assets:edit")


def next_step(asset: Asset, complete: Completeness, person: User) -> Step | None:
    """The one thing that this person would do next: say what is missing, make it live, put it back."""
    moves = person.has_perm("assets.change_state", asset)
    if not person.has_perm("assets.change_asset", asset):
        back = moves and steps_from(asset.state)
        return Step("Put it back on the register", "assets:state") if back else None
    if asset.state == Asset.State.DRAFT and moves and not complete.missing:
        return Step("Put it on the register", "assets:state")
    if complete.missing:
        section = BY_KEY[complete.missing[0].section]
        return Step(f"Say what is missing: {section.title.lower()}", "assets:edit_section", section.key)
    return CHANGE


class Card(NamedTuple):
    """A section of an entry, as it read on a day."""

    section: Section
    facts: list[Fact]


def cards(version: Any) -> list[Card]:
    """Every section of a version read by `for_entry`."""
    return [Card(section, [*_facts(section, version)]) for section in SECTIONS]


def _facts(section: Section, version: Any) -> Iterator[Fact]:
    for name in section.fields:
        if name in REASONS:
            continue
        yield Fact(label_of(name), value_of(name, version))


def label_of(name: str) -> str:
    """What a field is called on pages."""
    field: Any = Asset._meta.get_field(name)
    words = str(field.verbose_name)
    return words[:1].upper() + words[1:]


def value_of(name: str, version: Any) -> str:
    """A field of a version in words; "" where nothing is said."""
    if name in ("owner", "unit"):
        return str(getattr(version, f"{name}_{'title' if name == 'owner' else 'name'}") or "")
    if name in NAMED:
        return "\n".join(
            filter(None, (getattr(version, f"{name}_name"), getattr(version, f"{name}_reason", "")))
        )
    value: Any = getattr(version, name)
    field: Any = Asset._meta.get_field(name)
    if value is None or value == "":
        return ""
    if field.choices:
        return str(getattr(version, f"get_{name}_display")())
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return long_date(value) if hasattr(value, "isoformat") else str(value)
