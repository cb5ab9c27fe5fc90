"""What waits for a decision on risks, for Home and the daily mail: asked together, since Home asks much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists, F, OuterRef, Value
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from governance.people.waiting import Waiting, waits
from risks.figures import acceptance, escalation, promotion
from risks.models import ACCEPTORS, TOLD, Acceptance, AcceptanceRequest, AcceptanceState, Risk
from risks.permissions.acceptance import to_be_answered_by
from risks.permissions.escalation import escalated_to
from risks.services.waiting import waiting

if TYPE_CHECKING:
    from governance.people.models import User


TOLD_FOR = timedelta(days=14)
# What was answered, by its kind, after "1 risk".
ANSWERED = {
    "acceptance_refused": "of yours refused: look at the answer, and act on it or ask again",
    "acceptance_given": "of yours accepted in the last two weeks",
}


@waits(
    acceptance_asked="Risks that wait to be accepted or refused",
    escalated="Risks that are escalated",
    acceptance_refused="Your risks that were refused acceptance",
    acceptance_given="Your risks that were accepted of late",
    promotions="Critical assets without a risk on the register",
)
def decisions(person: User) -> Iterator[Waiting]:
    """For the senior information risk owner, or whom the rules name: what others ask to have accepted, and
    what is escalated to them. For who owns them: the answers to what was asked, and assets that must have a
    risk on the register. One query."""
    found: dict[str, list[str]] = {}
    for kind, reference in sorted(_asked(person)):
        found.setdefault(kind, []).append(reference)
    if asked := found.get("acceptance_asked"):
        yield waiting("acceptance_asked", tuple(asked), "to accept or refuse", acceptance.asked)
    if escalated := found.get("escalated"):
        yield waiting("escalated", tuple(escalated), "escalated", escalation.escalated)
    for kind, words in ANSWERED.items():
        if answered := found.get(kind):
            said = waiting(kind, tuple(answered), words, acceptance.accepted)
            refused = kind == "acceptance_refused" and len(answered) > 1  # no figure opens those
            yield replace(said, path=reverse("risks:list")) if refused else said
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
        for kind, answers in _answered(person).items():
            parts.append(_pairs(kind, answers, "risk__reference"))
        assets = promotion.missing_assets(Moment.now(), Scope()).filter(owner_id__in=person.posts())
        parts.append(_pairs("promotions", assets, "reference"))
    if not parts:
        return []
    first, *others = parts
    return list(first.union(*others))


def _answered(person: User) -> dict[str, Any]:
    """The last answers about risks that this person's posts own. A refusal stays until it is acted on: asked
    again, scored or treated otherwise, or closed. An acceptance is told for a fortnight."""
    moment = Moment.now()
    again = AcceptanceRequest.objects.filter(risk=OuterRef("risk"), recorded_at__gt=OuterRef("recorded_at"))
    later = Acceptance.objects.filter(risk=OuterRef("risk"), pk__gt=OuterRef("pk"))
    mine: Any = Acceptance.objects.at(moment).exclude(recorded_by=person)
    mine = mine.filter(risk__owner__in=person.posts(), risk__state=Risk.State.OPEN)
    refused = mine.filter(~Exists(again), ~Exists(later), state=AcceptanceState.REFUSED, changed=False)
    since = timezone.now() - TOLD_FOR
    given = mine.filter(state=AcceptanceState.STANDING, recorded_at__gte=since)
    return {"acceptance_refused": refused, "acceptance_given": given}


def _pairs(kind: str, rows: Any, path: str) -> Any:
    return rows.order_by().values_list(Value(kind, output_field=CharField()), F(path))
