"""An agreement as a machine reads it: the draft schema of a sharing policy (SocialCareData, MIT; ODRL)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from assets.models import Agreement, Asset

if TYPE_CHECKING:
    from governance.people.models import User

# What the schema (version 0.1, draft) asks of a SharingPolicy at least once.
REQUIRED = (
    "URI",
    "Identifier",
    "Name",
    "Contact",
    "Party",
    "Data",
    "Purpose",
    "StartDate",
    "EndDate",
    "PermittedUse",
)


def as_policy(agreement: Agreement, person: User) -> dict[str, Any]:
    """The agreement as a SharingPolicy. Its last day is the day of review where none is set.

    Of the assets it covers only those that this person may open are named. Posts, never names: the contact
    is the title of the post that keeps it.
    """
    address = f"{settings.SITE_URL}{agreement.get_absolute_url()}"
    ends = agreement.until_on or agreement.review_on
    return {
        "URI": address,
        "Identifier": {"value": agreement.reference, "System": settings.SITE_URL},
        "Name": agreement.title,
        "Contact": agreement.owner.title,
        "Party": _parties(agreement),
        "Data": _titles(agreement, person) or [agreement.arrangements or agreement.title],
        "Purpose": [agreement.purpose],
        "StartDate": agreement.from_on.isoformat() if agreement.from_on else "",
        "EndDate": ends.isoformat() if ends else "",
        "PermittedUse": ["odrl:use"],
        "SecurityMeasure": [agreement.security_measures] if agreement.security_measures else [],
        "LegalCompliance": [agreement.lawful_basis] if agreement.lawful_basis else [],
    }


def _titles(agreement: Agreement, person: User) -> list[str]:
    """The covered assets that this person may open, by title."""
    covered = Asset.objects.visible_to(person).filter(agreement_links__agreement=agreement)
    return list(covered.order_by("reference").values_list("title", flat=True))


def _parties(agreement: Agreement) -> list[dict[str, Any]]:
    """The council and each partner, with a code of ours where the schema asks for a catalogue's."""
    council = {"Name": settings.COUNCIL_NAME, "CatalogueID": ["council"]}
    links = agreement.partner_links.select_related("partner").order_by("partner__name")
    return [council] + [{"Name": link.partner.name, "CatalogueID": [link.partner.code]} for link in links]
