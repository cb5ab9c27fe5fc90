"""What waits for one person, in words with links: what a digest mail says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
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

# What nobody can leave out.
ALWAYS = frozenset({"confirm", "asked", "chased"})


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: its kind, what it is in words, and the page where it is done."""

    kind: str
    words: str
    path: str

    def as_json(self) -> dict[str, str]:
        """As the row keeps it."""
        return {"kind": self.kind, "words": self.words, "path": self.path}


def waiting_for(person: User) -> list[Waiting]:
    """Everything that waits for this person today; without what they do not want to be told."""
    found = [*confirmations(person), *campaigns(person), *actions(person), *disposals(person)]
    choice = ReminderChoice.objects.filter(person=person).first()
    if choice is not None and not choice.wants_all:
        found = [each for each in found if each.kind in ALWAYS]
    return found


def confirmations(person: User) -> Iterator[Waiting]:
    """Assets to confirm."""
    if number := Mine(person, Moment.now()).waiting:
        yield Waiting("confirm", f"{number} asset{pluralize(number)} to confirm", reverse("assets:mine"))


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
    if number := own.exclude(status__in=Status.closed()).count():
        yield Waiting("actions", f"{number} action{pluralize(number)} overdue", reverse("dashboards:home"))


def disposals(person: User) -> Iterator[Waiting]:
    """Disposals that this person has still to decide, for the owner or as records manager."""
    own = Disposal.objects.visible_to(person).to_be_decided_by(person)
    if number := own.count():
        said = f"{number} disposal{pluralize(number)} to decide"
        yield Waiting("disposals", said, reverse("assets:disposals"))


def subject_of(items: Sequence[Waiting]) -> str:
    """What the mail is called, on one line: the first thing that waits, and how many more."""
    more = len(items) - 1
    return f"{' '.join(items[0].words.split())}{f' and {more} more' if more else ''}"[:200]


def body_of(items: Sequence[Waiting]) -> str:
    """The mail."""
    values = {"items": items, "site": settings.SITE_URL.rstrip("/"), "council": settings.COUNCIL_NAME}
    return render_to_string("reminders/digest.txt", values)
