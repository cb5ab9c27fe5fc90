"""What plans are made for: strategies, their workstreams and their principles. Lists, kept on pages."""

from __future__ import annotations

from django.db import models

from assets.models import ListEntry
from governance.history.models import History


class Strategy(ListEntry):
    """A strategy that action plans carry out, under the name the council adopted it by."""

    history = History()

    class Meta(ListEntry.Meta):
        verbose_name = "strategy of action plans"
        verbose_name_plural = "strategies of action plans"


class Workstream(ListEntry):
    """A workstream of a strategy: a line of work that actions belong to."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, null=True, blank=True, related_name="workstreams")
    history = History()

    class Meta(ListEntry.Meta):
        verbose_name = "workstream of actions"
        verbose_name_plural = "workstreams of actions"


class Principle(ListEntry):
    """A principle of a strategy that actions put into practice."""

    strategy = models.ForeignKey(Strategy, models.PROTECT, null=True, blank=True, related_name="principles")
    history = History()

    class Meta(ListEntry.Meta):
        verbose_name = "principle of actions"
        verbose_name_plural = "principles of actions"
