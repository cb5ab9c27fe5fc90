"""Contracts with those who process information for the council (UK GDPR Article 28)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Now
from django.urls import reverse

from assets.models.asset import READERS, UNIT_READERS, Asset
from assets.models.partners import Partner, name_on
from governance.figures.moment import Moment
from governance.history.models import History, Recorded
from governance.people.models import OrganisationalUnit, Post, User
from governance.people.registers.versions import HeldVersionQuerySet, instant_of

if TYPE_CHECKING:
    from governance.people.models import User as Person


class ContractQuerySet(models.QuerySet["ProcessorContract"]):
    """Contracts, as a reader may see them."""

    def visible_to(self, person: Person) -> Self:
        """All for readers; else one's own, one's unit's, and those on assets one may open."""
        if person.holds(*READERS):
            return self.all()
        covering = ContractAsset.objects.filter(asset__in=Asset.objects.visible_to(person))
        return self.filter(
            Q(owner__in=person.posts())
            | Q(unit__in=person.units(*READERS, *UNIT_READERS))
            | Q(pk__in=covering.values("contract"))
        )

    def for_change(self) -> Self:
        """Locked to the end of the transaction."""
        return self.select_for_update(no_key=True, of=("self",))


class ContractVersionQuerySet(HeldVersionQuerySet):
    """Versions of contracts."""

    def at(self, moment: Moment) -> Self:
        """The register at a moment, with `processor_name` and `standing` on that day.

        `standing`: to_begin, in_force, review_due (the compliance review is) or ended.
        """
        day = moment.as_at
        standing = Case(
            When(until_on__lt=day, then=Value("ended")),
            When(from_on__gt=day, then=Value("to_begin")),
            When(review_on__lte=day, then=Value("review_due")),
            default=Value("in_force"),
            output_field=models.CharField(),
        )
        return super().at(moment).annotate(processor_name=name_on(day, "processor_id"), standing=standing)

    def valid(self) -> Self:
        """Of `at()`: those in force on that day, whether or not their compliance review is due."""
        return self.filter(standing__in=["in_force", "review_due"])


class ProcessorContract(Recorded):
    """A contract under which a processor handles the council's personal data."""

    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=300)
    processor = models.ForeignKey(Partner, models.PROTECT, related_name="contracts")
    contract_reference = models.CharField(
        "reference in the contracts register", max_length=60, blank=True, default=""
    )
    owner = models.ForeignKey(Post, models.PROTECT, related_name="processor_contracts")
    unit = models.ForeignKey(OrganisationalUnit, models.PROTECT, related_name="processor_contracts")
    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)
    due_diligence = models.TextField(
        blank=True, default="", help_text="what was checked before the contract, with what result"
    )
    due_diligence_on = models.DateField("due diligence done on", null=True, blank=True)
    has_terms = models.BooleanField(
        "Article 28 terms are in place", null=True, help_text="empty while nobody has checked"
    )
    terms_note = models.TextField("where the terms stand, or what is missing", blank=True, default="")
    sub_processors = models.TextField(blank=True, default="")
    review_on = models.DateField("compliance review due", null=True, blank=True)

    objects = ContractQuerySet.as_manager()
    history = History(historical_queryset=ContractVersionQuerySet)

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                name="contract_reference_is_like_pc_0001", condition=Q(reference__regex=r"^PC-\d{4,}$")
            ),
            models.CheckConstraint(name="contract_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="contract_ends_after_it_begins",
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="contract_due_diligence_has_words_and_a_day",
                condition=Q(due_diligence="", due_diligence_on=None)
                | (~Q(due_diligence="") & Q(due_diligence_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="contract_without_terms_says_what_is_missing",
                condition=~Q(has_terms=False) | ~Q(terms_note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The contract's page."""
        return reverse("assets:contract", args=[self.reference])

    def reviews_at(self, moment: Moment) -> models.QuerySet[ComplianceReview]:
        """Its compliance reviews made by that day and recorded by then, the latest first."""
        return self.reviews.filter(reviewed_on__lte=moment.as_at, recorded_at__lt=instant_of(moment))


class ContractAsset(Recorded):
    """An asset that a processor handles under a contract."""

    contract = models.ForeignKey(ProcessorContract, models.PROTECT, related_name="asset_links")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="contract_links")
    note = models.CharField("what is done with it", max_length=300, blank=True, default="")

    objects: Any = models.Manager()
    history = History()

    class Meta:
        ordering = ["contract", "asset"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "asset"], name="contract_covers_an_asset_once")
        ]

    def __str__(self) -> str:
        return f"{self.asset} in {self.contract}"


class ComplianceReview(models.Model):
    """That somebody looked whether a processor does as agreed. Added, never changed."""

    contract = models.ForeignKey(ProcessorContract, models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    complies = models.BooleanField("does as agreed")
    findings = models.TextField(blank=True, default="")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    append_only: ClassVar[bool] = True

    class Meta:
        ordering = ["contract", "-reviewed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="compliance_review_says_what_is_wrong", condition=Q(complies=True) | ~Q(findings="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract} reviewed on {self.reviewed_on}"
