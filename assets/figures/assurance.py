"""Figures of what was asked of services, and of what officers found when they looked at answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from assets.figures.attestation import CONFIRMABLE, standing
from assets.figures.register import ONE_CLOCK
from assets.models import CampaignService, SampledAnswer
from governance.figures.figure import Column, Shape, figure
from governance.figures.moment import Moment, Scope

SERVICES = Shape(
    subject="pk",
    reference="unit__code",
    evidence_kind="assets.campaignservice",
    page="assets:of_unit",
    permission="assets.view_attestation",
    noun="service",
    columns=(
        Column("Service", "unit__name"),
        Column("Asked by", "campaign__title"),
        Column("To return by", "campaign__until_on", "date"),
    ),
    dimensions={"unit": "unit__code", "campaign": "campaign_id"},
)
# By the campaign that asks: of two on the same days, which no page lets be, the one begun last.
ASKED = replace(CONFIRMABLE, dimensions={**CONFIRMABLE.dimensions, "campaign": "asked_by"})
ANSWERS = Shape(
    subject="id",
    reference="attestation__asset__reference",
    evidence_kind="assets.historicalsampledanswer",
    evidence="history_id",
    page="assets:asset",
    permission="assets.view_samples",
    noun="answer",
    columns=(
        Column("Asset", "attestation__asset__title"),
        Column("Checked on", "checked_on", "date"),
        Column("Found", "finding"),
        Column("Note", "note"),
    ),
    dimensions={"sample": "sample_id", "unit": "attestation__asset__unit__code"},
)


@figure(
    "assets.services_asked",
    title="Services asked to confirm what they hold",
    definition="Services that a campaign begun by the date asks, once for each campaign.",
    shape=SERVICES,
)
def services_asked(moment: Moment, scope: Scope) -> QuerySet[CampaignService]:
    """Asked by a campaign that has begun."""
    asked = CampaignService.objects.filter(campaign__from_on__lte=moment.as_at)
    return asked.filter(unit__code__in=scope.units) if scope.units else asked


@figure(
    "assets.services_outstanding",
    title="Services that have not returned",
    definition="Services that a campaign under way at the date asks and that had not returned by the end of "
    "it: they held an asset not confirmed since then, or held none and had not said so.",
    shape=SERVICES,
)
def services_outstanding(moment: Moment, scope: Scope) -> QuerySet[CampaignService]:
    """Asked by a campaign that is not over, and not heard of."""
    held = standing(moment, Scope()).filter(unit_id=OuterRef("unit_id"))
    early = Q(attested_on=None) | Q(attested_on__lt=OuterRef("campaign__from_on"))
    said_nothing = Q(nil_on=None) | Q(nil_on__gt=moment.as_at)
    asked = services_asked.rows(moment, scope).filter(campaign__until_on__gte=moment.as_at)
    return asked.filter(Exists(held.filter(early)) | ~Exists(held) & said_nothing)


@figure(
    "assets.confirmed_when_asked",
    title="Assets confirmed since their service was asked",
    definition="Assets on the register at the end of the date, of services that a campaign under way then "
    f"asks, whose owners have confirmed them since the campaign began. {ONE_CLOCK}",
    shape=ASKED,
)
def confirmed_when_asked(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Of a service under a campaign, and confirmed since its first day."""
    asking = CampaignService.objects.asked_between(moment.as_at, moment.as_at)
    asked = asking.filter(unit_id=OuterRef("unit_id")).order_by("-campaign__from_on", "-campaign_id")
    found: QuerySet[Any] = standing(moment, scope).annotate(
        asked_by=Subquery(asked.values("campaign_id")[:1]),
        asked_from=Subquery(asked.values("campaign__from_on")[:1]),
    )
    return found.filter(attested_on__gte=F("asked_from"))


@figure(
    "assets.answers_checked",
    title="Answers checked by officers",
    definition="Answers “nothing has changed” that were drawn by lot and checked by the end of the date. "
    f"{ONE_CLOCK}",
    shape=ANSWERS,
)
def answers_checked(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Drawn and looked at."""
    drawn: Any = SampledAnswer.history.at(moment).within(scope, moment)
    found: QuerySet[Any] = drawn.filter(checked_on__lte=moment.as_at)
    return found


@figure(
    "assets.answers_found_different",
    title="Answers found different",
    definition="Answers “nothing has changed” of which an officer had found, by the end of the date, that "
    f"something had changed. {ONE_CLOCK}",
    shape=ANSWERS,
)
def answers_found_different(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Checked, and not as the owner said."""
    different = SampledAnswer.Finding.DIFFERENT
    return answers_checked.rows(moment, scope).filter(finding=different)
