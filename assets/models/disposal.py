"""Disposal: proposed, decided by the owner and the records manager together, carried out, certified."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from assets.models.asset import Asset
from assets.models.disposal_rules import DISPOSAL_CONSTRAINTS
from assets.models.lists import ListEntry
from assets.models.states import CLOSED
from governance.core.dates import end_of_day
from governance.figures.moment import Moment, Scope
from governance.history.models import History, Recorded, VersionQuerySet
from governance.people.models import Role, User


class DisposalMethod(ListEntry):
    """How information is disposed of: shredded, wiped, handed to the archives."""

    history = History()


class DisposalQuerySet(models.QuerySet["Disposal"]):
    """Disposals, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """Those of assets that this person may open."""
        return self.filter(asset__in=Asset.objects.visible_to(person))

    def open(self) -> Self:
        """Those that wait for a decision or for being carried out."""
        return self.filter(stage__in=Disposal.OPEN)

    def to_be_decided_by(self, person: User) -> Self:
        """Those to which this person has still to agree or not, for the owner or as records manager."""
        everywhere = person.holds(Role.RECORDS_MANAGER)
        units = Q() if everywhere else Q(asset__unit_id__in=person.units(Role.RECORDS_MANAGER))
        for_owner = Q(owner_agreed_by=None, asset__owner_id__in=person.posts())
        as_manager = Q(manager_agreed_by=None) & units
        neither = ~Q(owner_agreed_by=person) | Q(owner_agreed_by=None)
        nor = ~Q(manager_agreed_by=person) | Q(manager_agreed_by=None)
        return self.filter(for_owner | as_manager, neither, nor, stage=Disposal.Stage.PROPOSED)

    def at_stage(self, stage: str) -> Self:
        """Those that have got so far; all without a stage."""
        return self.filter(stage=stage) if stage else self.all()

    def for_list(self) -> Self:
        """Everything a row or a page shows, the latest first."""
        people = ("proposed_by", "owner_agreed_by", "manager_agreed_by", "refused_by", "recorded_by")
        return self.select_related("asset", "asset__owner", "method", *people).order_by("-reference")


class DisposalVersionQuerySet(VersionQuerySet):
    """Versions of disposals."""

    def at(self, moment: Moment) -> Self:
        """As they stood at a moment; a register has one clock, so the earlier of its two counts."""
        return self.before(min(end_of_day(moment.as_at), moment.known_before))

    def within(self, scope: Scope, moment: Moment) -> Self:
        """Of assets of the units of the scope, as the assets belonged to units at a moment."""
        if not scope.units:
            return self
        instant = min(end_of_day(moment.as_at), moment.known_before)
        return self.filter(asset_id__in=Asset.history.before(instant).within(scope).values("id"))


class Disposal(Recorded):
    """What becomes of an asset, or of a part of it, whose time has come.

    The owner of the asset and the records manager decide together: neither alone, and nobody as both. What
    has been carried out, decided otherwise or refused never changes again.
    """

    class Outcome(models.TextChoices):
        """What is to become of it."""

        DESTROY = "destroy", "Destroy"
        ARCHIVE = "archive", "Transfer to the archives"
        TRANSFER = "transfer", "Transfer to another body"
        KEEP = "keep", "Keep longer"

    class Stage(models.TextChoices):
        """How far it has got."""

        PROPOSED = "proposed", "Waiting for a decision"
        AGREED = "agreed", "Agreed, to be carried out"
        CARRIED_OUT = "carried_out", "Carried out"
        KEPT = "kept", "Agreed, kept longer"
        REFUSED = "refused", "Refused"

    OPEN = (Stage.PROPOSED, Stage.AGREED)

    reference = models.CharField(max_length=12, unique=True)
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="disposals")
    part = models.TextField("which part", blank=True, default="", help_text="empty for the whole asset")
    outcome = models.CharField(max_length=10, choices=Outcome)
    keep_until = models.DateField("kept until", null=True, blank=True)
    reason = models.TextField("why")
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="disposals_proposed")
    proposed_on = models.DateField()
    # The decision
    owner_agreed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="agreed for the owner by"
    )
    owner_agreed_on = models.DateField("agreed for the owner on", null=True, blank=True)
    owner_agreed_as = models.CharField(
        "agreed for the owner, in the post of", max_length=200, blank=True, default=""
    )
    manager_agreed_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="agreed by the records manager",
    )
    manager_agreed_on = models.DateField("agreed by the records manager on", null=True, blank=True)
    manager_agreed_as = models.CharField(
        "agreed by the records manager, in the post of", max_length=200, blank=True, default=""
    )
    refused_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    refused_on = models.DateField(null=True, blank=True)
    refusal = models.TextField("why it was refused", blank=True, default="")
    # What was done
    carried_out_on = models.DateField(null=True, blank=True)
    what = models.TextField("what was disposed of", blank=True, default="")
    volume = models.CharField(max_length=200, blank=True, default="")
    method = models.ForeignKey(
        DisposalMethod, models.PROTECT, related_name="disposals", null=True, blank=True
    )
    carried_out_by = models.CharField(
        max_length=200, blank=True, default="", help_text="a post or a contractor"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    certificate = models.JSONField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, default="")

    objects = DisposalQuerySet.as_manager()
    history = History(historical_queryset=DisposalVersionQuerySet)

    class Meta:
        ordering = ["reference"]
        constraints = DISPOSAL_CONSTRAINTS

    def __str__(self) -> str:
        return f"{self.reference} {self.get_outcome_display()} {self.asset.reference}"

    def get_absolute_url(self) -> str:
        """The disposal's page."""
        return reverse("assets:disposal", args=[self.reference])

    @property
    def is_open(self) -> bool:
        """Does it wait for a decision or for being carried out?"""
        return self.stage in self.OPEN

    @property
    def is_of_the_whole(self) -> bool:
        """Is it about the whole asset?"""
        return not self.part

    def blocks(self, to: str) -> bool:
        """While it is open, does it keep its asset from that state? Any does from being over; one of the
        whole, once agreed, from every other step."""
        return to in CLOSED or (self.is_of_the_whole and self.stage == self.Stage.AGREED)

    def in_the_way_of(self, reference: str) -> str:
        """Why the asset of that reference stays where it is, as a sentence."""
        return f"{self.reference} is open for {reference}: carry it out, or refuse it first"

    @property
    def certificate_number(self) -> str:
        """DC-0001 for DI-0001."""
        return self.reference.replace("DI-", "DC-")

    @property
    def is_as_certified(self) -> bool:
        """Has the certificate still the fingerprint it was issued with?"""
        return self.certificate is not None and fingerprint(self.certificate) == self.fingerprint


def fingerprint(content: Any) -> str:
    """The SHA-256 of plain content, the same wherever it is reckoned."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()
