"""What waits for one person, in words with links: what a digest mail says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string

from governance.people.waiting import ALWAYS, KINDS, Waiting, all_waiting, kept_from
from governance.reminders.models import Digest, ReminderChoice

if TYPE_CHECKING:
    from governance.people.models import User
    from governance.reminders.models import DigestQuerySet


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


def letter_of(told: Waiting) -> str:
    """The mail that tells one thing at once."""
    values = {"told": told, "site": settings.SITE_URL.rstrip("/"), "council": settings.COUNCIL_NAME}
    return render_to_string("reminders/letter.txt", values)


def said_in(items: Sequence[dict[str, Any]]) -> set[tuple[str, str]]:
    """What a mail told, one by one: kind and stage or reference, or kind and words where it is about none."""
    return {(item["kind"], each) for item in items for each in item.get("stages") or things_in(item)}


def things_in(item: dict[str, Any]) -> list[str]:
    """What an item is about: its references, or itself where it has none."""
    return item.get("references") or [item["words"]]


class Told(NamedTuple):
    """A mail in a list, as one reader may know of it: of what kinds it told, and of how many things."""

    digest: Digest
    kinds: list[str]
    number: int

    @property
    def words(self) -> str:
        """The kinds, in words."""
        return words_of(self.kinds)


def told_to(person: User, digests: Iterable[Digest]) -> list[Told]:
    """Mails as this person may know of them: others' without the kinds kept from the person.

    Items are read of those alone that have such kinds beside others.
    """
    secret, found = kept_from(person), list(digests)
    mixed = [each.pk for each in found if each.person_id != person.pk and not secret.isdisjoint(each.kinds)]
    read = Digest.objects.filter(pk__in=mixed).values_list("pk", "items") if mixed else ()
    items = {pk: [item for item in all_items if item["kind"] not in secret] for pk, all_items in read}
    return [
        Told(each, [item["kind"] for item in items[each.pk]], sum(len(things_in(i)) for i in items[each.pk]))
        if each.pk in items
        else Told(each, each.kinds, each.number)
        for each in found
    ]


def told_of(person: User, digests: DigestQuerySet, reference: str) -> list[Told]:
    """What mails told of one entry, as this person may know of it: what else they told of is left out."""
    secret, found = kept_from(person), []
    for each in digests.with_kinds_about(reference):
        own, kinds = each.person_id == person.pk, getattr(each, "kinds_about", [])
        if known := [kind for kind in kinds if own or kind not in secret]:
            found.append(Told(each, known, 1))
    return found


def opened_by(person: User, digest: Digest) -> tuple[str, list[dict[str, Any]]]:
    """What a mail is called and what it says, as this person may read it: others' without what is kept."""
    secret = frozenset() if digest.person_id == person.pk else kept_from(person)
    shown = [item for item in digest.items if item["kind"] not in secret]
    if not shown or len(shown) == len(digest.items):
        return digest.subject, shown
    return subject_of([Waiting(item["kind"], item["words"], item["path"]) for item in shown]), shown


def words_of(kinds: Iterable[str]) -> str:
    """Of what kinds of things a mail told, in words, each once."""
    return ", ".join(KINDS.get(kind, "Something else") for kind in dict.fromkeys(kinds)) or "Nothing"
