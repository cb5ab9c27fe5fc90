"""Assessments of maturity: the overall as it was given, and on two clocks the level of each area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.urls import reverse

from actions.models.action import Action
from actions.models.audit import Audit
from actions.models.maturity import MaturityArea, MaturityLevel, MaturityModel, reads_maturity
from actions.models.mistaken import STANDING, Mistakable, gives_a_reason
from governance.figures.models import TwoClockQuerySet, TwoClockRow
from governance.history.models import History, Recorded

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User


class MaturityAssessmentQuerySet(models.QuerySet["MaturityAssessment"]):
    """Assessments, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All of them, for whoever reads a register."""
        return self.all() if reads_maturity(person) else self.none()

    def for_page(self) -> Self:
        """With everything its page says of it, in one query, the latest first."""
        return self.select_related("model", "audit").order_by("-as_at", "-pk")

    def standing(self) -> Self:
        """Those that were not entered in error."""
        return self.filter(STANDING)

    def before(self, other: MaturityAssessment) -> Self:
        """Those by the same model, as at an earlier day."""
        return self.filter(model=other.model_id, as_at__lt=other.as_at)


class MaturityAssessment(Mistakable, Recorded):
    """One assessment by a model. The overall is the assessor's own words, and never computed."""

    class Kind(models.TextChoices):
        """Who assessed."""

        SELF = "self", "Self-assessment"
        EXTERNAL = "external", "Assessment by somebody else"

    reference = models.CharField(max_length=12, unique=True)
    model = models.ForeignKey(MaturityModel, models.PROTECT, related_name="assessments")
    kind = models.CharField("who assessed", max_length=8, choices=Kind)
    assessor = models.CharField(max_length=200)
    as_at = models.DateField("as at")
    overall = models.CharField("overall, as given", max_length=100, blank=True, default="")
    note = models.TextField("what else was said", blank=True, default="")
    source_document = models.CharField("where it is written", max_length=200, blank=True, default="")
    audit = models.ForeignKey(
        Audit, models.PROTECT, null=True, blank=True, related_name="maturity_assessments"
    )

    objects = MaturityAssessmentQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-as_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="maturity_assessment_kind_is_known", condition=Q(kind__in=["self", "external"])
            ),
            gives_a_reason("maturity_assessment_in_error_gives_a_reason"),
            models.UniqueConstraint(
                "model",
                "as_at",
                Lower("assessor"),
                name="maturity_is_assessed_once_on_a_day",
                condition=STANDING,
            ),
            models.CheckConstraint(name="maturity_assessment_names_who", condition=~Q(assessor="")),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """The page of the assessment."""
        return reverse("actions:maturity_assessment", args=[self.reference])


class MaturityScoreQuerySet(TwoClockQuerySet["MaturityScore"]):
    """Scores: which stand, which are the latest, which moved."""

    def visible_to(self, person: User) -> Self:
        """All of them, for whoever reads a register."""
        return self.all() if reads_maturity(person) else self.none()

    def newest(self, moment: Moment) -> Self:
        """What stood at a moment for each area in the latest assessment by its model."""
        last = (
            MaturityScore.objects.standing(moment)
            .order_by("assessment__model_id", "-effective_on", "-assessment_id")
            .distinct("assessment__model_id")
        )
        return self.standing(moment).filter(assessment__in=last.values("assessment"))

    def below_target(self) -> Self:
        """At a level that is lower than the one aimed at."""
        return self.filter(target__number__gt=F("level__number"))

    def with_earlier(self, moment: Moment) -> Self:
        """With `earlier_number` and `earlier_on`: the level given to the area on the last earlier day on
        which it was scored, as it stood at the moment, and that day."""
        earlier = (
            MaturityScore.objects.standing(moment)
            .filter(area=OuterRef("area"), effective_on__lt=OuterRef("effective_on"))
            .order_by("-effective_on", "-assessment_id")
        )
        return self.annotate(
            earlier_number=Subquery(earlier.values("level__number")[:1]),
            earlier_on=Subquery(earlier.values("effective_on")[:1]),
        )

    def moved(self) -> Self:
        """Of those with the earlier level, those where it was another."""
        both = self.filter(Q(earlier_number__isnull=False))
        return both.exclude(earlier_number=F("level__number"))

    def for_page(self) -> Self:
        """Everything a row says, in one query, in the order of the model."""
        return self.select_related("area", "level", "target", "assessment").order_by(
            "area__position", "effective_on", "pk"
        )


class MaturityScore(TwoClockRow):
    """The level of an area in an assessment, the level aimed at, and what was found."""

    subject = "assessment_id"
    stands_by: ClassVar[tuple[str, ...]] = ("assessment_id", "area_id")

    assessment = models.ForeignKey(MaturityAssessment, models.PROTECT, related_name="scores")
    area = models.ForeignKey(MaturityArea, models.PROTECT, related_name="scores")
    level = models.ForeignKey(MaturityLevel, models.PROTECT, related_name="scores")
    target = models.ForeignKey(
        MaturityLevel, models.PROTECT, null=True, blank=True, related_name="aimed_at_by"
    )
    finding = models.TextField(blank=True, default="")
    reason = models.TextField("reason for the correction", blank=True, default="")
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="maturity_scores")
    recorded_as = models.CharField(max_length=200, blank=True, default="")

    objects = MaturityScoreQuerySet.as_manager()

    class Meta(TwoClockRow.Meta):
        indexes = [models.Index(name="maturity_standing", fields=["assessment", "area", "-effective_on"])]
        constraints = [
            *TwoClockRow.Meta.constraints,
            models.UniqueConstraint(
                name="maturity_area_is_scored_once", fields=["assessment", "area"], condition=Q(corrects=None)
            ),
            models.CheckConstraint(
                name="maturity_correction_has_a_reason", condition=Q(corrects=None) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        said = f"{self.area}: level {self.level}"
        return f"{said}: never given" if self.void else said


class ActionAreaQuerySet(models.QuerySet["ActionArea"]):
    """Links between actions and areas, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """Those whose action and area this person may open."""
        found = self if reads_maturity(person) else self.none()
        return found.filter(action__in=Action.objects.visible_to(person))

    def for_page(self) -> Self:
        """With the action, its area and the model of that, in one query."""
        return self.select_related("action", "area__model").order_by(
            "area__model__name", "area__position", "action__reference"
        )


class ActionArea(Recorded):
    """An area of maturity that an action improves."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="area_links")
    area = models.ForeignKey(MaturityArea, models.PROTECT, related_name="action_links")

    objects: Any = ActionAreaQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["action", "area"]
        constraints = [
            models.UniqueConstraint(fields=["action", "area"], name="action_improves_an_area_once")
        ]

    def __str__(self) -> str:
        return f"{self.action} for {self.area}"
