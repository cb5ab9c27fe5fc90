"""Who is party to an agreement, and which assets it covers."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from assets.models.asset import Asset
from assets.models.partners import Partner
from assets.models.sharing import Agreement
from governance.history.models import History, Recorded


class AgreementPartner(Recorded):
    """A partner to an agreement, and which version of it they signed when: all approve each change."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="partner_links")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="agreement_links")
    signed_on = models.DateField(null=True, blank=True)
    signed_version = models.CharField("version signed", max_length=20, blank=True, default="")
    signed_by = models.CharField(
        "signed by the post", max_length=200, blank=True, default="", help_text="a post, never a name"
    )

    objects: Any = models.Manager()
    history = History()

    class Meta:
        ordering = ["agreement", "partner"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "partner"], name="agreement_names_a_partner_once"),
            models.CheckConstraint(
                name="agreement_is_signed_in_a_version_on_a_day",
                condition=Q(signed_on=None, signed_version="")
                | (Q(signed_on__isnull=False) & ~Q(signed_version="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} in {self.agreement}"


class AgreementAsset(Recorded):
    """An asset that an agreement covers, in whole or as the note says."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="asset_links")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="agreement_links")
    note = models.CharField("which part", max_length=300, blank=True, default="")

    objects: Any = models.Manager()
    history = History()

    class Meta:
        ordering = ["agreement", "asset"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "asset"], name="agreement_covers_an_asset_once")
        ]

    def __str__(self) -> str:
        return f"{self.asset} in {self.agreement}"
