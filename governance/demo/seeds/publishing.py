"""What Northmere does not publish in full, and why: in part, or not at all, each under an exemption."""

from __future__ import annotations

from django.db import transaction

from assets.models import Asset, Exemption, Licence, Marking
from governance.history.trail import because
from governance.people.models import User

WHY = "Decided by the Information Governance Team"
# Reference, exemption and, for the public too, the reason.
IN_PART = (
    ("IA-0050", "foi-40", "The edited register alone may be bought; the full one is about people"),
    ("IA-0053", "foi-43", "Prices that suppliers gave in confidence are left out"),
    ("IA-0058", "foi-31", "Where alarms and keys are is left out"),
)
WITHHELD = (
    ("IA-0001", "foi-40", "It is about children and their families"),
    ("IA-0009", "foi-40", "It is about people in care"),
    ("IA-0031", "foi-30", "Investigations are open"),
    ("IA-0036", "foi-31", "It would help whoever attacks the network"),
    ("IA-0048", "foi-42", "Advice of lawyers"),
)


def enter(by: User) -> None:
    """The decisions, each with its reason; what is published in part is so on an open licence."""
    with transaction.atomic(), because(WHY):
        exemptions = {each.code: each for each in Exemption.objects.all()}
        terms = {
            "licence": Licence.objects.get(code="ogl-3"),
            "marking": Marking.objects.get(code="official"),
        }
        for decision, rows in ((Asset.Publish.PART, IN_PART), (Asset.Publish.WITHHOLD, WITHHELD)):
            for reference, exemption, reason in rows:
                said = {"publish": decision, "publish_reason": reason, "exemption": exemptions[exemption]}
                if decision == Asset.Publish.PART:
                    said |= terms
                Asset.objects.filter(reference=reference).update(**said)
