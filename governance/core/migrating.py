"""Migrating an empty database in a third of the time.

Between two steps of a migration Django draws its picture of the models anew: of some thirty classes each
time, by taking every field apart and putting it together again. Over all migrations that is more than two
minutes of processor, for which everybody would wait at the first `./run`, and each run of the tests again.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.apps.registry import Apps
from django.conf import settings
from django.db.models import Field

Drawn = TypeVar("Drawn", bound="Field[Any, Any]")


@contextmanager
def models_drawn_quickly() -> Iterator[None]:
    """While it lasts, a field that belongs to no class is copied, and a swapped model is known by its name.

    Django copies fields in the same way from an abstract class to its children. The one setting that swaps a
    model here is AUTH_USER_MODEL; Django looks through all models for it, at every foreign key.
    """
    in_full, searched = Field.clone, Apps.get_swappable_settings_name

    def copied(self: Drawn) -> Drawn:
        return in_full(self) if hasattr(self, "model") else copy.deepcopy(self)

    def named(self: Apps, to_string: str) -> str | None:
        return "AUTH_USER_MODEL" if to_string.lower() == settings.AUTH_USER_MODEL.lower() else None

    named.cache_clear = searched.cache_clear  # type: ignore[attr-defined]
    Field.clone = copied  # type: ignore[method-assign]
    Apps.get_swappable_settings_name = named  # type: ignore[method-assign]
    try:
        yield
    finally:
        Field.clone = in_full  # type: ignore[method-assign]
        Apps.get_swappable_settings_name = searched  # type: ignore[method-assign]
