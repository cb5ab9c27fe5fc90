"""Changing many risks at once: what would happen is shown first, and only that is done.

As for assets: what was checked is bound to the versions that stood then, in a signed token.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from assets.services.bulk import SHOWN, Done, NotDoneError, Refused, RefusedError, opened, unmoved, why
from governance.figures.moment import Moment
from governance.history.trail import because
from risks.models import Acceptance, AcceptanceState, Risk
from risks.models.acceptance_changes import MATERIAL

if TYPE_CHECKING:
    from governance.people.models import User

SALT = "risks.bulk"
OVER = "They are closed, merged into others or withdrawn."
MORE = "More acceptances would be suspended than when you checked. Start again"


@dataclass(frozen=True)
class Checked:
    """What a change of many would do: how many it changes, how many have it already, which cannot, and the
    references of risks whose acceptance it suspends."""

    changing: int
    same: int
    refused: Sequence[Refused]
    shown: Sequence[Risk]
    token: str
    suspends: Sequence[str]

    @property
    def cannot(self) -> int:
        """How many cannot be changed."""
        return sum(len(refused.references) for refused in self.refused)


def check(selected: QuerySet[Risk], values: Mapping[str, Any], reason: str, by: User) -> Checked:
    """What would happen to the risks selected. `values` are by attname, as the database holds them."""
    can = selected.filter(state=Risk.State.OPEN)
    over = list(references(selected.exclude(state=Risk.State.OPEN)))
    changing = can.exclude(**values)
    versions = Risk.history.standing().filter(id__in=changing.order_by().values("pk"))
    seen = sorted(versions.values_list("id", "history_id"))
    stops = suspended(changing, values)
    said = {"by": by.pk, "values": dict(values), "reason": reason, "seen": seen, "suspends": stops}
    return Checked(
        changing=len(seen),
        same=can.filter(**values).count(),
        refused=[Refused(OVER, over)] if over else [],
        shown=list(changing.select_related(*related(values)).order_by("reference")[:SHOWN]),
        token=signing.dumps(said, salt=SALT, compress=True),
        suspends=stops,
    )


def do(token: str, by: User) -> Done:
    """Change what was checked, in one statement; raises TokenError, RefusedError, or NotDoneError."""
    checked = opened(token, by, SALT)
    seen: dict[int, int] = dict(checked["seen"])
    try:
        with transaction.atomic(), because(checked["reason"]):
            fresh, values = unmoved(seen, Risk), checked["values"]
            changing = Risk.objects.filter(pk__in=fresh, state=Risk.State.OPEN).exclude(**values)
            if set(suspended(changing, values)) - set(checked["suspends"]):
                raise NotDoneError(MORE)
            changed = changing.update(**values)
            connection.check_constraints()
    except IntegrityError as wrong:
        raise RefusedError(why(wrong)) from None
    return Done(changed, list(references(Risk.objects.filter(pk__in=seen.keys() - set(fresh)))))


def suspended(changing: QuerySet[Risk], values: Mapping[str, Any]) -> list[str]:
    """The references of those whose standing acceptance rests on what changes."""
    if not set(MATERIAL) & values.keys():
        return []
    answers: Any = Acceptance.objects.at(Moment.now())
    standing = answers.filter(state=AcceptanceState.STANDING)
    return list(references(changing.filter(pk__in=standing.values("risk_id"))))


def references(risks: QuerySet[Risk]) -> Any:
    """Their references, in order."""
    return risks.order_by("reference").values_list("reference", flat=True)


def related(values: Mapping[str, Any]) -> list[str]:
    """The records that these columns choose, so that the page can name those that are chosen now."""
    fields: list[Any] = [*Risk._meta.concrete_fields]
    return [each.name for each in fields if each.is_relation and each.attname in values]
