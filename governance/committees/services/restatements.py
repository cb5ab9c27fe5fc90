"""An officer says what sort of restatement it is, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from governance.committees.models import Classing, Restatement
from governance.core.locks import Lock, one_at_a_time
from governance.core.steps import StepError

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from governance.people.models import User


class MovedOnError(StepError):
    """Somebody classed it meanwhile, or the figure has moved on."""


class OwnFactError(StepError):
    """Who recorded what moved the figure does not class its restatement."""


def with_the_same_cause(found: Restatement, person: User) -> QuerySet[Restatement]:
    """The other restatements, of any figure and paper that the person may open, that the same facts made, and
    that have no class."""
    alike = Restatement.objects.visible_to(person).to_class().exclude(pk=found.pk)
    return alike.filter(causes=found.causes) if found.causes else alike.none()


def class_as(
    found: Restatement,
    kind: str,
    reason: str,
    *,
    by: User,
    seen: int | None = None,
    beside: Iterable[Restatement] = (),
) -> Classing:
    """Give a restatement its class with the reason, and the same to those `beside` it.

    `seen` is the number of the last class that the person saw. Raises MovedOnError where there is another by
    now or the figure differs otherwise, OwnFactError for who recorded what moved it.
    """
    with transaction.atomic():
        one_at_a_time(Lock.RESTATEMENTS)
        last = found.classings.last()
        if seen is not None and seen != (last.number if last else 0):
            raise MovedOnError(f"Somebody classed it meanwhile: {last}. Look at that first.")
        if not Restatement.objects.standing().differing().filter(pk=found.pk).exists():
            raise MovedOnError("The figure has changed again since you looked. Look at what it is now.")
        classing = _give(found, kind, reason, by)
        for each in _left(beside):
            _give(each, kind, reason, by)
        return classing


def _left(beside: Iterable[Restatement]) -> QuerySet[Restatement]:
    """Those that nobody classed meanwhile."""
    return Restatement.objects.to_class().filter(pk__in=[each.pk for each in beside])


def _give(found: Restatement, kind: str, reason: str, by: User) -> Classing:
    if by.pk in [cause["by"] for cause in found.causes]:
        raise OwnFactError(
            "You recorded what moved this figure. Somebody else says what sort of restatement it is."
        )
    number = found.classings.count() + 1
    return Classing.objects.create(
        restatement=found,
        number=number,
        kind=kind,
        reason=reason,
        classed_by=by,
        classed_as=by.post_title,
    )
