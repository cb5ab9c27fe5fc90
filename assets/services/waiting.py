"""What waits for whom in the asset register: shown on Home, told by the daily mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.template.defaultfilters import pluralize
from django.urls import reverse

from assets.models import CampaignService, Disposal, Dpia
from assets.permissions.attestation import RETURNERS
from assets.services.campaigns import Return, returns
from assets.services.mine import Mine
from assets.services.position import last_closed
from assets.services.signing import owed
from governance.core.dates import long_date, today
from governance.figures.moment import Moment
from governance.people.waiting import Waiting, references, waits

if TYPE_CHECKING:
    from governance.people.models import User


@waits(confirm="Assets to confirm", always=True)
def confirmations(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """Assets to confirm."""
    yield (found := references(Mine(person, Moment.now()).to_confirm()))
    if about := tuple(found):
        words = f"{len(about)} asset{pluralize(about)} to confirm"
        yield Waiting("confirm", words, reverse("assets:mine"), about)


@waits(asked="A campaign that asks the service", chased="A campaign that reminds the service", always=True)
def campaigns(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """Services of the person that were asked and have not returned."""
    units = person.units(*RETURNERS)
    if not units:
        return
    yield (asked := CampaignService.objects.asked_between(today(), today()).filter(unit__in=units))
    for campaign in dict.fromkeys(each.campaign for each in asked):
        theirs = CampaignService.objects.filter(campaign=campaign, unit__in=units)
        yield from (asked_for(standing) for standing in returns(theirs, campaign) if not standing.is_in)


def asked_for(standing: Return) -> Waiting:
    """A service that has not returned; each time that it is reminded is another thing to be told."""
    campaign, chased = standing.service.campaign, standing.service.times
    said = f"{campaign}: {standing.service.unit} is to return by {long_date(campaign.until_on)}"
    words = f"{said} (reminded {chased} time{pluralize(chased)})" if chased else said
    return Waiting("chased" if chased else "asked", words, campaign.get_absolute_url())


@waits(disposals="Disposals to decide")
def disposals(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """Disposals that this person has still to decide, for the owner or as records manager."""
    own = Disposal.objects.visible_to(person).to_be_decided_by(person).order_by("asset__reference")
    yield (found := own.values_list("asset__reference", flat=True))
    if about := list(found):
        said = f"{len(about)} disposal{pluralize(len(about))} to decide"
        yield Waiting("disposals", said, reverse("assets:disposals"), tuple(dict.fromkeys(about)))


@waits(dpia_advice="Impact assessments to advise on")
def to_advise_on(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """DPIAs that were sent to the data protection officer, who has not advised on what was sent."""
    yield (found := Dpia.objects.to_be_advised_on_by(person).order_by("reference"))
    for dpia in found:
        path = reverse("assets:advise_dpia", args=[dpia.reference])
        yield Waiting("dpia_advice", f"{dpia} waits for your advice", path, (dpia.reference,))


@waits(dpia_sign_off="Impact assessments to sign off")
def to_sign_off(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """DPIAs on which the data protection officer has advised and which this person may sign off."""
    yield (found := Dpia.objects.to_be_signed_off_by(person).order_by("reference"))
    for dpia in found:
        path = reverse("assets:sign_off_dpia", args=[dpia.reference])
        yield Waiting("dpia_sign_off", f"{dpia} waits for your signature", path, (dpia.reference,))


@waits(position="The position of a year to sign")
def to_sign(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """What this person has to sign for under the position of the year that closed last."""
    position = last_closed()
    path = reverse("assets:sign_position", args=[position.year])
    for signing in owed(person, position):
        yield Waiting("position", f"Sign as at {long_date(position.closes_on)}: {signing.label}", path)
