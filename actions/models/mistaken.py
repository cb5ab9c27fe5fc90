"""What was entered in error: it stays to be read, with the reason, and counts no more from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from governance.figures.moment import Moment

STANDING = Q(mistaken_at=None)


def gives_a_reason(name: str) -> Any:
    """Whatever was entered in error says why, and nothing else does."""
    said = Q(mistaken_at=None, mistaken_because="") | Q(mistaken_at__isnull=False) & ~Q(mistaken_because="")
    return models.CheckConstraint(name=name, condition=said)


class Mistakable(models.Model):
    """Something that may turn out to have been entered in error."""

    mistaken_at = models.DateTimeField("entered in error, known since", null=True, blank=True, editable=False)
    mistaken_because = models.TextField("why it was an error", blank=True, default="", editable=False)

    class Meta:
        abstract = True

    def is_mistaken(self, moment: Moment) -> bool:
        """Was it known at that moment that this was entered in error?"""
        return is_mistaken(self, moment)


def is_mistaken(entry: Any, moment: Moment) -> bool:
    """The same of an entry, or of a version of it."""
    return entry.mistaken_at is not None and entry.mistaken_at < moment.known_before
