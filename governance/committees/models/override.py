"""What stood against issuing a paper, and was overridden by the proper officer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from governance.committees.models.paper import Paper
from governance.history.models import History, Recorded


class Override(Recorded):
    """The proper officer lets a paper be issued although something is missing. `stop` names what, in `words`
    as they were shown; the reason is printed in the paper."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="overrides")
    stop = models.CharField(max_length=100)
    words = models.CharField(max_length=400)
    reason = models.TextField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    recorded_as = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="stop_is_overridden_once", fields=["paper", "stop"]),
            models.CheckConstraint(name="override_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.words
