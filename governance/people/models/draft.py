"""What somebody has begun to type and not yet saved. Nobody else sees it, and no register holds it."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from governance.people.models.person import User

KEPT_FOR = timedelta(days=30)
LONGEST = 200_000  # characters, typed and encoded


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts."""

    def visible_to(self, person: User) -> Self:
        """A person's own that are not too old."""
        return self.filter(person=person, saved_at__gt=timezone.now() - KEPT_FOR)

    def too_old(self) -> Self:
        """Those that nobody sees any more, whosever they are."""
        return self.filter(saved_at__lte=timezone.now() - KEPT_FOR)


class Draft(models.Model):
    person = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    path = models.CharField(max_length=300)
    about = models.CharField(max_length=300, help_text="what the form is about, in words")
    typed = models.TextField(help_text="as the browser posted it")
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "path"], name="draft_is_one_for_a_person_and_a_form"),
            models.CheckConstraint(name="draft_is_of_a_page", condition=Q(path__startswith="/")),
        ]

    def __str__(self) -> str:
        return f"Draft of {self.about}"

    def data(self) -> QueryDict:
        """What was typed, as a form reads it."""
        return QueryDict(self.typed)
