"""What auditors said, and who quotes them."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from actions.models import (
    ActionRecommendation,
    AuditText,
    AuditTextKind,
    FollowUp,
    PlannedRange,
    Quotation,
    RecommendationRating,
)
from tests.factories import ActionFactory, AuditFactory, RecommendationFactory, UserFactory


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


class FollowUpFactory(DjangoModelFactory):
    """An auditor who comes back, given the council's plan of a day."""

    class Meta:
        model = FollowUp

    audit = factory.SubFactory(AuditFactory)
    number = factory.LazyAttribute(lambda made: made.audit.follow_ups.count() + 1)
    plan_as_at = date(2016, 3, 1)


class RangeFactory(DjangoModelFactory):
    """When a follow-up was to be."""

    class Meta:
        model = PlannedRange

    follow_up = factory.SubFactory(FollowUpFactory)
    from_on = date(2017, 3, 1)
    to_on = date(2017, 3, 31)
    effective_on = date(2016, 10, 24)
    reason = "The auditor named the month"
    recorded_by = factory.SubFactory(UserFactory)


def rating_of(code):
    """A word of the list of ratings: complete, partly, not-complete, overtaken."""
    return RecommendationRating.objects.get(code=code)
