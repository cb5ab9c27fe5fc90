"""Where recommendations come from: audits and maturity assessments."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from governance.history.models import History, Recorded


class Audit(Recorded):
    """One audit or assessment of the council by somebody else; the opinion is the auditor's own words."""

    code = models.SlugField(unique=True)
    auditor = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    audited_from = models.DateField(null=True, blank=True)
    audited_to = models.DateField(null=True, blank=True)
    opinion = models.CharField(max_length=100, blank=True, default="")
    opinion_note = models.TextField(blank=True, default="")
    scope = models.TextField(blank=True, default="")

    history = History()

    class Meta:
        ordering = ["audited_from", "code"]
        constraints = [
            models.CheckConstraint(
                name="audit_ends_after_it_begins",
                condition=Q(audited_to=None) | Q(audited_to__gte=F("audited_from")),
            )
        ]

    def __str__(self) -> str:
        return self.title


class ScopeArea(Recorded):
    """A part of what the audit looked at."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="scope_areas")
    code = models.SlugField()
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    history = History()

    class Meta:
        ordering = ["audit", "position"]
        constraints = [
            models.UniqueConstraint(name="scope_area_code_once_in_audit", fields=["audit", "code"])
        ]

    def __str__(self) -> str:
        return self.title


class Recommendation(Recorded):
    """What the auditor asks for, in the auditor's words unless marked illustrative."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="recommendations")
    scope_area = models.ForeignKey(
        ScopeArea, models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    reference = models.CharField(max_length=20)
    text = models.TextField()
    priority = models.CharField(max_length=20, blank=True, default="")
    illustrative = models.BooleanField(default=False)

    history = History()

    class Meta:
        ordering = ["audit", "reference"]
        constraints = [
            models.UniqueConstraint(
                name="recommendation_reference_once_in_audit", fields=["audit", "reference"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.text}"
