"""Activities that need a DPIA: which lack one, and the SIRO's word where one goes ahead without."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from assets.models.dpia import Dpia
from assets.models.processing import ProcessingActivity
from assets.models.screening import Screening, ScreeningCriterion

if TYPE_CHECKING:
    from governance.figures.moment import Moment


class GoAhead(models.Model):
    """The senior information risk owner's decision that an activity may be live before its DPIA is approved.

    It stands as it was taken, by somebody who neither owns the activity nor wrote in or advised on a DPIA of
    it, and counts until the screening changes: another day, decision or reason, one criterion more or less.
    """

    append_only: ClassVar[bool] = True

    activity = models.ForeignKey(ProcessingActivity, models.PROTECT, related_name="go_aheads")
    reason = models.TextField()
    decided_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    decided_by_post = models.CharField(max_length=200, help_text="the post as it was then called")
    decided_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [models.CheckConstraint(name="go_ahead_gives_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"{self.decided_by_post}: {self.activity.reference} may be live before its DPIA"

    @property
    def counts(self) -> bool:
        """Is the screening still the one on which it was taken? As the database asks it."""
        screenings = Screening.objects.filter(activity_id=self.activity_id)
        criteria = ScreeningCriterion.history.filter(screening_id__in=screenings.values("pk"))
        versions = Screening.history.filter(activity_id=self.activity_id)
        return not any(of.filter(history_date__gt=self.decided_at).exists() for of in (versions, criteria))


def lacks_dpia(moment: Moment) -> Q:
    """Of versions of activities: a DPIA is required, and none was signed off by then."""
    required = Screening.history.at(moment).filter(is_required=True).values("activity_id")
    signed_off = Dpia.history.at(moment).filter(state="signed_off").values("activity_id")
    return Q(id__in=required) & ~Q(id__in=signed_off)
