"""One change of an entry, beside what stands now: to be compared, and undone where nothing came after it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404

from governance.core.refusals import rule_of
from governance.history.models import Recorded
from governance.history.timeline import NOTHING, compare, label_of
from governance.history.trail import because

if TYPE_CHECKING:
    from governance.people.models import User

# What is changed by steps of its own, never by undoing: a reference is for ever, a state has its own page.
# A model adds to these what it names in `changed_by_steps`.
BY_STEPS = ("reference", "state")
REFUSED = "The entry cannot go back to that by itself."
CLOSED = "an entry that you may not open"


class CannotUndoError(Exception):
    """Why a change cannot be undone, in a sentence for the person who asked."""


@dataclass(frozen=True)
class Line:
    """One field of a change, in words. `undoable`: it still says what the change made it say."""

    name: str
    label: str
    before: str
    after: str
    now: str
    undoable: bool


@dataclass(frozen=True)
class EntryChange:
    """A version of an entry beside the one before it (None for the first) and the one that stands."""

    entry: Any
    version: Any
    before: Any | None
    standing: Any
    closed: frozenset[str] = frozenset()  # fields that name an entry which the reader may not open

    @classmethod
    def of(cls, entry: Recorded, number: int, against: int | None = None) -> EntryChange:
        """The change that made version `number`, or how that differs from version `against`; else Http404."""
        versions: Any = type(entry).history.filter(id=entry.pk)  # type: ignore[attr-defined]
        version = versions.filter(history_id=number).first()
        earlier = versions.filter(history_id__lt=number).order_by("-history_id")
        before = (versions.filter(history_id=against) if against else earlier).first()
        if version is None or (against and before is None):
            raise Http404
        return cls(entry, version, before, versions.standing().first())

    def lines(self) -> list[Line]:
        """Each field that differs, in the order of the entry; of the first version none."""
        if self.before is None:
            return []
        said = compare(self.before, self.version, self.standing)
        return [
            self._line(field, said[name])
            for name, field in self._fields().items()
            if name in said and said[name][0] != said[name][1]
        ]

    def _line(self, field: Any, words: list[str]) -> Line:
        before, after, now = self._told(field.name, words)
        return Line(field.name, label_of(field), before, after, now, self._undoable(field))

    @property
    def can_be_undone(self) -> bool:
        """Is anything of it still as it made it?"""
        return any(line.undoable for line in self.lines())

    def _told(self, name: str, words: list[str]) -> list[str]:
        return [CLOSED if word != NOTHING else word for word in words] if name in self.closed else words

    def _fields(self) -> dict[str, Any]:
        return {field.name: field for field in self.version.tracked_fields}

    def _undoable(self, field: Any) -> bool:
        still = getattr(self.version, field.attname) == getattr(self.standing, field.attname)
        by_steps = (*BY_STEPS, *getattr(self.entry, "changed_by_steps", ()))
        return still and field.name not in self.closed and field.name not in by_steps

    def undo(self, names: Collection[str], reason: str, *, person: User, permission: str) -> None:
        """Give the named fields back what they said before, as one new version.

        Raises CannotUndoError, and writes nothing, when the entry would not be allowed so, when the person
        could not change it any more, or when somebody changed one of the fields meanwhile.
        """
        entry = self.entry
        with transaction.atomic():
            type(entry)._base_manager.select_for_update(of=("self",)).get(pk=entry.pk)
            if entry.standing_version() != self.standing.history_id:
                raise CannotUndoError("Somebody changed this entry while you were reading. Look again")
            for name in names:
                field = self._fields()[name]
                setattr(entry, field.attname, getattr(self.before, field.attname))
            if not person.has_perm(permission, entry):
                raise CannotUndoError("You could not change it any more. Ask the Information Governance Team")
            self._save(reason)

    def _save(self, reason: str) -> None:
        """Save it if every rule allows it: the model's, and those that only the database knows."""
        try:
            self.entry.full_clean()
            with transaction.atomic(), because(reason):
                self.entry.save()
        except ValidationError as wrong:
            raise CannotUndoError(self._sentence(wrong)) from None
        except IntegrityError as refused:
            raise CannotUndoError(f"{REFUSED} The rule is: {rule_of(refused)}.") from None

    def _sentence(self, wrong: ValidationError) -> str:
        found = [
            _rule(text) if name == NON_FIELD_ERRORS else f"{label_of(self._fields()[name])}: {text}"
            for name, texts in wrong.message_dict.items()
            for text in texts
        ]
        return f"{REFUSED} {' '.join(found)}"


def _rule(text: str) -> str:
    """The name of a constraint is the rule it keeps: said as one."""
    named = re.search(r"“(\w+)”", text)
    return f"The rule is: {named[1].replace('_', ' ')}." if named else text
