"""What belongs to a risk: its controls, and the assets it is to beside the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from assets.models import Asset
from governance.history.models import History, Recorded
from risks.models.lists import ControlEffectiveness
from risks.models.risk import Risk

if TYPE_CHECKING:
    from governance.people.models import User


class RiskControl(Recorded):
    """Something done, or to be done, against a risk."""

    class State(models.TextChoices):
        """Is it there?"""

        EXISTING = "existing", "In place"
        PLANNED = "planned", "Planned"
        ENDED = "ended", "No longer in place"

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="controls")
    title = models.CharField("control", max_length=300)
    state = models.CharField(max_length=8, choices=State, default=State.EXISTING)
    effectiveness = models.ForeignKey(
        ControlEffectiveness, models.PROTECT, null=True, blank=True, related_name="controls"
    )
    planned_for = models.DateField("planned for", null=True, blank=True)

    history = History()

    class Meta:
        ordering = ["risk", "pk"]
        verbose_name = "control"
        constraints = [
            models.CheckConstraint(name="risk_control_is_described", condition=~Q(title="")),
            models.CheckConstraint(
                name="risk_control_state_is_known", condition=Q(state__in=["existing", "planned", "ended"])
            ),
            models.CheckConstraint(
                name="risk_control_planned_has_its_day",
                condition=~Q(state="planned") | Q(planned_for__isnull=False),
            ),
            models.CheckConstraint(
                name="risk_control_is_judged_once_in_place",
                condition=~Q(state="planned") | Q(effectiveness=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RiskAssetQuerySet(models.QuerySet["RiskAsset"]):
    """Links between risks and further assets, as a reader may see them."""

    def with_assets_of(self, person: User) -> Self:
        """Those whose asset this person may open."""
        return self.filter(asset__in=Asset.objects.visible_to(person)).select_related("asset")


class RiskAsset(Recorded):
    """An asset that a risk is to, beside the one it names first."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="asset_links")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="risk_links")
    note = models.CharField("in what way", max_length=300, blank=True, default="")

    objects: Any = RiskAssetQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["risk", "asset"]
        constraints = [
            models.UniqueConstraint(fields=["risk", "asset"], name="risk_is_to_a_further_asset_once")
        ]

    def __str__(self) -> str:
        return f"{self.asset} in {self.risk}"
