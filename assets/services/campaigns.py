"""Campaigns: asking services, chasing them, and taking their word that they hold nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, Max, Q

from assets.figures.assurance import confirmed_when_asked, services_asked, services_outstanding
from assets.figures.attestation import standing
from assets.figures.register import total
from assets.models import Campaign, CampaignService, Chase
from assets.permissions.attestation import RETURNERS
from assets.permissions.register import KEEPERS
from governance.core.components import Column, Standing
from governance.core.dates import LONDON, today
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile, tiles
from governance.people.models import OrganisationalUnit

if TYPE_CHECKING:
    from governance.people.models import User

COLUMNS = (
    Column("Service"),
    Column("Return"),
    Column("Confirmed", numeric=True),
    Column("Assets", numeric=True),
    Column("Chased"),
    Column("What to do"),
)
RETURNED = Standing("Returned", "green", "tick")
NIL = Standing("Holds nothing", "green", "dash")
OUTSTANDING = Standing("Outstanding", "amber", "clock")


class AskedAlreadyError(Exception):
    """Another campaign asks some of these services on the same days. `asked`: those."""

    def __init__(self, asked: Sequence[CampaignService]) -> None:
        super().__init__(", ".join(str(each) for each in asked))
        self.asked = asked


class ReturnedError(Exception):
    """The service has returned: there is nothing to chase."""


class HoldsAssetsError(Exception):
    """The service holds assets, so that it cannot return that it holds nothing."""


class OverError(Exception):
    """The campaign is over: what was returned by its last day stands."""


@dataclass(frozen=True)
class Return:
    """Where one service is: how many of its assets are confirmed since it was asked, up to the last day."""

    service: Any
    assets: int
    confirmed: int

    @property
    def cells(self) -> list[Tile]:
        """Both counts, each with the way to its rows."""
        campaign, scope = self.service.campaign, Scope(units=(self.service.unit.code,))
        moment, asked = moment_of(campaign), confirmed_when_asked
        confirmed = asked.address(moment, scope, campaign=str(campaign.pk))
        return [Tile(self.confirmed, asked.title, confirmed), *tiles({total.key: self.assets}, moment, scope)]

    @property
    def is_in(self) -> bool:
        """Has it returned? All that it holds is confirmed; or it holds nothing, and has said so."""
        return self.confirmed == self.assets if self.assets else self.said_nil

    @property
    def said_nil(self) -> bool:
        """Did it say by the last day that it holds nothing?"""
        nil_on: date | None = self.service.nil_on
        return nil_on is not None and nil_on <= self.service.campaign.until_on

    @property
    def said(self) -> Standing:
        """The same in words."""
        if self.said_nil and not self.assets:
            return NIL
        return RETURNED if self.is_in else OUTSTANDING

    @property
    def chased_today(self) -> bool:
        """Was it chased today already? Once a day is enough."""
        last: datetime | None = self.service.last_chased
        return last is not None and last.astimezone(LONDON).date() == today()


def returns(services: Any, campaign: Campaign) -> list[Return]:
    """Where each of some services of a campaign is, or was on its last day once that is over: two queries."""
    asked = list(
        services.select_related("unit", "nil_post", "campaign")
        .annotate(times=Count("chases"), last_chased=Max("chases__chased_at"))
        .order_by("unit__name")
    )
    rows = standing(moment_of(campaign), Scope()).filter(unit_id__in=[each.unit_id for each in asked])
    counted = (
        rows.order_by()
        .values_list("unit_id")
        .annotate(assets=Count("pk"), confirmed=Count("pk", filter=Q(attested_on__gte=campaign.from_on)))
    )
    found = {unit: (assets, confirmed) for unit, assets, confirmed in counted}
    return [Return(each, *found.get(each.unit_id, (0, 0))) for each in asked]


def moment_of(campaign: Campaign) -> Moment:
    """The day whose result a campaign shows: its last, or today while that is to come."""
    return Moment.of(campaign.until_on) if campaign.is_over else Moment.now()


def tiles_of(campaign: Campaign) -> list[Tile]:
    """How many services it asks and how many have not returned, each with the way to them."""
    moment, scope = moment_of(campaign), Scope()
    asked = services_asked.rows(moment, scope).filter(campaign=campaign)
    late = Count("pk", filter=Q(pk__in=services_outstanding.rows(moment, scope).values("pk")))
    counted = asked.aggregate(asked=Count("pk"), late=late)
    return [
        Tile(value, figure.title, figure.address(moment, scope, campaign=str(campaign.pk)))
        for figure, value in zip((services_asked, services_outstanding), counted.values(), strict=True)
    ]


def ask(
    *, title: str, words: str, from_on: date, until_on: date, units: Iterable[OrganisationalUnit]
) -> Campaign:
    """Begin a campaign and ask these services. Raises AskedAlreadyError, which names them, where another
    campaign asks some of them on the same days: of two begun at once the second is refused."""
    units = list(units)
    with transaction.atomic():
        by_key = OrganisationalUnit.objects.filter(pk__in=[unit.pk for unit in units]).order_by("pk")
        list(by_key.select_for_update(no_key=True, of=("self",)))
        if asked := list(CampaignService.objects.asked_between(from_on, until_on).filter(unit__in=units)):
            raise AskedAlreadyError(asked)
        campaign = Campaign.objects.create(title=title, words=words, from_on=from_on, until_on=until_on)
        for unit in units:
            campaign.services.create(unit=unit)
    return campaign


def return_of(service: CampaignService) -> Return:
    """Where one service is, locked so that of two who write the second sees what the first did.

    Raises OverError once the campaign is over: nothing is written then.
    """
    if service.campaign.is_over:
        raise OverError
    locked = CampaignService.objects.select_for_update(no_key=True, of=("self",)).get(pk=service.pk)
    found: Sequence[Return] = returns(CampaignService.objects.filter(pk=locked.pk), service.campaign)
    return found[0]


def chase(service: CampaignService, *, by: User) -> Chase | None:
    """Note that the service is chased; the next digest mail says so. Once a day: None if it was today.

    Raises ReturnedError where it has returned, OverError once the campaign is over.
    """
    with transaction.atomic():
        standing_now = return_of(service)
        if standing_now.is_in:
            raise ReturnedError
        if standing_now.chased_today:
            return None
        return Chase.objects.create(service=service, chased_by=by, chased_as=by.title_for(None, *KEEPERS))


def return_nil(service: CampaignService, *, by: User) -> None:
    """The service's own word that it holds nothing. Said again it changes nothing.

    Raises HoldsAssetsError where the register says otherwise, OverError once the campaign is over.
    """
    with transaction.atomic():
        now = return_of(service)
        if now.assets:
            raise HoldsAssetsError
        if now.service.nil_on is None:
            entry = CampaignService.objects.get(pk=service.pk)
            entry.nil_on, entry.nil_post_id = today(), by.post_for(service.unit_id, *RETURNERS)
            entry.save()
