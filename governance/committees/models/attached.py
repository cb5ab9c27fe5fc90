"""What comes with a paper: recommendations body by body, appendices of its own, background papers.

Once the paper is issued nothing of it changes (sql/attached.sql). Files are kept in the row, as the paper's
own file is, with their SHA-256, and the words that could be read in them.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When

from governance.committees.models.body import Body
from governance.committees.models.paper import Paper
from governance.committees.models.placing import Placed
from governance.core.dates import months_before
from governance.core.packed import LARGEST_FILE
from governance.history.models import History, Recorded

NO_FILE = Q(file_name="", sha256="", size=0, words__isnull=True, unread="")
# What a list of files does without: it is large.
LARGE = ("file", "words")
NEVER_LOOKED = "it was added before the words in files were looked at"
# Why a file was not read in full, asked without the words in it; empty where it was.
NOT_READ = Case(When(words=None, then=Value(NEVER_LOOKED)), default=F("unread"), output_field=CharField())
A_FILE = Q(size__gt=0, size__lte=LARGEST_FILE, sha256__regex="^[0-9a-f]{64}$") & ~Q(file_name="")


class Recommendation(Placed, Recorded):
    """What one body is asked to decide, in the words that it would resolve."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="recommendations")
    position = models.PositiveSmallIntegerField()
    body = models.ForeignKey(
        Body, models.PROTECT, verbose_name="which body is asked", related_name="recommendations"
    )
    text = models.TextField("what it is recommended to do", max_length=2000)

    history = History()
    WORDS: ClassVar = ("body_id", "text")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                name="recommendation_to_a_body_has_its_position",
                fields=["paper", "position"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(name="recommendation_to_a_body_has_words", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text


class Attached(Recorded):
    """Something that comes with a paper under a title; its file is a PDF, whole and without scripts.

    `words` are those in the file as they are compared with what is withheld, nothing where nobody looked;
    `unread` says what of it could not be read, as the second half of a sentence.
    """

    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    file = models.BinaryField(null=True, editable=False)
    file_name = models.CharField(max_length=120, blank=True, default="", editable=False)
    size = models.PositiveIntegerField("size in bytes", default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, default="", editable=False)
    words = models.TextField(null=True, editable=False)
    unread = models.CharField(max_length=300, blank=True, default="", editable=False)

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class Appendix(Attached):
    """A file that the author adds behind the appendices that the paper makes itself."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="uploaded")

    history = History(excluded_fields=["file", "words", "unread"])

    class Meta(Attached.Meta):
        verbose_name_plural = "appendices"
        constraints = [
            models.UniqueConstraint(name="appendix_has_its_position", fields=["paper", "position"]),
            models.CheckConstraint(name="appendix_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(name="appendix_has_a_file", condition=A_FILE),
        ]


class BackgroundPaper(Attached):
    """A document that the report rests on, held as a copy or by its address, and open to inspection."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="background_papers")
    link = models.URLField("address", max_length=500, blank=True, default="")

    history = History(excluded_fields=["file", "words", "unread"])

    class Meta(Attached.Meta):
        constraints = [
            models.UniqueConstraint(name="background_paper_has_its_position", fields=["paper", "position"]),
            models.CheckConstraint(name="background_paper_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="background_paper_is_a_file_or_an_address",
                condition=A_FILE & Q(link="") | NO_FILE & Q(link__regex="^https?://"),
            ),
        ]

    @property
    def open_until(self) -> date:
        """The last day on which it is open to inspection (section 100D: four years from the meeting)."""
        return months_before(self.paper.meeting.held_on, -12 * settings.BACKGROUND_PAPERS_YEARS)
