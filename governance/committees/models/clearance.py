"""Who contributes to a paper and who clears it, by post: what was sent out, and what came back.

What was sent and what was answered is append-only, and the database stamps the day and the version of the
paper's words (sql/clearance.sql). Whether a paper is cleared is worked out from them, and never stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Now
from django.urls import reverse

from governance.committees.models.meeting import Meeting
from governance.committees.models.paper import Paper
from governance.committees.models.readers import DRAFT_READERS
from governance.core.dates import long_date, today
from governance.history.models import History, Recorded
from governance.people.models import Post, PostHolding

if TYPE_CHECKING:
    from governance.people.models import User


# What a list shows of a paper that waits to be cleared.
SHOWN = (
    "part",
    "post__title",
    "paper__title",
    "paper__state",
    "paper__meeting__held_on",
    "paper__meeting__body__name",
    "paper__meeting__body__kind",
)


class ClearerQuerySet(models.QuerySet["Clearer"]):
    """Posts that contribute to papers or clear them."""

    def visible_to(self, person: User) -> Self:
        """All for those who read drafts; else those of papers sent to a post that the person holds today, and
        what was sent to a post before the person left it."""
        if person.holds(*DRAFT_READERS):
            return self.all()
        stays = Q(until_on=None) | Q(until_on__gte=OuterRef("sent_on"))
        been_in = PostHolding.objects.filter(stays, person=person, from_on__lte=today())
        got = Sending.objects.filter(Exists(been_in.filter(post=OuterRef("clearer__post"))))
        return self.filter(
            Q(paper__in=Paper.objects.sent_to(person).order_by().values("pk"))
            | Q(pk__in=got.order_by().values("clearer"))
        )

    def for_page(self) -> Self:
        """Everything that is shown of them, in three queries."""
        answers = Prefetch("answers", ClearanceAnswer.objects.select_related("answered_by"))
        sendings = Prefetch("sendings", Sending.objects.prefetch_related(answers))
        return self.select_related("post__unit").prefetch_related(sendings)

    def sent_to(self, person: User) -> Self:
        """Those of drafts that were sent to a post the person holds today, as they stand; one query.

        Not those of a meeting that was cancelled, nor of an item that was withdrawn from its agenda.
        """
        sent = Sending.objects.filter(clearer__post__in=person.posts()).order_by().values("clearer")
        shown = self.filter(pk__in=sent, paper__state=Paper.State.DRAFT).standing()
        shown = shown.exclude(paper__meeting__state=Meeting.State.CANCELLED)
        shown = shown.filter(paper__agenda_item__withdrawn_on=None)
        shown = shown.select_related("post", "paper__meeting__body").only(*SHOWN)
        return shown.order_by("paper__meeting__held_on", "pk")

    def standing(self) -> Self:
        """With what makes `is_cleared` and `is_waiting`: one query for however many papers."""
        sent = Sending.objects.filter(clearer=OuterRef("pk")).order_by("-number")
        last = ClearanceAnswer.objects.filter(sending__clearer=OuterRef("pk"))
        last = last.order_by("-sending__number", "-number")
        return self.annotate(
            sent=Subquery(sent.values("number")[:1]),
            answered=Subquery(last.values("sending__number")[:1]),
            outcome=Subquery(last.values("outcome")[:1]),
            version=Subquery(last.values("version")[:1]),
            now=version_of(words_of("paper_id")),
        )


class Clearer(Recorded):
    """A post that contributes to a paper, or clears it."""

    class Part(models.TextChoices):
        """As what: the first four as forms of reports and the publication calendar name them."""

        FINANCE = "finance", "Finance"
        LEGAL = "legal", "Legal"
        DIRECTOR = "director", "Director"
        MEMBER = "member", "Member"
        OTHER = "other", "Other approver"
        CONTRIBUTOR = "contributor", "Contributor"

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="clearers")
    post = models.ForeignKey(Post, models.PROTECT, related_name="clears")
    part = models.CharField("clears as", max_length=11, choices=Part)

    # Set by standing()
    sent: int | None
    answered: int | None
    outcome: str | None
    version: str | None
    now: str

    objects = ClearerQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="post_clears_a_paper_once", fields=["paper", "post"]),
            models.CheckConstraint(
                name="post_clears_as_something_known",
                condition=Q(part__in=["finance", "legal", "director", "member", "other", "contributor"]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.post)

    def get_absolute_url(self) -> str:
        """The page on which the post clears the paper."""
        return reverse("committees:clearer", args=[self.paper_id, self.pk])

    @property
    def approves(self) -> bool:
        """Is the paper not cleared without this post? Who contributes only is not waited for."""
        return self.part != self.Part.CONTRIBUTOR

    @property
    def is_cleared(self) -> bool:
        """Has the post cleared the words as they stand? For those of standing()."""
        cleared = self.outcome == ClearanceAnswer.Outcome.CLEARED and self.version == self.now
        return cleared and self.answered == self.sent

    @property
    def is_waiting(self) -> bool:
        """Is it for the post to answer: for the first time, or since the words changed? As above."""
        returned = self.outcome == ClearanceAnswer.Outcome.RETURNED and self.answered == self.sent
        return self.sent is not None and not returned and not self.is_cleared


class Stamped(models.Model):
    """Something that went out or came back on a day: by the database's clock, or by a document brought in.

    `words` are digests of the parts of the paper as they were, `version` the digest of all of them.
    """

    number = models.PositiveSmallIntegerField()
    words = models.JSONField(default=dict, editable=False)
    version = models.CharField(max_length=64, blank=True, default="", editable=False)
    source_document = models.CharField(max_length=300, blank=True, default="")

    append_only: ClassVar[bool] = True

    class Meta:
        abstract = True


class SendingQuerySet(models.QuerySet["Sending"]):
    """What was sent for clearance."""

    def open(self) -> Self:
        """Sent by a draft that still goes to its meeting, and not answered; nothing that was brought in."""
        asked = self.filter(source_document="", answers=None, clearer__paper__state=Paper.State.DRAFT)
        going = asked.exclude(clearer__paper__meeting__state=Meeting.State.CANCELLED)
        return going.filter(clearer__paper__agenda_item__withdrawn_on=None)


class Sending(Stamped):
    """That a paper was sent to a post for clearance."""

    clearer = models.ForeignKey(Clearer, models.PROTECT, related_name="sendings")
    sent_on = models.DateField(default=today)
    sent_at = models.DateTimeField(db_default=Now(), editable=False)
    sent_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    sent_as = models.CharField(max_length=200, blank=True, default="")

    objects = SendingQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="sending_has_its_own_number", fields=["clearer", "number"]),
            models.CheckConstraint(
                name="sending_names_its_version", condition=Q(version__regex="^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"Sent on {long_date(self.sent_on)}"


class ClearanceAnswer(Stamped):
    """What a post answered: the paper is cleared in that version, or comes back with a comment.

    A clearance holds while the words are those of its version: when they change the post is asked again.
    """

    class Outcome(models.TextChoices):
        """Which of the two."""

        CLEARED = "cleared", "Cleared"
        RETURNED = "returned", "Returned with a comment"

    sending = models.ForeignKey(Sending, models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=8, choices=Outcome)
    comment = models.TextField(blank=True, default="")
    answered_on = models.DateField(default=today)
    answered_at = models.DateTimeField(db_default=Now(), editable=False)
    answered_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    answered_as = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="clearance_has_its_own_number", fields=["sending", "number"]),
            models.CheckConstraint(
                name="clearance_is_given_or_refused", condition=Q(outcome__in=["cleared", "returned"])
            ),
            models.CheckConstraint(
                name="returned_with_a_comment", condition=Q(outcome="cleared") | ~Q(comment="")
            ),
            models.CheckConstraint(
                name="clearance_names_its_version", condition=Q(version__regex="^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} on {long_date(self.answered_on)}"

    @property
    def was_cleared(self) -> bool:
        """Was it cleared, and not returned?"""
        return self.outcome == self.Outcome.CLEARED


def words_of(path: str = "pk") -> Any:
    """Digests of the parts of a paper's words as they stand now, worked out by the database: the front sheet,
    what is chosen, sections by their keys, recommendations, what comes with it, what is not for publication
    (sql/cleared_again.sql)."""
    return Func(F(path), function="committees_paper_words", output_field=models.JSONField())


def version_of(words: Any) -> Any:
    """The version that such digests make: one digest of them all."""
    return Func(words, function="committees_digest", output_field=models.CharField())
