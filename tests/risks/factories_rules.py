"""Rules of escalation for tests, made by the service that the pages use."""

from governance.core.dates import today
from risks.models import EscalationRules
from risks.services.rules import adopt, begin
from tests.factories import AssetFactory


def rules_in_force(**said) -> EscalationRules:
    """In force from today; what is not `said` is as the product comes."""
    return adopt(begin(**said), from_on=today(), reason="Information Risk Policy, section 4")


def critical(number=3, **facts):
    """An asset of that criticality."""
    return AssetFactory(confidentiality_id=number, confidentiality_reason="Children's files", **facts)
