"""What an action concerns: assets it changes, incidents it follows from, risks it treats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models

from actions.models.action import Action
from actions.models.progress import Status
from assets.models import Asset
from governance.history.models import History, Recorded
from risks.models import Incident, Risk
from risks.models.incident_links import IncidentLinkQuerySet

if TYPE_CHECKING:
    from governance.people.models import User


class ConcernQuerySet(models.QuerySet["ActionAsset"]):
    """Links between actions and assets, as a reader may see them."""

    def with_assets_of(self, person: User) -> Self:
        """Those whose asset this person may open."""
        return self.filter(asset__in=Asset.objects.visible_to(person)).select_related("asset")

    def with_actions_of(self, person: User) -> Self:
        """Those whose action this person may open."""
        return self.filter(action__in=Action.objects.visible_to(person)).select_related("action")


class ActionAsset(Recorded):
    """An information asset that an action concerns, in whole or as the note says."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="asset_links")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="action_links")
    note = models.CharField("in what way", max_length=300, blank=True, default="")

    objects: Any = ConcernQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["action", "asset"]
        constraints = [
            models.UniqueConstraint(fields=["action", "asset"], name="action_concerns_an_asset_once")
        ]

    def __str__(self) -> str:
        return f"{self.asset} in {self.action}"


class ActionIncident(Recorded):
    """An incident that an action follows from: what was learnt from it is done."""

    names: ClassVar[str] = "action"

    action = models.ForeignKey(Action, models.PROTECT, related_name="incident_links")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="action_links")

    objects: Any = IncidentLinkQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["action", "incident"]
        constraints = [
            models.UniqueConstraint(fields=["action", "incident"], name="action_follows_an_incident_once")
        ]

    def __str__(self) -> str:
        return f"{self.action} after {self.incident.reference}"


class RiskLinkQuerySet(models.QuerySet["ActionRisk"]):
    """Links between actions and risks, as a reader may see them."""

    def with_risks_of(self, person: User) -> Self:
        """Those whose risk this person may open."""
        return self.filter(risk__in=Risk.objects.visible_to(person)).select_related("risk")

    def with_actions_of(self, person: User) -> Self:
        """Those whose action this person may open."""
        return self.filter(action__in=Action.objects.visible_to(person)).select_related("action")

    def unfinished(self) -> Self:
        """Those whose action is neither completed nor withdrawn."""
        return self.exclude(action__status__in=Status.closed())


class ActionRisk(Recorded):
    """A risk that an action treats."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="risk_links")
    risk = models.ForeignKey(Risk, models.PROTECT, related_name="action_links")

    objects: Any = RiskLinkQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["action", "risk"]
        constraints = [models.UniqueConstraint(fields=["action", "risk"], name="action_treats_a_risk_once")]

    def __str__(self) -> str:
        return f"{self.action} against {self.risk.reference}"
