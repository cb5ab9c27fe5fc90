"""What waits for one person, in words with links: what a digest mail says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string

from governance.people.waiting import ALWAYS, KINDS, Waiting, all_waiting
from governance.reminders.models import ReminderChoice

if TYPE_CHECKING:
    from governance.people.models import User


def waiting_for(person: User) -> list[Waiting]:
    """Everything that waits for this person today; without what they do not want to be told."""
    found = all_waiting(person)
    choice = ReminderChoice.objects.filter(person=person).first()
    if choice is not None and not choice.wants_all:
        found = [each for each in found if each.kind in ALWAYS]
    return found


def subject_of(items: Sequence[Waiting]) -> str:
    """What the mail is called, on one line: the first thing that waits, and how many more."""
    more = len(items) - 1
    return f"{' '.join(items[0].words.split())}{f' and {more} more' if more else ''}"[:200]


def body_of(items: Sequence[Waiting]) -> str:
    """The mail."""
    values = {"items": items, "site": settings.SITE_URL.rstrip("/"), "council": settings.COUNCIL_NAME}
    return render_to_string("reminders/digest.txt", values)


def said_in(items: Sequence[dict[str, Any]]) -> set[tuple[str, str]]:
    """What a mail told, one by one: kind and reference, or kind and words where an item is about no entry."""
    return {(item["kind"], each) for item in items for each in item.get("references") or [item["words"]]}


def words_of(kinds: Iterable[str]) -> str:
    """Of what kinds of things a mail told, in words, each once."""
    return ", ".join(KINDS.get(kind, "Something else") for kind in dict.fromkeys(kinds)) or "Nothing"
