"""Holds: what may not be disposed of while a claim, an inquiry or a request is open (domain.md 1.6)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from assets.models.asset import READERS, Asset
from assets.models.lists import ListEntry
from governance.history.models import History, Recorded
from governance.people.models import User

if TYPE_CHECKING:
    from collections.abc import Iterable


class HoldReason(ListEntry):
    """Why things are kept back: litigation, an inquiry, an open request."""

    history = History()


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All for readers of the whole register; for others those on an asset that they may open."""
        if person.holds(*READERS):
            return self.all()
        held = HoldAsset.objects.filter(asset__in=Asset.objects.visible_to(person))
        return self.filter(pk__in=held.values("hold"))

    def live(self) -> Self:
        """Those that have not been lifted."""
        return self.filter(lifted_on=None)

    def on(self, asset: Asset) -> Self:
        """Those that name this asset."""
        return self.filter(Exists(HoldAsset.objects.filter(hold=OuterRef("pk"), asset=asset)))

    def for_list(self) -> Self:
        """Live ones first, then by reference."""
        found = self.select_related("reason", "placed_by", "lifted_by")
        return found.order_by(models.F("lifted_on").asc(nulls_first=True), "reference")


class Hold(Recorded):
    """An order that some assets be kept. While it is live, none of them can be disposed of."""

    reference = models.CharField(max_length=12, unique=True)
    reason = models.ForeignKey(HoldReason, models.PROTECT, related_name="holds")
    title = models.CharField(max_length=200, help_text="what it is about, without names of people")
    authority = models.CharField(max_length=200, help_text="who ordered it: a post, a court, an inquiry")
    placed_by = models.ForeignKey(User, models.PROTECT, related_name="holds_placed")
    placed_on = models.DateField("in force from")
    lifted_by = models.ForeignKey(User, models.PROTECT, related_name="holds_lifted", null=True, blank=True)
    lifted_on = models.DateField(null=True, blank=True)
    lift_reason = models.TextField("why it was lifted", blank=True, default="")

    objects = HoldQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                name="hold_reference_is_like_ho_0001", condition=Q(reference__regex=r"^HO-\d{4,}$")
            ),
            models.CheckConstraint(
                name="hold_says_what_and_on_whose_authority", condition=~Q(title="") & ~Q(authority="")
            ),
            models.CheckConstraint(
                name="hold_is_lifted_by_somebody_with_a_reason",
                condition=Q(lifted_on=None, lifted_by=None, lift_reason="")
                | (Q(lifted_on__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason="")),
            ),
            models.CheckConstraint(
                name="hold_is_not_lifted_before_it_is_placed",
                condition=Q(lifted_on=None) | Q(lifted_on__gte=models.F("placed_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        """The hold's page."""
        return reverse("assets:hold", args=[self.reference])

    @property
    def is_live(self) -> bool:
        """Does it still hold?"""
        return self.lifted_on is None

    # Changes

    def cover(self, assets: Iterable[Asset]) -> list[HoldAsset]:
        """Put these assets under the hold, in the order of their keys so that two officers never lock each
        other out. Those that it covers already are left alone."""
        covered = set(self.covers.values_list("asset_id", flat=True))
        return [
            self.covers.create(asset=asset)
            for asset in sorted(assets, key=lambda one: one.pk)
            if asset.pk not in covered
        ]

    def lift(self, *, by: User, on: date, reason: str) -> None:
        """Let go of everything it holds."""
        self.lifted_by, self.lifted_on, self.lift_reason = by, on, reason
        self.save(update_fields=["lifted_by", "lifted_on", "lift_reason"])


class HoldAsset(Recorded):
    """An asset under a hold. It stays named there after the hold is lifted."""

    hold = models.ForeignKey(Hold, models.PROTECT, related_name="covers")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="held_by")

    history = History()

    class Meta:
        ordering = ["hold", "asset"]
        constraints = [models.UniqueConstraint(fields=["hold", "asset"], name="hold_names_an_asset_once")]

    def __str__(self) -> str:
        return f"{self.asset} under {self.hold}"
