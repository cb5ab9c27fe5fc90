"""The lists that officers keep: every kind there is, found by itself, and how an entry is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import reverse

from assets.models import Asset, ListEntry, Location, OldMarking, System
from governance.core.components import Column, in_words

COLUMNS = (Column("Name"), Column("Code"), Column("Meaning"), Column("Used by", numeric=True))


class Kind(NamedTuple):
    """A list: its model, and what its pages call it."""

    key: str
    model: Any

    @property
    def title(self) -> str:
        """What the list is called."""
        words = str(self.model._meta.verbose_name_plural)
        return words[:1].upper() + words[1:]

    @property
    def one(self) -> str:
        """What an entry is called."""
        return str(self.model._meta.verbose_name)

    @property
    def about(self) -> str:
        """What it is for, in the first line of its description."""
        return (self.model.__doc__ or "").strip().split("\n")[0].rstrip(".")

    @property
    def retires(self) -> bool:
        """Can an entry be taken out of what is offered?"""
        return any(field.name == "is_retired" for field in self.model._meta.fields)

    @property
    def names(self) -> str:
        """The field that names an entry."""
        return "word" if self.model is OldMarking else "name"


def _lists(model: Any) -> Iterator[Any]:
    for each in model.__subclasses__():
        if each._meta.abstract:
            yield from _lists(each)
        else:
            yield each


def kinds() -> dict[str, Kind]:
    """Every list there is, by key, in the order of their titles."""
    found = [Kind(str(model._meta.model_name), model) for model in (*_lists(ListEntry), OldMarking)]
    found += [Kind("system", System), Kind("location", Location)]
    return {kind.key: kind for kind in sorted(found, key=lambda kind: kind.title)}


def address(kind: Kind, entry: Any) -> str:
    """The page of an entry."""
    return reverse("assets:list_entry", args=[kind.key, entry.pk])


def facts(entry: Any) -> list[tuple[str, str]]:
    """What an entry says, field by field."""
    shown = [field for field in entry._meta.fields if field.name not in ("id", "is_retired")]
    return [(_label(field), _said(entry, field)) for field in shown]


def _label(field: Any) -> str:
    words = str(field.verbose_name)
    return words[:1].upper() + words[1:]


def _said(entry: Any, field: Any) -> str:
    if field.choices:
        return str(getattr(entry, f"get_{field.name}_display")())
    value = getattr(entry, field.name)
    return "" if value is None or value == "" else in_words(value)


def assets_at(kind: Kind, entry: Any, person: Any) -> Any:
    """The assets kept at a place or in a system that the reader may open; none for other lists."""
    mine = Asset.objects.visible_to(person)
    if kind.model is Location:
        return mine.filter(keepings__location=entry).order_by("reference")
    return mine.filter(system=entry).order_by("reference") if kind.model is System else mine.none()
