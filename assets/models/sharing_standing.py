"""How agreements stand on a day, reckoned from their dates."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Case, F, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from assets.models.partners import name_on
from assets.models.periods import MonthsAfter
from assets.models.sharing_terms import SharingPeriods
from governance.figures.moment import Moment
from governance.people.registers.versions import HeldVersionQuerySet, instant_of


class AgreementVersionQuerySet(HeldVersionQuerySet):
    """Versions of agreements."""

    def at(self, moment: Moment) -> Self:
        """The register at a moment; each with `standing` on that day, `warns_on`, `lapses_on`, `lead_name`.

        `standing`: draft, to_begin, in_force, review_due, lapsed or ended, by the periods of that moment.
        """
        day = moment.as_at
        found = (
            super()
            .at(moment)
            .annotate(
                warns_on=MonthsAfter(F("review_on"), -_months("warn_months", moment)),
                lapses_on=MonthsAfter(F("review_on"), _months("lapse_months", moment)),
                lead_name=name_on(day, "lead_id"),
            )
        )
        standing = Case(
            When(~Q(state="in_force"), then=F("state")),
            When(Q(until_on__lt=day) | Q(lapses_on__lt=day), then=Value("lapsed")),
            When(from_on__gt=day, then=Value("to_begin")),
            When(warns_on__lte=day, then=Value("review_due")),
            default=Value("in_force"),
            output_field=models.CharField(),
        )
        return found.annotate(standing=standing)

    def valid(self) -> Self:
        """Of `at()`: those that allow sharing on that day, whether or not their review is due."""
        return self.filter(standing__in=["in_force", "review_due"])


def _months(period: str, moment: Moment) -> Coalesce:
    """A period of sharing as it stood; as shipped, where its row was not there."""
    versions = SharingPeriods.history.before(instant_of(moment))
    return Coalesce(Subquery(versions.values(period)[:1]), Value(3))
