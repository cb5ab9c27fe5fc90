"""What waits for one person, in words with links: what a digest mail says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.template.defaultfilters import pluralize
from django.template.loader import render_to_string
from django.urls import reverse

from actions.models import Action, Status
from assets.models import CampaignService, Disposal
from assets.permissions.attestation import RETURNERS
from assets.services.campaigns import returns
from assets.services.mine import Mine
from governance.core.dates import long_date, today
from governance.figures.moment import Moment
from governance.reminders.models import ReminderChoice

if TYPE_CHECKING:
    from governance.people.models import User

# What each kind is called in lists.
KINDS = {
    "confirm": "Assets to confirm",
    "asked": "A campaign that asks the service",
    "chased": "A campaign that reminds the service",
    "actions": "Overdue actions",
    "disposals": "Disposals to decide",
}
# What nobody can leave out.
ALWAYS = frozenset({"confirm", "asked", "chased"})


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: its kind, what it is in words, the page where it is done, and about what."""

    kind: str
    words: str
    path: str
    references: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As the row keeps it, with the references of the entries it is about."""
        said = {"kind": self.kind, "words": self.words, "path": self.path}
        return said | {"references": list(self.references)}


def waiting_for(person: User) -> list[Waiting]:
    """Everything that waits for this person today; without what they do not want to be told."""
    found = [*confirmations(person), *campaigns(person), *actions(person), *disposals(person)]
    choice = ReminderChoice.objects.filter(person=person).first()
    if choice is not None and not choice.wants_all:
        found = [each for each in found if each.kind in ALWAYS]
    return found


def confirmations(person: User) -> Iterator[Waiting]:
    """Assets to confirm."""
    if about := references(Mine(person, Moment.now()).to_confirm()):
        words = f"{len(about)} asset{pluralize(about)} to confirm"
        yield Waiting("confirm", words, reverse("assets:mine"), about)


def campaigns(person: User) -> Iterator[Waiting]:
    """Services of the person that were asked and have not returned."""
    units = person.units(*RETURNERS)
    under_way = {"campaign__from_on__lte": today(), "campaign__until_on__gte": today()}
    asked = CampaignService.objects.filter(unit__in=units, **under_way)
    for service in asked.select_related("campaign") if units else ():
        (standing,) = returns(CampaignService.objects.filter(pk=service.pk), service.campaign)
        if not standing.is_in:
            until = long_date(service.campaign.until_on)
            said = f"{service.campaign}: {standing.service.unit} is to return by {until}"
            chased = standing.service.times
            words = f"{said} (reminded {chased} time{pluralize(chased)})" if chased else said
            yield Waiting("chased" if chased else "asked", words, service.campaign.get_absolute_url())


def actions(person: User) -> Iterator[Waiting]:
    """Actions of the person's posts that are overdue."""
    own = Action.objects.filter(owner__in=person.posts(), due_on__lt=today())
    if about := references(own.exclude(status__in=Status.closed())):
        words = f"{len(about)} action{pluralize(about)} overdue"
        yield Waiting("actions", words, reverse("dashboards:home"), about)


def disposals(person: User) -> Iterator[Waiting]:
    """Disposals that this person has still to decide, for the owner or as records manager."""
    own = Disposal.objects.visible_to(person).to_be_decided_by(person)
    if about := references(own, "asset__reference"):
        number = own.count()
        said = f"{number} disposal{pluralize(number)} to decide"
        yield Waiting("disposals", said, reverse("assets:disposals"), about)


def references(entries: QuerySet[Any], path: str = "reference") -> tuple[str, ...]:
    """The references of entries, each once, in their order."""
    return tuple(entries.order_by(path).values_list(path, flat=True).distinct())


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


def words_of(items: Sequence[dict[str, Any]]) -> str:
    """Of what kinds of things a mail told, in words, each once."""
    kinds = dict.fromkeys(item["kind"] for item in items)
    return ", ".join(KINDS.get(kind, "Something else") for kind in kinds) or "Nothing"


def number_of(items: Sequence[dict[str, Any]]) -> int:
    """Of how many things a mail told: each entry counts, and each item that is about none."""
    return sum(len(item.get("references") or [item]) for item in items)
