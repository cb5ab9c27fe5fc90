"""That something was published, and whom the public asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from governance.figures.models import TwoClockQuerySet, TwoClockRow
from governance.history.models import History, Recorded
from governance.people.models import User

if TYPE_CHECKING:
    from assets.models.openness import Obligation


class PublicationQuerySet(TwoClockQuerySet["Publication"]):
    """Publications."""

    def for_page(self, obligation: Obligation) -> Self:
        """Everything recorded of an obligation, the latest first, with who recorded it."""
        return (
            self.filter(obligation=obligation)
            .select_related("recorded_by", "corrects", "corrected_by")
            .order_by("-effective_on", "-place", "-id")
        )


class Publication(TwoClockRow):
    """That a dataset was published: on `effective_on`, up to `covers_until`. Added, never changed."""

    obligation = models.ForeignKey("assets.Obligation", models.PROTECT, related_name="publications")
    covers_until = models.DateField("last day that the data are about")
    address = models.URLField(max_length=500, blank=True, default="")
    evidence = models.TextField(blank=True, default="", help_text="what shows that it was published")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    subject = "obligation_id"
    objects = PublicationQuerySet.as_manager()

    class Meta(TwoClockRow.Meta):
        ordering = ["obligation", "-effective_on"]
        constraints = [
            *TwoClockRow.Meta.constraints,
            models.CheckConstraint(
                name="publication_can_be_shown", condition=~Q(address="") | ~Q(evidence="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation} published on {self.effective_on}"


class PublicContact(Recorded):
    """Whom the public asks about the register: one row, a post and a shared mailbox, never a name."""

    is_the_one = models.BooleanField(default=True, unique=True, editable=False)
    post = models.CharField("post or team", max_length=200)
    mailbox = models.EmailField("shared mailbox")

    history = History()

    class Meta:
        constraints = [
            models.CheckConstraint(name="public_contact_is_one_row", condition=Q(is_the_one=True)),
            models.CheckConstraint(
                name="public_contact_names_post_and_mailbox", condition=~Q(post="") & ~Q(mailbox="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.mailbox}"
