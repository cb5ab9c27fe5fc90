"""What an incident concerns: assets, risks, and the posts that need to know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from assets.models import Asset
from governance.history.models import History, Recorded
from governance.people.models import Post
from risks.models.incident import Incident
from risks.models.risk import Risk

if TYPE_CHECKING:
    from governance.people.models import User


class IncidentLinkQuerySet(models.QuerySet[Any]):
    """Links of incidents, as a reader may see them."""

    def with_incidents_of(self, person: User) -> Self:
        """Those whose incident this person may open."""
        return self.filter(incident__in=Incident.objects.visible_to(person)).select_related("incident")

    def with_others_of(self, person: User) -> Self:
        """Those whose asset, risk or action this person may open; posts are open to all."""
        field: Any = self.model._meta.get_field(self.model.names)
        others = field.related_model._default_manager.all()
        if not hasattr(others, "visible_to"):
            return self
        return self.filter(**{f"{field.name}__in": others.visible_to(person)})


class IncidentAsset(Recorded):
    """An asset that an incident concerns."""

    names: ClassVar[str] = "asset"

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="asset_links")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="incident_links")
    note = models.CharField("which part", max_length=300, blank=True, default="")

    objects: Any = IncidentLinkQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["incident", "asset"]
        constraints = [
            models.UniqueConstraint(name="incident_concerns_an_asset_once", fields=["incident", "asset"])
        ]

    def __str__(self) -> str:
        return f"{self.asset} in {self.incident}"


class IncidentRisk(Recorded):
    """A risk that an incident brought to light, or that was scored again because of it."""

    class Part(models.TextChoices):
        """What the incident did to the risk."""

        NAMED = "named", "It had been foreseen by this risk"
        RAISED = "raised", "The risk was raised because of it"
        RESCORED = "rescored", "The risk was scored again because of it"

    names: ClassVar[str] = "risk"

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="risk_links")
    risk = models.ForeignKey(Risk, models.PROTECT, related_name="incident_links")
    part = models.CharField("what it has to do with it", max_length=8, choices=Part, default=Part.NAMED)

    objects: Any = IncidentLinkQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["incident", "risk"]
        constraints = [
            models.UniqueConstraint(name="incident_names_a_risk_once", fields=["incident", "risk"]),
            models.CheckConstraint(
                name="incident_risk_part_is_known", condition=Q(part__in=["named", "raised", "rescored"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk} in {self.incident}"


class IncidentPost(Recorded):
    """A post that needs to know of an incident; who was involved in it decides nothing about it."""

    names: ClassVar[str] = "post"

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="post_links")
    post = models.ForeignKey(Post, models.PROTECT, related_name="incident_links")
    involved = models.BooleanField("was involved in what happened", default=False)
    why = models.CharField("why it needs to know", max_length=300)

    objects: Any = IncidentLinkQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["incident", "post"]
        constraints = [
            models.UniqueConstraint(name="incident_names_a_post_once", fields=["incident", "post"]),
            models.CheckConstraint(name="incident_post_says_why_it_needs_to_know", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.post} in {self.incident}"
