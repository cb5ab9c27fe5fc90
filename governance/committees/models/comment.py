"""What those who read a draft say about its sections, until somebody has settled it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from governance.committees.models.paper import PaperSection
from governance.history.models import History, Recorded


class CommentQuerySet(models.QuerySet["SectionComment"]):
    """Comments, as a reader may see them."""

    def threads(self) -> Self:
        """Those that are no reply, with their replies: two queries."""
        return self.filter(answers=None).select_related("section__paper").prefetch_related("replies")

    def open(self) -> Self:
        """Those that nobody has settled."""
        return self.filter(answers=None, settled_at=None)


class SectionComment(Recorded):
    """A comment on a section of a draft, or a reply to one. It never changes; a thread is settled once.

    It is no part of the paper: nothing of it is printed (sql/comments.sql keeps it as it is).
    """

    section = models.ForeignKey(PaperSection, models.CASCADE, related_name="comments")
    answers = models.ForeignKey("self", models.CASCADE, null=True, editable=False, related_name="replies")
    text = models.TextField("comment")
    written_by = models.ForeignKey("people.User", models.PROTECT, related_name="+", editable=False)
    written_as = models.CharField(max_length=200, blank=True, default="", editable=False)
    written_at = models.DateTimeField(db_default=Now(), editable=False)
    settled_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+", editable=False)
    settled_as = models.CharField(max_length=200, blank=True, default="", editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    objects = CommentQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="comment_has_words", condition=~Q(text="")),
            models.CheckConstraint(
                name="comment_is_settled_by_somebody",
                condition=Q(settled_by=None, settled_at=None, settled_as="")
                | Q(settled_by__isnull=False, settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="thread_is_settled_and_no_reply", condition=Q(answers=None) | Q(settled_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.text[:100]

    @property
    def is_open(self) -> bool:
        """Has nobody settled it?"""
        return self.settled_at is None
