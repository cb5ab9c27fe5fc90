"""What a committee was told and is now known otherwise: found by itself, classed by an officer, told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Now

from governance.committees.models.ledger import PublishedFigure
from governance.committees.models.paper import Paper
from governance.committees.models.readers import PART_2_READERS
from governance.committees.models.takedown import Takedown
from governance.core.dates import long_date
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from governance.people.models import User


class RestatementQuerySet(models.QuerySet["Restatement"]):
    """Restatements: visible, the last of each figure, still to be classed."""

    def visible_to(self, person: User) -> Self:
        """Of papers that this person may open and nobody withdrew; those of figures in Part 2 for those who
        read that."""
        papers = Paper.objects.visible_to(person).exclude(takedown__reach=Takedown.Reach.PAPER)
        seen = self.filter(figure__paper__in=papers.values("pk"))
        return seen if person.holds(*PART_2_READERS) else seen.filter(figure__exempt=False)

    def standing(self) -> Self:
        """The last of each figure: what is known of it now."""
        later: Any = Restatement.objects.filter(figure=OuterRef("figure"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))

    def differing(self) -> Self:
        """Those that say something else than was told."""
        return self.exclude(came=[], went=[])

    def classed_as(self) -> Self:
        """With `class_kind` and `class_reason`, those of the last class given; None where there is none."""
        last = Classing.objects.filter(restatement=OuterRef("pk")).order_by("-number")
        return self.annotate(
            class_kind=Subquery(last.values("kind")[:1]), class_reason=Subquery(last.values("reason")[:1])
        )

    def to_class(self) -> Self:
        """What stands, differs, and has no class yet."""
        return (
            self.standing().differing().filter(~Exists(Classing.objects.filter(restatement=OuterRef("pk"))))
        )

    def for_list(self) -> Self:
        """Everything a row of a list shows, in two queries; the latest meeting first."""
        told = self.classed_as().select_related("figure__paper__meeting__body", "figure__paper__issue")
        return told.prefetch_related("figure__paper__meeting__body__former_names").order_by(
            "-figure__paper__meeting__held_on", "figure__paper_id", "figure__position", "number"
        )


class Restatement(models.Model):
    """That a published figure counts other records as known at some later instant: which came and which went.

    Append-only. The first of a figure opens its restatement; each later one says that the present has changed
    again, and one in which nothing came and nothing went says that it no longer differs. A trigger keeps the
    sum, the order and that nothing is found twice (sql/restatement.sql).
    """

    figure = models.ForeignKey(PublishedFigure, models.PROTECT, related_name="restatements")
    number = models.PositiveIntegerField()
    found_at = models.DateTimeField(db_default=Now(), editable=False)
    known_before = models.DateTimeField()
    now = models.PositiveIntegerField()
    # Records by key and reference: {"subject": 7, "reference": "ICO-031"}, by reference.
    came = models.JSONField(default=list)
    went = models.JSONField(default=list)
    # The facts learned since: {"kind": "actions.progressupdate", "id": 12, "subject": 7, "by": 3}.
    causes = models.JSONField(default=list)

    append_only: ClassVar[bool] = True
    objects = RestatementQuerySet.as_manager()

    class Meta:
        ordering = ["figure", "number"]
        constraints = [
            models.UniqueConstraint(name="restatement_has_its_own_number", fields=["figure", "number"]),
            models.CheckConstraint(
                name="restatement_knows_nothing_of_the_future", condition=Q(known_before__lte=F("found_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure.title}: {self.figure.value}, as known later {self.now}"

    @property
    def differs(self) -> bool:
        """Does it count other records than were published?"""
        return bool(self.came or self.went)

    @property
    def moved(self) -> int:
        """By how many records it differs: the greater of those that came and those that went."""
        return max(len(self.came), len(self.went))

    @property
    def references(self) -> list[str]:
        """The records that came or went, by reference, each once."""
        return sorted({each["reference"] for each in (*self.came, *self.went)})

    @property
    def moment(self) -> Moment:
        """The day of the figure, as known when this was found."""
        return Moment(self.figure.as_at, self.known_before)

    @property
    def known(self) -> str:
        """The last day of which it knows: 12 October 2016."""
        return long_date(self.moment.known_at)


class Classing(models.Model):
    """What sort of restatement an officer says it is, and why. Append-only: a later one takes its place."""

    class Kind(models.TextChoices):
        """Why a figure is restated."""

        ERROR = "error", "Error"
        LATE_REPORT = "late report", "Late report"
        RECLASSIFICATION = "reclassification", "Reclassification"
        CHANGED_DEFINITION = "changed definition", "Changed definition"

    restatement = models.ForeignKey(Restatement, models.PROTECT, related_name="classings")
    number = models.PositiveIntegerField()
    kind = models.CharField("class", max_length=18, choices=Kind)
    reason = models.TextField()
    classed_at = models.DateTimeField(db_default=Now(), editable=False)
    classed_by = models.ForeignKey("people.User", models.PROTECT, related_name="restatements_classed")
    classed_as = models.CharField(max_length=200, blank=True, default="")

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ["restatement", "number"]
        constraints = [
            models.UniqueConstraint(name="classing_has_its_own_number", fields=["restatement", "number"]),
            models.CheckConstraint(
                name="classing_kind_is_known",
                condition=Q(kind__in=["error", "late report", "reclassification", "changed definition"]),
            ),
            models.CheckConstraint(name="classing_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def by_whom(self) -> str:
        """The post, or who held none."""
        return self.classed_as or self.classed_by.display_name


class RestatementNote(models.Model):
    """That a paper told its body of a restatement, with the class it then had. Append-only."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="restatement_notes")
    restatement = models.ForeignKey(Restatement, models.PROTECT, related_name="notes")
    classing = models.ForeignKey(Classing, models.PROTECT, null=True, blank=True, related_name="notes")

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ["paper", "restatement"]
        constraints = [
            models.UniqueConstraint(
                name="restatement_is_told_once_in_a_paper", fields=["paper", "restatement"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.restatement} told in {self.paper}"
