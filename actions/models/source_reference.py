"""What other lists than the council's own call an action: the auditor's, a consultant's, a department's."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject, Lower

from actions.models.action import Action
from actions.models.plan import ActionPlan
from governance.history.models import History, Recorded

BETWEEN = ";"  # between several in a cell of a file, so in none of them


class SourceReferenceQuerySet(models.QuerySet["SourceReference"]):
    """References of other lists."""

    def alike(self, words: Collection[str]) -> Self:
        """Those that are one of these words, in whatever letters."""
        return self.alias(small=Lower("reference")).filter(small__in={word.lower() for word in words})


class SourceReference(Recorded):
    """By what the document from which an action came calls it, such as ICO-A3, and which document that is.

    An action may have several; on one plan each means one action, in whatever letters it is written.
    """

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="source_references")
    action = models.ForeignKey(Action, models.PROTECT, related_name="source_references")
    reference = models.CharField(max_length=40)
    source = models.CharField("where it stands", max_length=300, blank=True, default="")

    objects = SourceReferenceQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["action", "reference"]
        constraints = [
            models.UniqueConstraint("plan", Lower("reference"), name="source_reference_once_on_a_plan"),
            models.CheckConstraint(
                name="source_reference_stands_in_a_cell",
                condition=~Q(reference="") & ~Q(reference__contains=BETWEEN),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


def called(action: str = "pk") -> ArraySubquery:
    """What other lists call an action, each with where that stands; `action` leads to it from a row."""
    said: Any = SourceReference.objects.filter(action=OuterRef(action)).order_by("reference")
    return ArraySubquery(said.values(said=JSONObject(reference="reference", source="source")))


def called_otherwise(action: str) -> ArraySubquery:
    """Those that are not the reference which the action has here."""
    said: Any = SourceReference.objects.filter(action=OuterRef(action))
    others = said.exclude(reference__iexact=F("action__reference")).order_by("reference")
    return ArraySubquery(others.values("reference"))


def is_called(word: str) -> Exists:
    """Of rows about actions, those whose action another list calls something with that word in it."""
    return Exists(SourceReference.objects.filter(action=OuterRef("action"), reference__icontains=word))
