"""Removing a text from the trail: a child's name typed into a note must be removable."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, connections, models, transaction

from governance.history.trail import because, sign

# The reason typed with a change stands in the trail only.
REASON = "history_change_reason"


class RedactionRefusedError(ValueError):
    """The removal cannot be done as asked; the text says why."""


def redact(entry: models.Model, column: str, *, containing: str, authority: str, reason: str) -> int:
    """Blank a text of an entry wherever it contains something, now and in every version; leave a tombstone.

    Runs as the owner of the database (alias "owner", DATABASE_OWNER_URL): the application's role has no
    right to it. Returns how many rows of the trail were blanked. Raises RedactionRefusedError.
    """
    _check(entry, column, containing, authority, reason)
    wanted = [_column(entry, column), containing, authority, reason]
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        if getattr(entry, "append_only", False):
            return _call(cursor, entry._meta.db_table, "id", entry.pk, *wanted)
        if column != REASON:
            _blank_now(cursor, entry, column, containing, reason)
        history: Any = entry.history.model  # type: ignore[attr-defined]
        return _call(cursor, history._meta.db_table, entry._meta.pk.column, entry.pk, *wanted)


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


def _call(cursor: Any, *values: Any) -> int:
    cursor.execute("SELECT redact(%s, %s, %s, %s, %s, %s, %s)", values)
    return int(cursor.fetchone()[0])
