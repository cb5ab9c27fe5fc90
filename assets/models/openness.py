"""What the council must or should publish (Local Government Transparency Code 2015), and whether it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.urls import reverse

from assets.models.asset import READERS, UNIT_READERS
from assets.models.lists import Licence, ListEntry
from assets.models.periods import MonthsAfter
from assets.models.publications import Publication
from governance.figures.moment import Moment
from governance.history.models import History, Recorded
from governance.people.models import OrganisationalUnit, Post
from governance.people.registers.versions import HeldVersionQuerySet, instant_of, then

if TYPE_CHECKING:
    from governance.people.models import User


class Frequency(ListEntry):
    """How often something is to be published.

    `months` is empty where once is enough, or where it has no rhythm: then nothing falls due again.
    """

    months = models.PositiveSmallIntegerField(
        "every so many months", null=True, blank=True, help_text="empty where nothing falls due again"
    )
    allowed_months = models.PositiveSmallIntegerField("months allowed after the end of the period", default=1)
    term = models.CharField(
        "Dublin Core term", max_length=30, help_text="of the frequency vocabulary, such as freq:annual"
    )
    history = History()

    class Meta(ListEntry.Meta):
        constraints = [
            *ListEntry.Meta.constraints,
            models.CheckConstraint(
                name="frequency_term_is_of_dublin_core", condition=Q(term__regex=r"^freq:[A-Za-z]+$")
            ),
            models.CheckConstraint(
                name="frequency_is_at_most_every_ten_years",
                condition=(Q(months=None) | Q(months__gte=1, months__lte=120)) & Q(allowed_months__lte=24),
            ),
        ]


class ObligationQuerySet(models.QuerySet["Obligation"]):
    """Obligations, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All for readers of the registers; else one's own and one's unit's."""
        if person.holds(*READERS):
            return self.all()
        return self.filter(Q(owner__in=person.posts()) | Q(unit__in=person.units(*READERS, *UNIT_READERS)))

    def for_change(self) -> Self:
        """Locked to the end of the transaction."""
        return self.select_for_update(no_key=True, of=("self",))


class ObligationVersionQuerySet(HeldVersionQuerySet):
    """Versions of obligations."""

    def at(self, moment: Moment) -> Self:
        """The register at a moment, with what had been published by then and how often was asked then.

        Each with `published_on`, `covers_until`, `due_on` (the last day of the next publication; empty where
        nothing falls due again) and `standing`: not_applicable, never, late or met.
        """
        instant = instant_of(moment)
        rhythm = then(Frequency, F("months") + F("allowed_months"), "frequency_id", instant)
        last = Publication.objects.standing(moment).filter(obligation=OuterRef("id"))
        standing = Case(
            When(applies=False, then=Value("not_applicable")),
            When(published_on=None, then=Value("never")),
            When(due_on__lt=moment.as_at, then=Value("late")),
            default=Value("met"),
            output_field=models.CharField(),
        )
        return (
            super()
            .at(moment)
            .annotate(
                often=then(Frequency, "name", "frequency_id", instant),
                published_on=Subquery(last.values("effective_on")[:1]),
                covers_until=Subquery(last.values("covers_until")[:1]),
                due_on=MonthsAfter(F("covers_until"), rhythm),
            )
            .annotate(standing=standing)
        )


class Obligation(Recorded):
    """A dataset that the council must publish, or has said it will."""

    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField("dataset", max_length=300)
    description = models.TextField("what is to be published", blank=True, default="")
    basis = models.CharField(max_length=300, help_text="the Code, Act or decision that asks for it")
    is_mandatory = models.BooleanField("mandatory", default=True)
    frequency = models.ForeignKey(Frequency, models.PROTECT, related_name="obligations")
    # Shipped before the council has entered its posts and units.
    owner = models.ForeignKey(Post, models.PROTECT, related_name="obligations", null=True, blank=True)
    unit = models.ForeignKey(
        OrganisationalUnit, models.PROTECT, related_name="obligations", null=True, blank=True
    )
    address = models.URLField("where it is published", max_length=500, blank=True, default="")
    format = models.CharField(max_length=60, blank=True, default="", help_text="such as CSV or PDF")
    stars = models.PositiveSmallIntegerField("stars of openness", null=True, blank=True)
    licence = models.ForeignKey(Licence, models.PROTECT, related_name="obligations", null=True, blank=True)
    applies = models.BooleanField("applies to this council", default=True)
    applies_reason = models.TextField("why it does not apply", blank=True, default="")

    objects = ObligationQuerySet.as_manager()
    history = History(historical_queryset=ObligationVersionQuerySet)

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                name="obligation_reference_is_like_tc_0001", condition=Q(reference__regex=r"^TC-\d{4,}$")
            ),
            models.CheckConstraint(
                name="obligation_names_dataset_and_basis", condition=~Q(title="") & ~Q(basis="")
            ),
            models.CheckConstraint(
                name="obligation_that_does_not_apply_says_why",
                condition=Q(applies=True) | ~Q(applies_reason=""),
            ),
            models.CheckConstraint(
                name="obligation_stars_are_0_to_5", condition=Q(stars=None) | Q(stars__lte=5)
            ),
            # No open licence, no star (domain.md 9.2); whether it is open, the form checks.
            models.CheckConstraint(
                name="obligation_with_stars_has_a_licence",
                condition=Q(stars=None) | Q(stars=0) | Q(licence__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The obligation's page."""
        return reverse("assets:obligation", args=[self.reference])
