"""How DPIAs are read, now and as at a past day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from assets.models.activity_rows import RowVersionQuerySet, instant_of
from assets.models.processing import ProcessingActivity
from assets.models.screening import Advice
from governance.figures.moment import Moment, Scope
from governance.people.models import Post, Role
from governance.people.registers.versions import then

# Those whom step 7 names by post.
POSTS = (
    "measures_approved_post", "residual_approved_post", "consultation_reviewed_by", "kept_under_review_by"
)  # fmt: skip

if TYPE_CHECKING:
    from assets.models.dpia import Dpia  # noqa: F401
    from governance.people.models import User


class DpiaQuerySet(models.QuerySet["Dpia"]):
    """DPIAs, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """Those of the activities this person may open; the DPO and the Caldicott Guardian open all."""
        return self.filter(activity__in=ProcessingActivity.objects.visible_to(person))

    def for_change(self) -> Self:
        """Locked to the end of the transaction."""
        return self.select_for_update(no_key=True, of=("self",))

    def not_superseded(self) -> Self:
        """The one of each activity that counts."""
        return self.exclude(state="superseded")

    # What waits for whom

    def sent(self, *, advised: bool) -> Self:
        """Those with the data protection officer, who has `advised` on what was sent, or has not yet."""
        on_this = Advice.objects.of_the_dpo().filter(dpia=OuterRef("pk"), given_at__gte=OuterRef("sent_at"))
        found = Exists(on_this)
        return self.filter(found if advised else ~found, state="with_dpo")

    def to_be_advised_on_by(self, person: User) -> Self:
        """Those that wait for this person's advice, as data protection officer."""
        return self.sent(advised=False) if person.holds(Role.DPO) else self.none()

    def to_be_signed_off_by(self, person: User) -> Self:
        """Those that wait for this person's signature."""
        return self.sent(advised=True).that_may_be_signed_off_by(person)

    def that_may_be_signed_off_by(self, person: User) -> Self:
        """Those that this person may sign off, in whatever state: as senior information risk owner, never as
        data protection officer, and nothing of their own (decision 19).

        The database asks the same when it is signed off (assets/sql/sign_off.sql); a test compares.
        """
        if not person.holds(Role.SIRO) or person.holds_any(Role.DPO):
            return self.none()
        advised = Advice.objects.filter(dpia=OuterRef("pk"), given_by_id=person.pk)
        own = Q(activity__owner__in=person.posts()) | Q(begun_by_id=person.pk) | Exists(advised)
        return self.exclude(own).exclude(authors__person_id=person.pk)


class DpiaVersionQuerySet(RowVersionQuerySet):
    """Versions of DPIAs."""

    def at(self, moment: Moment) -> Self:
        """The register of DPIAs at a moment, each with the reference, title and unit of its activity then."""
        instant = instant_of(moment)
        activity = ProcessingActivity.history.before(instant).filter(id=OuterRef("activity_id"))
        unit = ProcessingActivity.history.at(moment).filter(id=OuterRef("activity_id"))
        return self.before(instant).annotate(
            activity_reference=Subquery(activity.values("reference")[:1]),
            activity_title=Subquery(activity.values("title")[:1]),
            unit_id=Subquery(activity.values("unit_id")[:1]),
            unit_name=Subquery(unit.values("unit_name")[:1]),
        )

    def within(self, scope: Scope, moment: Moment) -> Self:
        """Those of activities of the units of the scope."""
        if not scope.units:
            return self
        return self.filter(activity_id__in=ProcessingActivity.history.at(moment).within(scope).values("id"))

    def for_entry(self, moment: Moment) -> Self:
        """What the page of one DPIA shows of it: also the titles of the posts of step 7 then."""
        instant = instant_of(moment)
        titles = {f"{name}_title": then(Post, "title", f"{name}_id", instant) for name in POSTS}
        found: Self = self.at(moment).annotate(**titles)
        return found

    def due_for_review(self, on: date) -> Self:
        """Signed off, and to be looked at again by that day."""
        return self.filter(state="signed_off", next_review_on__lte=on)
