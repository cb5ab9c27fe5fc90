"""A register at a moment: its entries as they stand now, or their versions of a past day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self, TypeVar

from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from governance.core.dates import end_of_day
from governance.figures.moment import Moment, Scope
from governance.history.models import VersionQuerySet
from governance.people.models import OrganisationalUnit, Post, PostHolding

M = TypeVar("M", bound=Model, covariant=True)


class HeldQuerySet(QuerySet[M]):
    """Entries that a post (`owner`) owns and a unit (`unit`) holds, as they stand now."""

    def on(self, day: date) -> Self:
        """Each with `ownerless`: whether nobody is in the owner post that day."""
        return self.annotate(ownerless=~filled("owner_id", day))

    def titled(self) -> Self:
        """Each with `owner_title` and `unit_name`. Only for rows that are shown: it costs two joins."""
        return self.annotate(owner_title=F("owner__title"), unit_name=F("unit__name"))

    def within(self, scope: Scope) -> Self:
        """Entries of the units of the scope."""
        return self.filter(unit__code__in=scope.units) if scope.units else self


class HeldVersionQuerySet(VersionQuerySet):
    """Versions of entries that a post (`owner`) owns and a unit (`unit`) holds."""

    def at(self, moment: Moment) -> Self:
        """The register at a moment: one version for each entry that was on it.

        Beside its own fields each has `owner_title` and `unit_name`, as they read then, and `ownerless`:
        whether by what was recorded then nobody was in the post that day. A register has one clock: what
        was not yet known had not been written, and who held a post is part of what it says.
        """
        if not moment.is_past:
            return self.standing().annotate(
                owner_title=F("owner__title"),
                unit_name=F("unit__name"),
                ownerless=~filled("owner_id", moment.as_at),
            )
        instant = instant_of(moment)
        found: Self = self.before(instant).annotate(
            owner_title=then(Post, "title", "owner_id", instant),
            unit_name=then(OrganisationalUnit, "name", "unit_id", instant),
            ownerless=~filled("owner_id", moment.as_at, PostHolding.history.before(instant)),
        )
        return found

    def for_entry(self, moment: Moment) -> Self:
        """What the page of one entry shows of it. A register whose page shows more overrides this."""
        return self.at(moment)

    def titled(self) -> Self:
        """The same: versions at a moment have their titles, which cost nothing where nobody asks."""
        return self

    def within(self, scope: Scope) -> Self:
        """Entries of the units of the scope."""
        return self.filter(unit__code__in=scope.units) if scope.units else self


def filled(post: str, on: date, holdings: Any = None) -> Q:
    """Was somebody in the post of that column on that day? Asked once for all rows, not row by row.

    By the holdings as they are recorded now, or by those versions of them.
    """
    known = PostHolding.objects.all() if holdings is None else holdings
    return Q(**{f"{post}__in": known.in_force(on).values("post_id")})


def instant_of(moment: Moment) -> datetime:
    """Where a register with its one clock is read: the earlier of the moment's two."""
    return min(end_of_day(moment.as_at), moment.known_before)


def then(
    model: Any, column: str | Combinable, reference: str, instant: datetime, *, key: str = "id"
) -> Subquery:
    """A column of a related entry as it read at an instant; `reference` holds the entry's `key`."""
    versions = model.history.before(instant).filter(**{key: OuterRef(reference)})
    return Subquery(versions.values_list(column)[:1])


def then_or_first(
    model: Any, column: str | Combinable, reference: str, instant: datetime, *, key: str = "id"
) -> Subquery:
    """The same, of an entry that was entered only later as it was first entered."""
    versions = model.history.filter(history_until__gte=instant, **{key: OuterRef(reference)})
    found = versions.exclude(history_type="-").order_by("history_date")
    return Subquery(found.values_list(column)[:1])
