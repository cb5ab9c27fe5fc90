"""Assessments: facts on two clocks about a risk, each a cell of the matrix in force on its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from assets.models.attestation import Later
from governance.core.dates import long_date
from governance.figures.models import TwoClockQuerySet, TwoClockRow
from risks.models.matrix import MatrixCell, RiskMatrix
from risks.models.risk import Risk

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from governance.figures.moment import Moment
    from governance.people.models import User


class AssessmentQuerySet(TwoClockQuerySet["Assessment"]):
    """Assessments: visible, standing for each risk and kind, against the lines of their matrix."""

    def visible_to(self, person: User) -> Self:
        """Assessments of risks that this person may open."""
        return self.filter(risk__in=Risk.objects.visible_to(person))

    def current(self, moment: Moment) -> Self:
        """The current score that stands for each risk: as at the one day, as known by the other."""
        return self.standing(moment).filter(kind=Assessment.Kind.CURRENT)

    def standing_for(self, risks: Collection[int], moment: Moment) -> Self:
        """What stands for each kind of these risks, by key, with its cell and level: one query."""
        by = self.model.stands_by
        last = self.filter(risk__in=list(risks)).live(moment).order_by(*by, "-effective_on", "-place")
        return last.distinct(*by).select_related("cell__level")

    def above_appetite(self) -> Self:
        """At a level that is more than the council was ready to bear, by the matrix they were made under."""
        return self.filter(cell__level__rank__gt=F("cell__matrix__appetite"))

    def above_tolerance(self) -> Self:
        """At a level that is unacceptable whatever is gained, by the matrix they were made under."""
        return self.filter(cell__level__rank__gt=F("cell__matrix__tolerance"))

    def to_be_scored_again(self, on: date) -> Self:
        """Made under a matrix that is not in force on that day any more."""
        return self.exclude(cell__matrix__in=RiskMatrix.objects.key_in_force(on))

    def overdue(self, on: date) -> Self:
        """Older than the matrix lets a score of their level become: a review was due before that day."""
        return self.annotate(review_by=Later(F("effective_on"), F("cell__level__review_months"))).filter(
            review_by__lt=on
        )

    def for_history(self) -> Self:
        """Everything the page of a risk shows, in one query, the latest first."""
        return self.select_related(
            "cell__level", "cell__matrix", "recorded_by", "corrects", "corrected_by__recorded_by"
        ).order_by("-effective_on", "-place", "-pk")


class Assessment(TwoClockRow):
    """What likelihood and impact somebody judged a risk to have, and why.

    The level is that of the cell: it is read from the matrix of its day and stored nowhere else.
    """

    class Kind(models.TextChoices):
        """Of which state of the risk the score is."""

        INHERENT = "inherent", "Inherent"
        CURRENT = "current", "Current"
        TARGET = "target", "Target"

    subject = "risk_id"
    stands_by: ClassVar[tuple[str, ...]] = ("risk_id", "kind")

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=8, choices=Kind)
    cell = models.ForeignKey(MatrixCell, models.PROTECT, related_name="assessments")
    reason = models.TextField()
    waiver = models.TextField("why the target is above the current score", blank=True, default="")
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="risk_assessments")
    recorded_as = models.CharField(max_length=200, blank=True, default="")

    objects = AssessmentQuerySet.as_manager()

    class Meta(TwoClockRow.Meta):
        ordering = ["-effective_on", "-place"]
        indexes = [
            models.Index(name="assessment_standing", fields=["risk", "kind", "-effective_on", "-place"])
        ]
        constraints = [
            *TwoClockRow.Meta.constraints,
            models.CheckConstraint(
                name="assessment_kind_is_known", condition=Q(kind__in=["inherent", "current", "target"])
            ),
            models.CheckConstraint(name="assessment_gives_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="assessment_waives_for_a_target_only", condition=Q(waiver="") | Q(kind="target")
            ),
        ]

    def __str__(self) -> str:
        said = f"{self.get_kind_display()} {self.cell.level}, from {long_date(self.effective_on)}"
        return f"{said}: never happened" if self.void else said

    @property
    def score(self) -> int:
        """Likelihood times impact: orders risks of a level, and decides nothing."""
        return self.cell.likelihood * self.cell.impact

    @property
    def assessor(self) -> str:
        """Who scored it: the post held that day, or the name where there was none."""
        return self.recorded_as or self.recorded_by.display_name
