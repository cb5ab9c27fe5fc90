"""A register at a moment, read from its history: one way to read it, today as in the past."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Exists, OuterRef, Subquery

from governance.core.dates import end_of_day
from governance.figures.moment import Moment, Scope
from governance.history.models import VersionQuerySet
from governance.people.models import OrganisationalUnit, Post, PostHolding


class HeldVersionQuerySet(VersionQuerySet):
    """Versions of entries that a post (`owner`) owns and a unit (`unit`) holds."""

    def at(self, moment: Moment) -> Self:
        """The register at a moment: one version for each entry that was on it.

        Beside its own fields each has `owner_title` and `unit_name`, as they read then, and `ownerless`:
        whether nobody was in the post that day. A register has one clock: what was not yet known had not
        been written, so the earlier of the moment's two clocks counts.
        """
        instant = min(end_of_day(moment.as_at), moment.known_before)
        in_post = PostHolding.objects.in_force(moment.as_at).filter(post=OuterRef("owner_id"))
        found: Self = self.before(instant).annotate(
            owner_title=_then(Post, "title", "owner_id", instant),
            unit_name=_then(OrganisationalUnit, "name", "unit_id", instant),
            ownerless=~Exists(in_post),
        )
        return found

    def within(self, scope: Scope) -> Self:
        """Entries of the units of the scope."""
        return self.filter(unit__code__in=scope.units) if scope.units else self


def _then(model: Any, column: str, key: str, instant: Any) -> Subquery:
    """A column of a related entry as it read at an instant."""
    return Subquery(model.history.before(instant).filter(id=OuterRef(key)).values(column)[:1])
