"""Processing activities and DPIAs for tests. An activity is live and complete unless a test says more."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from assets.models import (
    ActivityAsset,
    Advice,
    ControllerServed,
    Dpia,
    DpiaCriterion,
    DpiaRisk,
    LawfulBasis,
    ProcessingActivity,
    Safeguard,
    Screening,
    ScreeningCriterion,
    SpecialCondition,
    Transfer,
)
from tests.factories import AssetFactory, PostFactory, UserFactory

# What a DPIA says before it is sent; the rest follows when it is signed off.
SENT_WITH = {
    "reference", "title", "activity", "begun_by", "need", "nature", "scope", "context", "purposes",
    "consultation", "necessity",
}  # fmt: skip
SCREENED_ON = date(2016, 3, 1)
SIGNED_ON = date(2016, 6, 1)


class ActivityFactory(DjangoModelFactory):
    """What the council does as controller for a public task: live, with all that Article 30 asks for."""

    class Meta:
        model = ProcessingActivity

    reference = factory.Sequence("PA-{:04}".format)
    title = factory.Sequence("Activity {}".format)
    owner = factory.SubFactory(PostFactory)
    unit = factory.SelfAttribute("owner.unit")
    state = "live"
    purposes = "To run the service"
    data_subjects = "Residents"
    data_categories = "Names and addresses"
    recipients = "None outside the council"
    security = "Access by role"
    retention_words = "6 years after closure"
    transfers_abroad = False
    basis = factory.LazyFunction(lambda: LawfulBasis.objects.get(code="public-task"))


class ProcessorFactory(ActivityFactory):
    """What the council does for another controller, who is named."""

    class Meta:
        model = ProcessingActivity
        skip_postgeneration_save = True

    capacity = "processor"
    basis = None

    @factory.post_generation
    def served(self, create, extracted, **kwargs):
        ControllerServedFactory(activity=self)


class ControllerServedFactory(DjangoModelFactory):
    class Meta:
        model = ControllerServed

    activity = factory.SubFactory(ActivityFactory)
    name = factory.Sequence("Controller {}".format)
    contact = "data.protection@controller.example"
    categories = "Payroll"


class TransferFactory(DjangoModelFactory):
    class Meta:
        model = Transfer

    activity = factory.SubFactory(ActivityFactory, transfers_abroad=True)
    country = "Norway"
    safeguard = factory.LazyFunction(lambda: Safeguard.objects.get(code="adequacy"))


class LinkFactory(DjangoModelFactory):
    """An asset that an activity works with."""

    class Meta:
        model = ActivityAsset

    activity = factory.SubFactory(ActivityFactory)
    asset = factory.SubFactory(AssetFactory)


class AdviceFactory(DjangoModelFactory):
    class Meta:
        model = Advice

    activity = factory.SubFactory(ActivityFactory)
    text = "Ask the people concerned first"
    given_as = "dpo"
    given_by = factory.SubFactory(UserFactory)
    given_by_post = "Data protection officer"


class ScreeningFactory(DjangoModelFactory):
    """A screening by which no DPIA is required."""

    class Meta:
        model = Screening
        skip_postgeneration_save = True

    activity = factory.SubFactory(ActivityFactory)
    screened_on = SCREENED_ON
    decision = "none"
    reason = "No criterion applies"

    @factory.post_generation
    def criteria(self, create, extracted, **kwargs):
        for code in extracted or ():
            ScreeningCriterion.objects.create(screening=self, criterion=DpiaCriterion.objects.get(code=code))


class DpiaFactory(DjangoModelFactory):
    """A draft with every step written, save the risks."""

    class Meta:
        model = Dpia

    reference = factory.Sequence("DPIA-{:04}".format)
    title = factory.Sequence("DPIA {}".format)
    activity = factory.SubFactory(ActivityFactory)
    begun_by = factory.SubFactory(UserFactory)
    state = "draft"
    sent_at = factory.LazyAttribute(lambda dpia: timezone.now() if dpia.state == "with_dpo" else None)
    need = "Large scale"
    nature = "Collected by form"
    scope = "10,000 people"
    context = "Residents expect it"
    purposes = "To run the service"
    consultation = "A panel of residents"
    necessity = "Nothing less does it"


class SignedDpiaFactory(DpiaFactory):
    """One that was signed off by somebody who did not write it."""

    state = "signed_off"
    residual = "low"
    answer = "accepted"
    kept_under_review_by = factory.SelfAttribute("activity.owner")
    next_review_on = date(2017, 6, 1)
    measures_approved_by = factory.SubFactory(UserFactory)
    measures_approved_post = factory.SelfAttribute("activity.owner")
    residual_approved_by = factory.SelfAttribute("measures_approved_by")
    residual_approved_post = factory.SelfAttribute("activity.owner")
    signed_off_on = SIGNED_ON

    @classmethod
    def _create(cls, model_class, *args, **facts):
        """Sent, advised on by the data protection officer, and then what it is to be."""
        steps = {name: facts.pop(name) for name in [*facts] if name not in SENT_WITH}
        sent = model_class.objects.create(**facts, state="with_dpo", sent_at=timezone.now())
        steps |= {"advice": AdviceFactory(activity=sent.activity, dpia=sent), "sent_at": sent.sent_at}
        for name, value in steps.items():
            setattr(sent, name, value)
        sent.save()
        return sent


class DpiaRiskFactory(DjangoModelFactory):
    class Meta:
        model = DpiaRisk

    dpia = factory.SubFactory(DpiaFactory)
    description = "Seen by people who should not"
    likelihood = "possible"
    severity = "significant"
    overall = "medium"
    measure = "Access by role"
    effect = "reduced"
    residual = "low"


def special_condition():
    """Article 9(2)(h)."""
    return SpecialCondition.objects.get(code="health-or-social-care")
