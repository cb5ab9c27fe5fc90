"""That something was published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from assets.models.periods import in_our_time
from governance.figures.models import TwoClockQuerySet, TwoClockRow
from governance.people.models import User

if TYPE_CHECKING:
    from assets.models.openness import Obligation
    from governance.figures.moment import Moment


class PublicationQuerySet(TwoClockQuerySet["Publication"]):
    """Publications."""

    def for_page(self, obligation: Obligation, moment: Moment) -> Self:
        """What was known of an obligation, the latest first; each says if it was `taken_back` by then."""
        known = self.known(moment).filter(obligation=obligation, effective_on__lte=moment.as_at)
        later = Publication.objects.known(moment).filter(corrects=OuterRef("pk"))
        return known.annotate(taken_back=Exists(later)).order_by("-effective_on", "-place", "-id")


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
                name="publication_covers_days_of_our_time", condition=in_our_time("covers_until")
            ),
            models.CheckConstraint(
                name="publication_can_be_shown", condition=~Q(address="") | ~Q(evidence="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation} published on {self.effective_on}"
