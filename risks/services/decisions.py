"""What waits for a decision on risks, for Home and the daily mail: asked together, since Home asks much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, F, Value
from django.template.defaultfilters import pluralize
from django.urls import reverse

from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from governance.people.waiting import Waiting, waits
from risks.figures import acceptance, escalation, promotion
from risks.models import ACCEPTORS, TOLD
from risks.permissions.acceptance import to_be_answered_by
from risks.permissions.escalation import escalated_to
from risks.services.waiting import waiting

if TYPE_CHECKING:
    from governance.people.models import User


@waits(
    acceptance_asked="Risks that wait to be accepted or refused",
    escalated="Risks that are escalated",
    promotions="Critical assets without a risk on the register",
)
def decisions(person: User) -> Iterator[Waiting]:
    """For the senior information risk owner, or whom the rules name: what others ask to have accepted, and
    what is escalated to them. For who owns them: assets that must have a risk on the register. One query."""
    found: dict[str, list[str]] = {}
    for kind, reference in sorted(_asked(person)):
        found.setdefault(kind, []).append(reference)
    if asked := found.get("acceptance_asked"):
        yield waiting("acceptance_asked", tuple(asked), "to accept or refuse", acceptance.asked)
    if escalated := found.get("escalated"):
        yield waiting("escalated", tuple(escalated), "escalated", escalation.escalated)
    if assets := found.get("promotions"):
        words = f"{len(assets)} critical asset{pluralize(assets)} of yours without a risk on the register"
        yield Waiting("promotions", words, reverse("risks:promotions"), tuple(assets))


def _asked(person: User) -> list[tuple[str, str]]:
    """Each kind with a reference that waits for this person."""
    parts: list[Any] = []
    if person.holds_any(Role.SIRO, *ACCEPTORS):
        parts.append(_pairs("acceptance_asked", to_be_answered_by(person), "risk__reference"))
    if person.holds_any(*TOLD):
        parts.append(_pairs("escalated", escalated_to(person), "reference"))
    if person.posts():
        assets = promotion.missing_assets(Moment.now(), Scope()).filter(owner_id__in=person.posts())
        parts.append(_pairs("promotions", assets, "reference"))
    if not parts:
        return []
    first, *others = parts
    return list(first.union(*others))


def _pairs(kind: str, rows: Any, path: str) -> Any:
    return rows.order_by().values_list(Value(kind, output_field=CharField()), F(path))
