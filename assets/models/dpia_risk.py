"""Steps 5 and 6 of a DPIA: the risks, and the measures against them, on the scales of the ICO's sample."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from assets.models.activity_rows import RowVersionQuerySet
from assets.models.dpia import Dpia, Level
from governance.history.models import History, Recorded


class DpiaRisk(Recorded):
    """Steps 5 and 6: a risk to people, and the measure against it."""

    class Likelihood(models.TextChoices):
        """How likely harm is."""

        REMOTE = "remote", "Remote"
        POSSIBLE = "possible", "Possible"
        PROBABLE = "probable", "Probable"

    class Severity(models.TextChoices):
        """How bad harm would be."""

        MINIMAL = "minimal", "Minimal"
        SIGNIFICANT = "significant", "Significant"
        SEVERE = "severe", "Severe"

    class Effect(models.TextChoices):
        """What the measure does to the risk."""

        ELIMINATED = "eliminated", "Eliminated"
        REDUCED = "reduced", "Reduced"
        ACCEPTED = "accepted", "Accepted"

    dpia = models.ForeignKey(Dpia, models.PROTECT, related_name="risks")
    description = models.TextField("source of risk, and possible harm to people")
    likelihood = models.CharField("likelihood of harm", max_length=8, choices=Likelihood)
    severity = models.CharField("severity of harm", max_length=11, choices=Severity)
    overall = models.CharField("overall risk", max_length=6, choices=Level)
    measure = models.TextField("measure", blank=True, default="")
    effect = models.CharField("effect on the risk", max_length=10, choices=Effect, blank=True, default="")
    residual = models.CharField("risk left over", max_length=6, choices=Level, blank=True, default="")
    is_approved = models.BooleanField("measure approved", default=False, editable=False)

    history = History(historical_queryset=RowVersionQuerySet)

    class Meta:
        ordering = ["dpia", "pk"]
        verbose_name = "DPIA risk"
        constraints = [
            models.CheckConstraint(name="dpia_risk_is_described", condition=~Q(description="")),
            models.CheckConstraint(
                name="dpia_risk_is_rated_on_the_scales",
                condition=Q(likelihood__in=["remote", "possible", "probable"])
                & Q(severity__in=["minimal", "significant", "severe"])
                & Q(overall__in=["low", "medium", "high"]),
            ),
            models.CheckConstraint(
                name="dpia_risk_measure_effect_and_rest_go_together",
                condition=Q(measure="", effect="", residual="", is_approved=False)
                | (
                    ~Q(measure="")
                    & Q(effect__in=["eliminated", "reduced", "accepted"])
                    & Q(residual__in=["low", "medium", "high"])
                ),
            ),
            models.CheckConstraint(
                name="dpia_risk_only_accepted_stays_as_it_is",
                condition=~Q(effect="accepted") | Q(residual=F("overall")),
            ),
        ]

    def __str__(self) -> str:
        return self.description[:80]
