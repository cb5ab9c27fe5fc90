"""Drafts of versions (rules, a matrix, colours) that wait for the senior information risk owner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet

from governance.people.models import Role
from governance.people.waiting import Waiting

if TYPE_CHECKING:
    from governance.people.models import User


def drafts_told(
    person: User, kind: str, versions: QuerySet[Any], *same: str
) -> Iterator[Waiting | QuerySet[Any]]:
    """A line for each draft that the senior information risk owner may put in force: none of their own, and
    none that a later version has overtaken. `same`: the columns by which versions follow on each other."""
    if not person.holds(Role.SIRO):
        return
    follows: dict[str, Any] = {name: OuterRef(name) for name in same}
    overtaken = versions.filter(from_on__isnull=False, number__gt=OuterRef("number"), **follows)
    own: Any = versions.model.history
    own = own.filter(id=OuterRef("pk"), history_type="+", history_user_id=person.pk)
    drafts = versions.filter(~Exists(overtaken), ~Exists(own), from_on=None).order_by("number")
    yield drafts
    for each in drafts:
        name = str(each._meta.verbose_name).capitalize()
        words = f"{name}, version {each.number}: a draft that waits to be put in force"
        yield Waiting(kind, words, each.get_absolute_url(), (f"{kind} {each.number}",))
