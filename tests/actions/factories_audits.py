"""What auditors said, and who quotes them."""

import factory
from factory.django import DjangoModelFactory

from actions.models import ActionRecommendation, AuditText, AuditTextKind, Quotation
from tests.factories import ActionFactory, AuditFactory, RecommendationFactory


class TextFactory(DjangoModelFactory):
    """Words of an auditor."""

    class Meta:
        model = AuditText

    audit = factory.SubFactory(AuditFactory)
    kind = factory.LazyFunction(lambda: AuditTextKind.objects.get(code="opinion"))
    text = "There is a very limited level of assurance that processes and procedures are in place."
    document = "Audit report"
    paragraph = "2.1"


class QuotationFactory(DjangoModelFactory):
    """Words of a held text, quoted word by word."""

    class Meta:
        model = Quotation

    held = factory.SubFactory(TextFactory)
    words = "very limited level of assurance"
    document = factory.Sequence("Report {} to the committee".format)


class AnsweringFactory(DjangoModelFactory):
    """A further action that answers a recommendation."""

    class Meta:
        model = ActionRecommendation

    action = factory.SubFactory(ActionFactory)
    recommendation = factory.SubFactory(RecommendationFactory)
