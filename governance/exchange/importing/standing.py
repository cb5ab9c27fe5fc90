"""What the register holds of the entries that a file names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Upper

from governance.people.registers.sheet import Sheet

if TYPE_CHECKING:
    from governance.people.models import User

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Standing:
    """Entries by reference, each with all its values, and the versions that stand: two queries, and one more
    where references are in the file that the register does not write so."""

    sheet: Sheet
    person: User
    references: Collection[str]

    @cached_property
    def fields(self) -> list[str]:
        """The names of all columns of the entries."""
        return [field.attname for field in self.sheet.model._meta.concrete_fields]

    @cached_property
    def entries(self) -> dict[str, dict[str, Any]]:
        """The values of each entry that the person may open, by reference in capital letters.

        One written otherwise counts where none is written so, and only one is: nobody can tell two apart.
        """
        seen = self.sheet.visible_to(self.person).order_by()
        exact = self._read(seen.filter(reference__in=among("text", self.references)))
        found = {row["reference"]: row for row in exact}
        if not (others := set(self.references) - found.keys()):
            return found
        alike = seen.alias(capitals=Upper("reference")).filter(capitals__in=among("text", others))
        read = self._read(alike)
        times = Counter(row["reference"].upper() for row in read)
        return found | {name: row for row in read if times[name := row["reference"].upper()] == 1}

    def _read(self, rows: QuerySet[Any]) -> list[dict[str, Any]]:
        """All the values of these entries."""
        return [dict(zip(self.fields, row, strict=True)) for row in rows.values_list(*self.fields)]

    @cached_property
    def versions(self) -> dict[int, int]:
        """The version of each entry that stands, by the entry's key."""
        keys = [row["id"] for row in self.entries.values()]
        standing = self.history.standing().filter(id__in=among("bigint", keys))
        return dict(standing.order_by().values_list("id", "history_id"))

    @cached_property
    def answers(self) -> dict[tuple[Any, ...], bool]:
        """What was asked of the permission, and the answer."""
        return {}

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """The values of an entry of which nothing is said."""
        return {field.attname: field.get_default() for field in self.sheet.model._meta.concrete_fields}

    @property
    def history(self) -> Any:
        """The versions of the register."""
        return self.sheet.model.history  # type: ignore[attr-defined]

    def bases(self, versions: Collection[int]) -> dict[int, Values]:
        """The values of these past versions, by their number."""
        if not versions:
            return {}
        found = self.history.filter(history_id__in=among("bigint", versions)).order_by()
        rows = found.values_list("history_id", *self.fields)
        return {number: dict(zip(self.fields, row, strict=True)) for number, *row in rows}

    def may_change(self, values: Values) -> bool:
        """May the person change the entry of these values?"""
        asked = tuple(values[name] for name in self.sheet.permission_on) or (values["id"],)
        if asked not in self.answers:
            entry = self.sheet.model(**{name: values[name] for name in self.fields})
            self.answers[asked] = self.person.has_perm(self.sheet.permission, entry)
        return self.answers[asked]


def among(kind: str, values: Collection[Any]) -> RawSQL:
    """Values to be found by `__in`, as one array: ten thousand placeholders are slow to read."""
    return RawSQL(f"SELECT unnest(%s::{kind}[])", [list(values)])  # noqa: S611
