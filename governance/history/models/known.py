"""Register entries that a document shows to have been known before anybody recorded them here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from governance.history.models.versions import VersionQuerySet

if TYPE_CHECKING:
    from datetime import datetime


class DocumentedVersionQuerySet(VersionQuerySet):
    """Versions of such entries."""

    def known(self, instant: datetime) -> Self:
        """The register as it was known just before an instant: as it stood then; and of an entry brought in
        since that a document shows to have been known by then, what was brought in."""
        brought_in = Q(history_type="+", known_at__lt=instant)
        found = self.filter(Q(history_date__lt=instant) | brought_in, history_until__gte=instant)
        return found.exclude(history_type="-")


class Documented(models.Model):
    """An entry that may be known since before it was recorded: then it names the document that shows so.

    Only what was said when the entry was first recorded counts: its first version, which never changes.
    """

    known_at = models.DateTimeField("known since", null=True, blank=True, editable=False)
    source_document = models.CharField(
        "document that shows so", max_length=200, blank=True, default="", editable=False
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_known_earlier_by_a_document",
                condition=Q(known_at=None) | ~Q(source_document=""),
            )
        ]
