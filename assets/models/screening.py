"""Whether processing needs a data protection impact assessment, and what was advised about it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from assets.models.activity_rows import RowVersionQuerySet
from assets.models.lawful import DpiaCriterion
from assets.models.processing import ProcessingActivity
from governance.history.models import History, Recorded


class AdviceQuerySet(models.QuerySet["Advice"]):
    """Advice, the latest first."""

    def of_the_dpo(self, since: datetime | None = None) -> Self:
        """The data protection officer's own, since an instant."""
        found = self.filter(given_as=Advice.GivenAs.DPO)
        return found.filter(given_at__gte=since) if since else found

    def before(self, instant: datetime) -> Self:
        """What had been given by then."""
        return self.filter(given_at__lt=instant)


class Advice(models.Model):
    """What the data protection officer or the Caldicott Guardian advised. It stands as it was given."""

    append_only: ClassVar[bool] = True

    class GivenAs(models.TextChoices):
        """Whose advice it is. The law wants the data protection officer's (Article 35(2))."""

        DPO = "dpo", "Data protection officer"
        CALDICOTT_GUARDIAN = "caldicott_guardian", "Caldicott Guardian"

    activity = models.ForeignKey(ProcessingActivity, models.PROTECT, related_name="advice")
    dpia = models.ForeignKey("assets.Dpia", models.PROTECT, related_name="advice_given", null=True)
    text = models.TextField()
    given_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    given_by_post = models.CharField(max_length=200, help_text="the post as it was then called")
    given_as = models.CharField(max_length=18, choices=GivenAs)
    given_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = AdviceQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="advice_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="advice_is_of_one_who_advises", condition=Q(given_as__in=["dpo", "caldicott_guardian"])
            ),
        ]

    def __str__(self) -> str:
        return f"Advice of the {self.given_by_post} on {self.activity.reference}"


class Screening(Recorded):
    """Whether an activity needs a DPIA, and what was decided."""

    class Decision(models.TextChoices):
        """What the council decided."""

        DO = "do", "Make a DPIA"
        NONE = "none", "Do not make a DPIA"

    activity = models.OneToOneField(ProcessingActivity, models.PROTECT, related_name="screening")
    screened_on = models.DateField("screened on")
    is_required = models.BooleanField("a DPIA is required", default=False, editable=False)
    decision = models.CharField(max_length=5, choices=Decision)
    reason = models.TextField(blank=True, default="")
    advice = models.ForeignKey(
        Advice, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="advice considered"
    )

    history = History(historical_queryset=RowVersionQuerySet)

    class Meta:
        ordering = ["activity"]
        constraints = [
            models.CheckConstraint(
                name="screening_decision_is_known", condition=Q(decision__in=["do", "none"])
            ),
            models.CheckConstraint(
                name="screening_without_dpia_gives_a_reason", condition=Q(decision="do") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="screening_against_the_law_s_lists_has_advice",
                condition=Q(decision="do") | Q(is_required=False) | Q(advice__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Screening of {self.activity.reference}"


class ScreeningCriterion(Recorded):
    """A criterion that applies to an activity."""

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="criterion_links")
    criterion = models.ForeignKey(DpiaCriterion, models.PROTECT, related_name="screening_links")

    history = History(historical_queryset=RowVersionQuerySet)

    class Meta:
        ordering = ["screening", "criterion__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["screening", "criterion"],
                name="screening_names_a_criterion_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion} applies"
