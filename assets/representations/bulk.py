"""What many assets say now of the fields that are to be changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from assets.models import Asset
from assets.representations.entry import label_of
from governance.core.components import Column, in_words


class Now(NamedTuple):
    """One entry, and what it says now."""

    asset: Any
    said: list[str]


def columns(names: Sequence[str]) -> list[Column]:
    """The headings: which asset, and each field as it is now."""
    return [Column("Reference"), Column("Title"), *(Column(f"{label_of(name)} now") for name in names)]


def as_they_are(assets: Iterable[Asset], names: Sequence[str]) -> list[Now]:
    """What each asset says of these fields, in words."""
    return [Now(asset, [said(asset, name) for name in names]) for asset in assets]


def said(asset: Asset, name: str) -> str:
    """One field of an asset in words; "Nothing" where nothing is said."""
    field: Any = Asset._meta.get_field(name)
    return in_words(getattr(asset, f"get_{name}_display")() if field.choices else getattr(asset, name))
