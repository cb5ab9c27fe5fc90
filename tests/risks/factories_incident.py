"""Incidents for tests: long past, breaches of confidentiality with personal data."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from risks.models import (
    Incident,
    IncidentAsset,
    IncidentDecision,
    IncidentNotice,
    IncidentPost,
    IncidentRecipient,
    IncidentRisk,
    IncidentSeverity,
)
from tests.factories import AssetFactory, PostFactory, RiskFactory, UnitFactory, UserFactory

AWARE = datetime(2016, 3, 25, 16, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def severity(number):
    """A level of the scheme that is shipped."""
    return IncidentSeverity.objects.get(number=number)


def recipient(code="ico"):
    """Somebody who may be told."""
    return IncidentRecipient.objects.get(code=code)


class IncidentFactory(DjangoModelFactory):
    """An incident that somebody deals with; the council was aware of it on Good Friday 2016."""

    class Meta:
        model = Incident

    reference = factory.Sequence("IN-{:04}".format)
    title = factory.Sequence("Incident {}".format)
    what_happened = "An e-mail with a list of tenants went to the wrong address"
    state = Incident.State.OPEN
    unit = factory.SubFactory(UnitFactory)
    reported_by = factory.SubFactory(UserFactory)
    reported_post = "Housing officer"
    reported_at = factory.SelfAttribute("aware_at")
    discovered_at = factory.SelfAttribute("aware_at")
    aware_at = AWARE
    confidentiality = True
    contains_personal_data = True

    class Params:
        ready_to_close = factory.Trait(
            severity=factory.LazyFunction(lambda: severity(1)),
            severity_reason="Nobody opened it",
            cause="A name typed from memory",
            lessons="Addresses are chosen from a list",
            integrity=False,
            availability=False,
            near_miss=False,
            special_category=False,
        )


class FactFactory(DjangoModelFactory):
    """What was decided, told or noted."""

    incident = factory.SubFactory(IncidentFactory)
    recorded_by = factory.SubFactory(UserFactory)
    recorded_post = "Information governance officer"


class DecisionFactory(FactFactory):
    """That the ICO is not told."""

    class Meta:
        model = IncidentDecision

    recipient = factory.LazyFunction(recipient)
    tells = False
    reason = "The message was deleted unread"


class NoticeFactory(FactFactory):
    """That the ICO was told, an hour after the council was aware."""

    class Meta:
        model = IncidentNotice

    recipient = factory.LazyFunction(recipient)
    kind = IncidentNotice.Kind.TOLD
    at = factory.LazyAttribute(lambda notice: notice.incident.aware_at + HOUR)
    words = "By the form on its site"


class IncidentAssetFactory(DjangoModelFactory):
    """An asset that an incident concerns."""

    class Meta:
        model = IncidentAsset

    incident = factory.SubFactory(IncidentFactory)
    asset = factory.SubFactory(AssetFactory)


class IncidentRiskFactory(DjangoModelFactory):
    """A risk that an incident had been foreseen by."""

    class Meta:
        model = IncidentRisk

    incident = factory.SubFactory(IncidentFactory)
    risk = factory.SubFactory(RiskFactory)


class IncidentPostFactory(DjangoModelFactory):
    """A post that needs to know of an incident."""

    class Meta:
        model = IncidentPost

    incident = factory.SubFactory(IncidentFactory)
    post = factory.SubFactory(PostFactory)
    why = "Answers for the service"
