"""The lists that audits choose from: data, kept on the pages of lists beside those of assets."""

from __future__ import annotations

from django.db import models

from assets.models import ListEntry
from governance.history.models import History


class AuditKind(ListEntry):
    """Who audits: the regulator, the council's own auditors, somebody asked from outside."""

    history = History()

    class Meta(ListEntry.Meta):
        verbose_name = "kind of audit"
        verbose_name_plural = "kinds of audits"


class AuditTextKind(ListEntry):
    """What the auditor's words are about: the opinion, good practice, limits noted, a finding."""

    history = History()

    class Meta(ListEntry.Meta):
        verbose_name = "kind of auditor's text"
        verbose_name_plural = "kinds of auditors' texts"


class RecommendationPriority(ListEntry):
    """How soon a recommendation is to be met, in the auditor's words; older reports give none."""

    history = History()

    class Meta(ListEntry.Meta):
        verbose_name = "priority of recommendations"
        verbose_name_plural = "priorities of recommendations"


class FollowUpKind(ListEntry):
    """How an auditor follows up: by a visit, or at the desk on the plan and the evidence sent."""

    history = History()

    class Meta(ListEntry.Meta):
        verbose_name = "kind of follow-up"
        verbose_name_plural = "kinds of follow-ups"


class RecommendationRating(ListEntry):
    """What an auditor who follows up finds of a recommendation, in the auditor's words."""

    is_complete = models.BooleanField(
        "counts as complete",
        default=False,
        help_text="does the auditor say by it that nothing more is to be done?",
    )
    history = History()

    class Meta(ListEntry.Meta):
        verbose_name = "rating at a follow-up"
        verbose_name_plural = "ratings at follow-ups"
