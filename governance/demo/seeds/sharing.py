"""With whom Northmere shares information, what it must publish, and which assets anybody may read of."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from assets.models import (
    Agreement,
    AgreementAsset,
    AgreementPartner,
    Asset,
    ContractAsset,
    Licence,
    Marking,
    Obligation,
    Partner,
    PartnerKind,
    ProcessorContract,
    Publication,
    TransferMethod,
)
from governance.core.dates import today
from governance.history.trail import because
from governance.people.models import Post, User

WHY = "Entered from the paper register"
PARTNERS = [
    ("northmere-pct", "Northmere Primary Care Trust", "health"),
    ("northshire-police", "Northshire Police", "police"),
    ("papermill-scanning", "Papermill Scanning Ltd", "company"),
]
# Reference, tier, title, days from today to its review, partner and asset.
AGREEMENTS = [
    ("SA-0001", 1, "Northshire information sharing protocol", 700, "northshire-police", ""),
    ("SA-0002", 2, "Safeguarding referrals between partners", 400, "northshire-police", "IA-0004"),
    ("SA-0003", 2, "Hospital discharge notifications", 40, "northmere-pct", "IA-0013"),
    ("SA-0004", 2, "Licensed premises and houses", -200, "northshire-police", "IA-0023"),
]
CONTRACTS = [
    ("PC-0001", "Scanning of benefit evidence", "papermill-scanning", "IA-0027", True, ""),
    ("PC-0002", "Off-site storage of boxes", "papermill-scanning", "IA-0043", False, "No terms on audits"),
]
# What was published: the days since, and since the last day of the data. The rest was never recorded.
PUBLISHED = {"TC-0001": (20, 50), "TC-0002": (20, 50), "TC-0003": (300, 330), "TC-0005": (90, 120),
             "TC-0012": (30, 60), "TC-0013": (700, 730), "TC-0014": (100, 130)}  # fmt: skip
OPEN_ASSETS = ("IA-0020", "IA-0023", "IA-0037", "IA-0042", "IA-0045", "IA-0046", "IA-0047", "IA-0050",
               "IA-0051", "IA-0053", "IA-0058", "IA-0059")  # fmt: skip


def enter(by: User) -> None:
    """Partners, agreements, contracts, publications and publish decisions."""
    with transaction.atomic(), because(WHY):
        keeper = Post.objects.get(code="ig-officer")
        partners()
        agreements(keeper)
        contracts(keeper)
        transparency(keeper, by)
        openness()


def partners() -> None:
    """Three, of which one was renamed."""
    kinds = {kind.code: kind for kind in PartnerKind.objects.all()}
    for code, name, kind in PARTNERS:
        Partner.objects.create(code=code, name=name, kind=kinds[kind], contact_post="Information manager")
    trust = Partner.objects.get(code="northmere-pct")
    trust.rename("Northmere Clinical Commissioning Group", on=date(2013, 4, 1))


def agreements(keeper: Post) -> None:
    """A protocol and three agreements under it: one in force, one due for review, one lapsed."""
    protocol = None
    for reference, tier, title, days, partner, asset in AGREEMENTS:
        made = Agreement.objects.create(
            reference=reference,
            tier=tier,
            title=title,
            under=protocol,
            owner=keeper,
            unit=keeper.unit,
            state=Agreement.State.IN_FORCE,
            purpose=f"{title}: each partner learns what it needs to do its duty, and no more",
            lawful_basis="Public task; the duty of each partner in law",
            transfer_method=TransferMethod.objects.get(code="secure-email"),
            from_on=date(2016, 4, 1),
            review_on=today() + timedelta(days=days),
        )
        protocol = protocol or made
        AgreementPartner.objects.create(
            agreement=made,
            partner=Partner.objects.get(code=partner),
            signed_on=date(2016, 3, 21),
            signed_version="1.0",
            signed_by="Information manager",
        )
        if asset:
            AgreementAsset.objects.create(agreement=made, asset=Asset.objects.get(reference=asset))


def contracts(keeper: Post) -> None:
    """Two, of which one lacks the terms that the law asks for."""
    for reference, title, processor, asset, terms, missing in CONTRACTS:
        made = ProcessorContract.objects.create(
            reference=reference,
            title=title,
            processor=Partner.objects.get(code=processor),
            owner=keeper,
            unit=keeper.unit,
            from_on=date(2016, 4, 1),
            has_terms=terms,
            terms_note=missing,
        )
        ContractAsset.objects.create(contract=made, asset=Asset.objects.get(reference=asset))


def transparency(keeper: Post, by: User) -> None:
    """Some obligations are met, some late, some never; one does not apply."""
    Obligation.objects.update(owner=keeper, unit=keeper.unit)
    Obligation.objects.filter(reference="TC-0006").update(
        applies=False, applies_reason="The council transferred its housing stock"
    )
    for reference, (published, covers) in PUBLISHED.items():
        Publication.objects.create(
            obligation=Obligation.objects.get(reference=reference),
            effective_on=today() - timedelta(days=published),
            covers_until=today() - timedelta(days=covers),
            evidence="On the council's open data page",
            recorded_by=by,
        )


def openness() -> None:
    """Twelve assets are open."""
    Asset.objects.filter(reference__in=OPEN_ASSETS).update(
        publish=Asset.Publish.PUBLISH,
        publish_reason="Public information is open by default",
        licence=Licence.objects.get(code="ogl-3"),
        marking=Marking.objects.get(code="official"),
        stars=3,
    )
