"""Campaigns: asking services, chasing them, and taking their word that they hold nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, Max, Q

from assets.figures.attestation import standing
from assets.models import Campaign, CampaignService, Chase
from assets.permissions.attestation import RETURNERS
from assets.permissions.register import KEEPERS
from governance.core.components import Column, Standing
from governance.core.dates import LONDON, today
from governance.figures.moment import Moment, Scope
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


class ReturnedError(Exception):
    """The service has returned: there is nothing to chase."""


class HoldsAssetsError(Exception):
    """The service holds assets, so that it cannot return that it holds nothing."""


@dataclass(frozen=True)
class Return:
    """Where one service is: how many of its assets are confirmed since it was asked."""

    service: Any
    assets: int
    confirmed: int

    @property
    def is_in(self) -> bool:
        """Has it returned? All that it holds is confirmed; or it holds nothing, and has said so."""
        return self.confirmed == self.assets if self.assets else self.service.nil_on is not None

    @property
    def said(self) -> Standing:
        """The same in words."""
        if self.service.nil_on and not self.assets:
            return NIL
        return RETURNED if self.is_in else OUTSTANDING

    @property
    def chased_today(self) -> bool:
        """Was it chased today already? Once a day is enough."""
        last: datetime | None = self.service.last_chased
        return last is not None and last.astimezone(LONDON).date() == today()


def returns(services: Any, since: date) -> list[Return]:
    """Where each of some services is with what it was asked from a day on: two queries."""
    asked = list(
        services.select_related("unit", "nil_post")
        .annotate(times=Count("chases"), last_chased=Max("chases__chased_at"))
        .order_by("unit__name")
    )
    rows = standing(Moment.now(), Scope()).filter(unit_id__in=[each.unit_id for each in asked])
    counted = (
        rows.order_by()
        .values_list("unit_id")
        .annotate(assets=Count("pk"), confirmed=Count("pk", filter=Q(attested_on__gte=since)))
    )
    found = {unit: (assets, confirmed) for unit, assets, confirmed in counted}
    return [Return(each, *found.get(each.unit_id, (0, 0))) for each in asked]


def ask(
    *, title: str, words: str, from_on: date, until_on: date, units: Iterable[OrganisationalUnit]
) -> Campaign:
    """Begin a campaign and ask these services."""
    with transaction.atomic():
        campaign = Campaign.objects.create(title=title, words=words, from_on=from_on, until_on=until_on)
        for unit in units:
            campaign.services.create(unit=unit)
    return campaign


def return_of(service: CampaignService) -> Return:
    """Where one service is, locked so that of two who write the second sees what the first did."""
    locked = CampaignService.objects.select_for_update(no_key=True, of=("self",)).get(pk=service.pk)
    found: Sequence[Return] = returns(CampaignService.objects.filter(pk=locked.pk), service.campaign.from_on)
    return found[0]


def chase(service: CampaignService, *, by: User) -> Chase | None:
    """Note that the service is chased; the next digest mail says so. Once a day: None if it was today.

    Raises ReturnedError where it has returned.
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

    Raises HoldsAssetsError where the register says otherwise.
    """
    with transaction.atomic():
        now = return_of(service)
        if now.assets:
            raise HoldsAssetsError
        if now.service.nil_on is None:
            entry = CampaignService.objects.get(pk=service.pk)
            entry.nil_on, entry.nil_post_id = today(), by.post_for(service.unit_id, *RETURNERS)
            entry.save()
