"""The Information Asset Register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Func, Q, Value
from django.db.models.functions import Greatest, Lower
from django.urls import reverse

from assets.models.lists import Exemption, Function, ImpactLevel, Licence, Marking, VolumeBand
from assets.models.naming import names_at
from assets.models.numbering import number_after
from assets.models.places import System
from assets.models.retention import RetentionRule
from governance.figures.moment import Moment
from governance.history.models import History, Recorded
from governance.people.models import OrganisationalUnit, Post, Role
from governance.people.registers.versions import HeldQuerySet, HeldVersionQuerySet

if TYPE_CHECKING:
    from governance.people.models import User

# Who reads the whole register (design 2.5); others see what their post owns or their unit holds.
READERS = (
    Role.IG_OFFICER,
    Role.RECORDS_MANAGER,
    Role.SIRO,
    Role.DPO,
    Role.CALDICOTT_GUARDIAN,
    Role.IMSG_MEMBER,
    Role.INTERNAL_AUDITOR,
    Role.COMMITTEE_OFFICER,
    Role.AUTHOR,
)
UNIT_READERS = (Role.IAO, Role.IAA, Role.SERVICE_MANAGER)


# What the register lists and its total counts. Drafts are not yet on it; the other states have left it.
HELD = ("live", "under_review", "to_be_disposed")


class AssetQuerySet(HeldQuerySet["Asset"]):
    """Assets, as a reader may see them."""

    def at(self, moment: Moment) -> Any:
        """The register at a moment: for the present its entries, for the past their versions.

        Both carry `ownerless` and `criticality` and, once titled(), `owner_title` and `unit_name`.
        """
        if moment.is_past:
            return Asset.history.at(moment)
        return self.on(moment.as_at).annotate(criticality=CRITICALITY)

    def held(self) -> Self:
        """Those on the register: neither drafts, nor disposed of, transferred or withdrawn."""
        return self.filter(state__in=HELD)

    def visible_to(self, person: User) -> Self:
        """What this person may open."""
        if person.holds(*READERS):
            return self.all()
        return self.filter(Q(owner__in=person.posts()) | Q(unit__in=person.units(*READERS, *UNIT_READERS)))

    def wholes_of(self, asset: Asset) -> set[int]:
        """The keys of an asset and of everything that it is a part of, by however many steps."""
        found: set[int] = set()
        above: int | None = asset.pk
        while above and above not in found:
            found.add(above)
            above = self.filter(pk=above).values_list("part_of_id", flat=True).first()
        return found

    def with_the_same_title(self) -> Self:
        """Those on the register whose title, but for case and signs, another of them has; no duplicates."""
        plain = Func(Lower("title"), Value(r"[^a-z0-9]+"), Value(""), Value("g"), function="regexp_replace")
        known = self.filter(duplicate_of=None).annotate(plain_title=plain)
        twice = known.values("plain_title").annotate(times=Count("pk")).filter(times__gt=1)
        alike = known.filter(plain_title__in=twice.order_by().values("plain_title"))
        found: Self = alike.order_by("plain_title", "reference")
        return found

    def for_register(self) -> Self:
        """Everything a row of the register shows, in one query."""
        return self.select_related("owner", "unit").order_by("reference")


class AssetVersionQuerySet(HeldVersionQuerySet):
    """Versions of assets."""

    def at(self, moment: Moment) -> Self:
        """Every entry at a moment, whatever its state, with `criticality`: the worst of C, I and A."""
        return super().at(moment).annotate(criticality=CRITICALITY)

    def held(self) -> Self:
        """Those on the register: neither drafts, nor disposed of, transferred or withdrawn."""
        return self.filter(state__in=HELD)

    def for_entry(self, moment: Moment) -> Self:
        """What the page of one entry shows, each choice by its name of that day (`function_name`)."""
        return self.at(moment).annotate(**names_at(moment))


# Derived, never typed: the highest of the three ratings (domain.md 1.5); empty while nothing is rated.
CRITICALITY = Greatest("confidentiality", "integrity", "availability")


def _choice(model: type[models.Model], name: str | None = None) -> Any:
    """A field that chooses from a list, or is empty."""
    return models.ForeignKey(
        model, models.PROTECT, related_name="assets", null=True, blank=True, verbose_name=name
    )


def _impact(name: str) -> Any:
    """A rating on the council's one scale; the column holds the number of the level."""
    return models.ForeignKey(
        ImpactLevel,
        models.PROTECT,
        to_field="number",
        related_name="+",
        null=True,
        blank=True,
        verbose_name=name,
    )


class Asset(Recorded):
    """A body of information managed as one unit (The National Archives, fact sheet of February 2017)."""

    class Form(models.TextChoices):
        """In what form the information is kept."""

        PAPER = "paper", "Paper"
        ELECTRONIC = "electronic", "Electronic documents"
        DATA = "data", "Data"
        MIXED = "mixed", "Mixed"

    class State(models.TextChoices):
        """Where the entry is in its life. Nothing is deleted."""

        DRAFT = "draft", "Draft"
        LIVE = "live", "Live"
        UNDER_REVIEW = "under_review", "Under review"
        TO_BE_DISPOSED = "to_be_disposed", "To be disposed"
        DISPOSED = "disposed", "Disposed"
        TRANSFERRED = "transferred", "Transferred"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Publish(models.TextChoices):
        """Whether it is published: public information is open by default (principle 7)."""

        UNDECIDED = "undecided", "Not decided"
        PUBLISH = "publish", "Publish"
        PART = "part", "Publish in part"
        WITHHOLD = "withhold", "Withhold"

    # Identity
    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True, default="")
    purpose = models.TextField(blank=True, default="", help_text="what it is kept and used for")
    form = models.CharField(max_length=10, choices=Form)
    state = models.CharField(max_length=15, choices=State, default=State.LIVE)
    function = _choice(Function)
    system = _choice(System, "source system")
    part_of = models.ForeignKey("self", models.PROTECT, related_name="parts", null=True, blank=True)
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, related_name="duplicates", null=True, blank=True, verbose_name="duplicate of"
    )
    is_golden = models.BooleanField(
        "golden record", default=False, help_text="the one that others are corrected from (Master Data)"
    )
    is_key = models.BooleanField(
        "key asset", default=False, help_text="losing access to it would have severe consequences"
    )
    potential = models.TextField(
        "potential", blank=True, default="", help_text="what else it could be used for, by whom"
    )
    # Ownership
    owner = models.ForeignKey(Post, models.PROTECT, related_name="assets", verbose_name="owner")
    unit = models.ForeignKey(OrganisationalUnit, models.PROTECT, related_name="assets", verbose_name="unit")
    custodian = models.ForeignKey(
        Post, models.PROTECT, related_name="assets_in_custody", null=True, blank=True
    )
    users = models.TextField("teams that use it", blank=True, default="")
    external_holders = models.TextField("held outside the council by", blank=True, default="")
    # Content
    contains_personal_data = models.BooleanField("contains personal data", null=True)
    special_category = models.BooleanField("special category data", default=False)
    criminal_offence = models.BooleanField("criminal offence data", default=False)
    vulnerable_people = models.BooleanField("children or vulnerable people", default=False)
    data_subjects = models.TextField("whose data", blank=True, default="")
    volume = _choice(VolumeBand, "volume")
    commercially_sensitive = models.BooleanField("commercially sensitive", default=False)
    environmental = models.BooleanField("environmental information", default=False)
    # Protection
    marking = _choice(Marking, "protective marking")
    confidentiality = _impact("confidentiality")
    confidentiality_reason = models.TextField(
        "reason for the rating of confidentiality", blank=True, default=""
    )
    integrity = _impact("integrity")
    integrity_reason = models.TextField("reason for the rating of integrity", blank=True, default="")
    availability = _impact("availability")
    availability_reason = models.TextField("reason for the rating of availability", blank=True, default="")
    access_rule = models.TextField("who may use it", blank=True, default="")
    longest_outage_hours = models.PositiveIntegerField(
        "longest tolerable outage in hours", null=True, blank=True
    )
    # Retention
    retention_rule = _choice(RetentionRule, "retention rule")
    retention_from = models.DateField("the period runs from", null=True, blank=True)
    retention_note = models.TextField(blank=True, default="")
    # Sharing
    recipients = models.TextField("shared with", blank=True, default="")
    # Openness
    publish = models.CharField("publish decision", max_length=10, choices=Publish, default=Publish.UNDECIDED)
    publish_reason = models.TextField("reason for the decision", blank=True, default="")
    exemption = _choice(Exemption, "exemption")
    licence = _choice(Licence, "licence")
    dataset_address = models.URLField("address of the dataset", max_length=500, blank=True, default="")
    stars = models.PositiveSmallIntegerField("stars of openness", null=True, blank=True)

    objects = AssetQuerySet.as_manager()
    # Nobody asks the history for what once chose an entry of a list: every index less is a faster write.
    history = History(
        historical_queryset=AssetVersionQuerySet,
        no_db_index=[
            "availability", "confidentiality", "custodian", "duplicate_of", "exemption", "function",
            "integrity", "licence", "marking", "owner", "part_of", "retention_rule", "system", "unit",
            "volume",
        ],
    )  # fmt: skip

    class Meta:
        ordering = ["reference"]
        # All that the register's own figures ask, in one narrow index: they never read the wide rows.
        indexes = [
            models.Index(
                name="asset_counted",
                fields=["state"],
                include=[
                    "owner", "unit", "contains_personal_data", "is_key", "retention_rule", "publish", "id",
                ],
            ),
            # The highest reference, after which the next is given, without reading them all.
            models.Index(number_after("IA"), name="asset_numbered"),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                name="asset_reference_is_like_ia_0042", condition=Q(reference__regex=r"^IA-\d{4,}$")
            ),
            models.CheckConstraint(name="asset_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="asset_form_is_known", condition=Q(form__in=["paper", "electronic", "data", "mixed"])
            ),
            models.CheckConstraint(
                name="asset_state_is_known",
                condition=Q(
                    state__in=[
                        "draft",
                        "live",
                        "under_review",
                        "to_be_disposed",
                        "disposed",
                        "transferred",
                        "withdrawn",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="asset_sensitive_data_are_personal_data",
                # Not assessed is not enough: without the second half, NULL would pass for true.
                condition=Q(contains_personal_data=True, contains_personal_data__isnull=False)
                | Q(special_category=False, criminal_offence=False),
            ),
            models.CheckConstraint(
                name="asset_is_no_part_and_no_duplicate_of_itself",
                condition=(Q(part_of=None) | ~Q(part_of=models.F("id")))
                & (Q(duplicate_of=None) | ~Q(duplicate_of=models.F("id"))),
            ),
            models.CheckConstraint(
                name="asset_golden_record_duplicates_nothing",
                condition=Q(is_golden=False) | Q(duplicate_of=None),
            ),
            *(
                models.CheckConstraint(
                    name=f"asset_{rated}_is_rated_with_a_reason",
                    condition=Q(**{rated: None}) | ~Q(**{f"{rated}_reason": ""}),
                )
                for rated in ("confidentiality", "integrity", "availability")
            ),
            models.CheckConstraint(
                name="asset_publish_decision_is_known",
                condition=Q(publish__in=["undecided", "publish", "part", "withhold"]),
            ),
            models.CheckConstraint(
                name="asset_withheld_with_reason_and_exemption",
                condition=~Q(publish__in=["withhold", "part"])
                | (~Q(publish_reason="") & Q(exemption__isnull=False)),
            ),
            models.CheckConstraint(name="asset_stars_are_0_to_5", condition=Q(stars=None) | Q(stars__lte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The asset's page."""
        return reverse("assets:asset", args=[self.reference])
