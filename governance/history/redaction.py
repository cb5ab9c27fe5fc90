"""Removing a text from the trail: a child's name typed into a note must be removable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connections, models, transaction

from governance.history.copies import STRUCK, copies_of, left_of
from governance.history.models import pk_of
from governance.history.trail import because, sign

# The reason typed with a change stands in the trail only.
REASON = "history_change_reason"


class RedactionRefusedError(ValueError):
    """The removal cannot be done as asked; the text says why."""


@dataclass(frozen=True)
class _Order:
    """By whose authority a text is removed and why, and the owner's cursor."""

    cursor: Any
    authority: str
    reason: str

    def carry_out(
        self, table: str, key: str, entry: int, column: str, containing: str, left: str = ""
    ) -> int:
        """Remove it from the rows of one entry. Returns how many had it."""
        said = [table, key, entry, column, containing, self.authority, self.reason, left]
        self.cursor.execute("SELECT redact(%s, %s, %s, %s, %s, %s, %s, %s)", said)
        return int(self.cursor.fetchone()[0])


def redact(entry: models.Model, column: str, *, containing: str, authority: str, reason: str) -> int:
    """Blank a text of an entry wherever it contains something, now and in every version; leave a tombstone.

    What repeats that text word for word (see copies) loses it too. Of an entry that repeats others itself,
    the parts are struck that contain it. Runs as the owner of the database (alias "owner",
    DATABASE_OWNER_URL): the application's role has no right to it. Returns how many rows of the trail were
    changed. Raises RedactionRefusedError.
    """
    _check(entry, column, containing, authority, reason)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        order = _Order(cursor, authority, reason)
        if column == getattr(entry, "keeps_copies", ""):
            fresh: Any = type(entry)._default_manager.using("owner").get(pk=entry.pk)
            left = left_of(fresh, [containing])
            return 0 if left is None else _strike(order, fresh, left)
        texts = _texts(entry, column, containing)
        changed = _blank(order, entry, column, containing)
        return changed + sum(_strike(order, row, left) for row, left in list(copies_of(texts)))


def _blank(order: _Order, entry: models.Model, column: str, containing: str) -> int:
    meta, name = entry._meta, _column(entry, column)
    if getattr(entry, "append_only", False):
        try:
            with transaction.atomic(using="owner"):
                return order.carry_out(meta.db_table, "id", entry.pk, name, containing)
        except IntegrityError:  # a reason must not be empty: something has to stand there
            return order.carry_out(meta.db_table, "id", entry.pk, name, containing, STRUCK)
    if column != REASON:
        _blank_now(order.cursor, entry, column, containing, order.reason)
    history: Any = entry.history.model  # type: ignore[attr-defined]
    return order.carry_out(history._meta.db_table, str(meta.pk.column), entry.pk, name, containing)


def _strike(order: _Order, row: Any, left: str) -> int:
    """Put in the place of what a row repeats what is left of it."""
    said = getattr(row, row.keeps_copies)
    return order.carry_out(row._meta.db_table, "id", row.pk, row.keeps_copies, said, left)


def _texts(entry: models.Model, column: str, containing: str) -> set[str]:
    """The texts that are going to be blanked, whole."""
    rows: Any = type(entry)._default_manager.using("owner").filter(pk=entry.pk)
    if not getattr(entry, "append_only", False):
        versions: Any = entry.history.model._default_manager.using("owner")  # type: ignore[attr-defined]
        rows = versions.filter(pk_of(type(entry), entry.pk))
    return set(rows.filter(**{f"{column}__contains": containing}).values_list(column, flat=True))


def _check(entry: models.Model, column: str, containing: str, authority: str, reason: str) -> None:
    if "owner" not in connections:
        raise RedactionRefusedError("Set DATABASE_OWNER_URL: only the owner of the database may redact.")
    if not (containing.strip() and authority.strip() and reason.strip()):
        raise RedactionRefusedError("Give the text to remove, the authority for the removal, and its reason.")
    texts = {
        field.name
        for field in entry._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    }
    if hasattr(entry, "standing_version"):
        texts.add(REASON)
    if column not in texts:
        raise RedactionRefusedError(
            f"“{column}” is not a text of this entry. There are: {', '.join(sorted(texts))}."
        )


def _column(entry: models.Model, column: str) -> str:
    if column == REASON:
        return REASON
    field: Any = entry._meta.get_field(column)
    return str(field.column)


def _blank_now(cursor: Any, entry: models.Model, column: str, containing: str, reason: str) -> None:
    """The entry as it stands is changed like any other: the trail shows that, and by whom."""
    standing = (
        type(entry)._default_manager.using("owner").filter(pk=entry.pk, **{f"{column}__contains": containing})
    )
    with because(f"Text removed: {reason}"):
        sign(cursor)
        try:
            standing.update(**{column: ""})
        except IntegrityError as refused:
            raise RedactionRefusedError(
                f"The database does not let “{column}” be emptied here ({str(refused).splitlines()[0]}). "
                "If it may be changed, first change it to a text without what is to be removed."
            ) from None
