"""Which incidents a person may open, and how each stood to its clock at a moment."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import (
    Case,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from governance.people.models import Role
from governance.people.registers.versions import HeldVersionQuerySet, instant_of, then
from risks.models.incident_clock import ALLOWED, Clock
from risks.models.incident_facts import IncidentDecision, IncidentNotice
from risks.models.incident_lists import IncidentCategory, IncidentSeverity

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User

# Who has to know of every incident (design 2.5).
KNOWING = (Role.IG_OFFICER, Role.SIRO, Role.DPO, Role.CALDICOTT_GUARDIAN)
# Who reads what is no longer restricted, to learn from it.
LEARNING = (Role.RECORDS_MANAGER, Role.IMSG_MEMBER, Role.INTERNAL_AUDITOR)


class LondonMonth(Func):
    """The month of an instant in London, as "2026-11"."""

    template = "to_char(%(expressions)s AT TIME ZONE 'Europe/London', 'YYYY-MM')"
    output_field = models.CharField()


class IncidentQuerySet(models.QuerySet[Any]):
    """Incidents, as a reader may see them."""

    def visible_to(self, person: User) -> Self:
        """All for those who have to know; else one's own reports, what names one's post, and what is open.

        Neither a directorate nor the ownership of an asset gives a view of an incident.
        """
        if person.holds(*KNOWING):
            return self.all()
        posts = person.posts()
        named: Any = self.model._meta.get_field("post_links").related_model
        mine = (
            Q(reported_by=person)
            | Q(owner__in=posts)
            | Q(pk__in=named._default_manager.filter(post__in=posts).values("incident"))
            | Q(unit__in=person.units(*KNOWING))
        )
        return self.filter(mine | Q(is_restricted=False) if person.holds(*LEARNING) else mine)

    def for_change(self) -> Self:
        """Locked to the end of the transaction."""
        return self.select_for_update(no_key=True, of=("self",))


class IncidentVersionQuerySet(HeldVersionQuerySet):
    """Versions of incidents."""

    def at(self, moment: Moment) -> Self:
        """The log at a moment, each with the names of that day, its `month`, and its `clock` then.

        `month` is that of being aware, in London, as "2026-11". Of today the clock is read now, of a past
        day at its end.
        """
        instant = instant_of(moment)
        found = (
            super()
            .at(moment)
            .annotate(
                category_name=then(IncidentCategory, "name", "category_id", instant),
                severity_name=then(IncidentSeverity, "name", "severity_id", instant),
                severity_number=then(IncidentSeverity, "number", "severity_id", instant),
                month=LondonMonth("aware_at"),
            )
        )
        return found.with_clock(instant)

    def with_clock(self, instant: datetime) -> Self:
        """Each with `told_at`, `to_tell` (the decision that stands; None before one) and `clock`."""
        told: Any = IncidentNotice.objects.standing(instant).to_the_regulator()
        decided: Any = IncidentDecision.objects.before(instant).about_the_regulator()
        mine = {"incident_id": OuterRef("id")}
        # The difference of two instants is physical time, whatever zone the session is in.
        taken = ExpressionWrapper(F("told_at") - F("aware_at"), output_field=DurationField())
        return self.annotate(
            told_at=Subquery(told.filter(**mine).order_by("at").values("at")[:1]),
            to_tell=Subquery(decided.filter(**mine).order_by("-pk").values("tells")[:1]),
            taken=taken,
            clock=Case(
                When(NO_CLOCK, then=Value(Clock.NONE)),
                When(taken__lte=ALLOWED, then=Value(Clock.IN_TIME)),
                When(told_at__isnull=False, then=Value(Clock.LATE)),
                When(to_tell=False, then=Value(Clock.NOT_TOLD)),
                When(aware_at__lt=min(instant, timezone.now()) - ALLOWED, then=Value(Clock.OVERDUE)),
                default=Value(Clock.RUNNING),
                output_field=models.CharField(),
            ),
        )

    def on_the_log(self) -> Self:
        """Those that had not been withdrawn as entered in error. What was not reported stays on it."""
        return self.exclude(state="withdrawn")


# No personal data breach. While nobody has said whether personal data are concerned, the clock runs.
NO_CLOCK = Q(state="withdrawn") | Q(near_miss=True) | Q(contains_personal_data=False)
