"""How agreements, contracts and partners are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import QuerySet

from assets.models import (
    Agreement,
    AgreementAsset,
    AgreementPartner,
    Asset,
    ContractAsset,
    Partner,
    ProcessorContract,
)
from assets.models.partners import name_on
from governance.core.components import Column
from governance.figures.moment import Moment
from governance.people.registers.pages import COMMON
from governance.people.registers.versions import instant_of

if TYPE_CHECKING:
    from governance.people.models import User

AGREEMENT_COLUMNS = (
    *COMMON,
    Column("Tier", "tier"),
    Column("Review due", "review_on"),
    Column("Standing", "standing"),
)
PARTY_COLUMNS = (Column("Partner"), Column("Signed"))
PARTNER_COLUMNS = (Column("Name"), Column("Kind"), Column("Still there"))
CONTRACT_COLUMNS = (
    *COMMON,
    Column("Processor", "processor_name"),
    Column("Article 28 terms", "has_terms"),
    Column("Standing", "standing"),
)


class Covered(NamedTuple):
    """The assets that an agreement or a contract names: those the reader may open, and how many more."""

    links: list[Any]
    hidden: int


def parties_of(agreement: Agreement, moment: Moment) -> QuerySet[Any]:
    """The partners to an agreement at a moment, each by the name of that day."""
    links: Any = AgreementPartner.history
    found: QuerySet[Any] = links.before(instant_of(moment)).filter(agreement_id=agreement.pk)
    named: QuerySet[Any] = found.annotate(called=name_on(moment.as_at, "partner_id")).order_by("called")
    return named


def covered_by(agreement: Agreement, moment: Moment, person: User) -> Covered:
    """The assets that an agreement covered at a moment."""
    return _covered(AgreementAsset, {"agreement_id": agreement.pk}, moment, person)


def handled_under(contract: ProcessorContract, moment: Moment, person: User) -> Covered:
    """The assets that a processor handled under a contract at a moment."""
    return _covered(ContractAsset, {"contract_id": contract.pk}, moment, person)


def _covered(model: Any, of: dict[str, int], moment: Moment, person: User) -> Covered:
    links = model.history.before(instant_of(moment)).filter(**of)
    seen = links.filter(asset_id__in=Asset.objects.visible_to(person).values("pk"))
    shown = list(seen.select_related("asset").order_by("asset__reference"))
    return Covered(shown, links.count() - len(shown))


def under(agreement: Agreement, moment: Moment, person: User) -> QuerySet[Any]:
    """The agreements that stood under a protocol at a moment and that this person may open."""
    found: QuerySet[Any] = Agreement.history.at(moment).visible_to(person).filter(under_id=agreement.pk)
    return found.order_by("reference")


def agreements_on(asset: Asset, moment: Moment, person: User) -> QuerySet[Any]:
    """The agreements that covered an asset at a moment and that this person may open, as versions."""
    links: Any = AgreementAsset.history
    covering = links.before(instant_of(moment)).filter(asset_id=asset.pk).values("agreement_id")
    found: QuerySet[Any] = Agreement.history.at(moment).visible_to(person).filter(id__in=covering)
    return found.order_by("reference")


def contracts_on(asset: Asset, moment: Moment, person: User) -> QuerySet[Any]:
    """The contracts under which an asset was handled at a moment and that this person may open."""
    links: Any = ContractAsset.history
    naming = links.before(instant_of(moment)).filter(asset_id=asset.pk).values("contract_id")
    found: QuerySet[Any] = ProcessorContract.history.at(moment).visible_to(person).filter(id__in=naming)
    return found.order_by("reference")


def sharing_of(asset: Asset, moment: Moment, person: User) -> dict[str, Any]:
    """What the page of an asset shows of its sharing."""
    return {
        "agreements": agreements_on(asset, moment, person),
        "contracts": contracts_on(asset, moment, person),
    }


def agreements_with(partner: Partner, moment: Moment, person: User) -> QuerySet[Any]:
    """The agreements that a partner was party to at a moment and that this person may open."""
    rows: Any = AgreementPartner.history
    links = rows.before(instant_of(moment)).filter(partner_id=partner.pk).values("agreement_id")
    found: QuerySet[Any] = Agreement.history.at(moment).visible_to(person).filter(id__in=links)
    return found.order_by("reference")


def contracts_with(partner: Partner, moment: Moment, person: User) -> QuerySet[Any]:
    """The contracts with a processor that this person may open."""
    found: QuerySet[Any] = (
        ProcessorContract.history.at(moment).visible_to(person).filter(processor_id=partner.pk)
    )
    return found.order_by("reference")
