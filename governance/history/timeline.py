"""One timeline for any register entry: who, when, what from and to, why. Names are as they were then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db import models
from django.db.models import Q

from governance.core.components import Change
from governance.core.dates import long_date, long_moment
from governance.history.models import Recorded, Redaction, pk_of

NOTHING = "nothing"


TITLES = {
    "added": "Added",
    "changed": "Changed",
    "removed": "Removed",
    "redacted": "Text removed by authority",
}


@dataclass(frozen=True)
class Event:
    """One version of an entry: what made it, and what it changed (all fields, for the first).

    Shaped as the timeline component of the pages wants it.
    """

    when: datetime
    kind: str  # added, changed, removed or redacted
    who: str  # the name, and the post held then
    why: str
    changes: tuple[Change, ...]
    href: str = ""
    version: int | None = None  # the history id; None for what is no version, such as a redaction
    about: str = ""  # what happened, where the kind alone does not say it

    @property
    def title(self) -> str:
        """What happened, in words."""
        return self.about or TITLES[self.kind]


def timeline(
    entry: Recorded,
    *,
    told_elsewhere: Collection[str] = (),
    first_in_full: bool = True,
    facts: Sequence[models.Model] = (),
) -> list[Event]:
    """Every change of the entry, the latest first; texts removed by authority leave their mark.

    A page that tells some fields by other means names them in `told_elsewhere`: changes of nothing else are
    then left out. Without `first_in_full` the first version says only that the entry was added. `facts` are
    rows on two clocks that belong to the entry: what was removed from them by authority is told as well.

    A constant number of queries: one for the versions, one for redactions, one for each kind of entry that
    has to be named.
    """
    model = type(entry)
    versions: Any = model.history.filter(pk_of(model, entry.pk)).order_by("history_date", "history_id")  # type: ignore[attr-defined]
    rows = list(versions)
    words = Words(rows)
    events = [
        event_of(after, _changes(before, after, words, told_elsewhere) if before or first_in_full else ())
        for before, after in pairwise([None, *rows])
    ]
    told = [event for event in events if event.changes or event.kind != "changed" or not told_elsewhere]
    return sorted([*told, *_redactions(entry, facts)], key=lambda event: event.when, reverse=True)


def event_of(after: Any, changes: Iterable[Change]) -> Event:
    """What made a version, and what it changed. Of what was removed the changes are not told."""
    kinds = {"+": "added", "~": "changed", "-": "removed"}
    return Event(
        when=after.history_date,
        kind=kinds[after.history_type],
        who=_who(after.history_who, after.history_post),
        why=after.history_change_reason or "",
        changes=() if after.history_type == "-" else tuple(changes),
        version=after.history_id,
    )


def _who(name: str | None, post: str | None) -> str:
    """The name with the post, once if they are the same; said plainly if nobody is recorded."""
    return ", ".join(dict.fromkeys(part for part in (name, post) if part)) or "Not recorded"


def differing(before: Any | None, after: Any) -> list[Any]:
    """The fields in which two versions differ; every one that says anything, where there was none before."""
    return [
        field
        for field in after.tracked_fields
        if not field.primary_key
        and (old := getattr(before, field.attname, None)) != (new := getattr(after, field.attname))
        and not (before is None and old is None and new in (None, ""))
    ]


def compare(*versions: Any) -> dict[str, list[str]]:
    """The fields in which any of some versions differs from the first, each said in words for every version.

    By the name of the field, in the order of the entry; a name of a related entry as it was then.
    """
    words = Words(versions)
    names = {field.name for other in versions[1:] for field in differing(versions[0], other)}
    return {
        field.name: [words.say(field, version, getattr(version, field.attname)) for version in versions]
        for field in versions[0].tracked_fields
        if field.name in names
    }


def _changes(before: Any | None, after: Any, words: Words, left_out: Collection[str]) -> Iterator[Change]:
    for field in differing(before, after):
        if field.name not in left_out:
            old = getattr(before, field.attname, None)
            new = getattr(after, field.attname)
            label = label_of(field)
            yield Change(label, words.say(field, before, old), words.say(field, after, new))


def label_of(field: Any) -> str:
    """A field as a heading says it."""
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


class Words:
    """Says values in words; a related entry by the name it had when the version was written.

    The names of one kind of entry are read together, when the first of them is wanted.
    """

    def __init__(self, versions: Iterable[Any]) -> None:
        self._names: dict[tuple[models.Field[Any, Any], Any], list[tuple[datetime | None, str]]] = {}
        for version in versions:
            for field in version.tracked_fields:
                if isinstance(field, models.ForeignKey) and (key := getattr(version, field.attname)):
                    self._names.setdefault((field.target_field, key), [])
        self._learnt: set[models.Field[Any, Any]] = set()

    def _learn(self, target: models.Field[Any, Any]) -> None:
        """Read the names of every entry of one kind that is spoken of, by the field that refers to them."""
        if target in self._learnt:
            return
        self._learnt.add(target)
        keys = [key for of, key in self._names if of is target]
        past = getattr(target.model, "history", None)
        if past is None:
            for row in target.model._default_manager.filter(**{f"{target.attname}__in": keys}):
                self._names[target, getattr(row, target.attname)].append((None, str(row)))
            return
        for version in past.filter(**{f"{target.attname}__in": keys}).order_by("history_date"):
            found = self._names[target, getattr(version, target.attname)]
            found.append((version.history_date, str(version.instance)))

    def say(self, field: Any, version: Any, value: Any) -> str:
        """The value in words; "nothing" where there is none."""
        if value in (None, ""):
            return NOTHING
        if isinstance(field, models.ForeignKey):
            return self._name(field.target_field, value, version.history_date)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, datetime):
            return long_moment(value)
        return long_date(value) if isinstance(value, date) else str(value)

    def _name(self, target: models.Field[Any, Any], key: Any, then: datetime) -> str:
        """The name that stood then; the first known one for a version older than that; else the number."""
        self._learn(target)
        names = self._names.get((target, key), [])
        held = [name for since, name in names if since is None or since <= then]
        return held[-1] if held else names[0][1] if names else f"number {key}, no longer there"


def _redactions(entry: Recorded, facts: Sequence[models.Model]) -> Iterator[Event]:
    tables = [entry._meta.db_table, type(entry).history.model._meta.db_table]  # type: ignore[attr-defined]
    removed = Q(table_name__in=tables, object_key=entry.pk)
    if facts:
        removed |= Q(table_name=facts[0]._meta.db_table, object_key__in=[fact.pk for fact in facts])
    for tombstone in Redaction.objects.filter(removed):
        yield Event(
            when=tombstone.redacted_at,
            kind="redacted",
            who=tombstone.authority,
            why=tombstone.reason,
            changes=(
                Change(
                    tombstone.column_name, f"text in {tombstone.versions} versions", "removed by authority"
                ),
            ),
        )
