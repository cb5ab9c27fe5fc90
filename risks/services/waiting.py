"""What waits in the register of risks, for Home and the daily mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from governance.people.waiting import Waiting, references, waits
from risks.figures import acceptance as figures
from risks.models import Acceptance, AcceptanceRequest, AcceptanceState, Risk

if TYPE_CHECKING:
    from governance.figures.figure import Figure
    from governance.people.models import User

CHANGED = "changed since the acceptance, which is suspended"
FIGURES = {
    AcceptanceState.SUSPENDED: ("acceptance_suspended", CHANGED, figures.suspended),
    AcceptanceState.EXPIRED: ("acceptance_expired", "whose acceptance has run out", figures.expired),
}


@waits(acceptance_asked="Risks that wait to be accepted or refused")
def asked(person: User) -> Iterator[Waiting]:
    """For the senior information risk owner: what others ask to have accepted."""
    if person.holds(Role.SIRO):
        found = references(AcceptanceRequest.objects.unanswered(), "risk__reference")
        if found:
            yield waiting("acceptance_asked", found, "to accept or refuse", figures.asked)


@waits(
    acceptance_suspended="Acceptances that are suspended", acceptance_expired="Acceptances that have run out"
)
def suspended(person: User) -> Iterator[Waiting]:
    """For who accepted and for who owns the risk: it has changed since, or its day is past."""
    moment = Moment.now()
    mine: Any = Risk.objects.filter(state=Risk.State.OPEN)
    if not person.holds(Role.SIRO):
        mine = mine.filter(owner__in=person.posts())
    answers: Any = Acceptance.objects.filter(risk__in=mine).at(moment).order_by("risk__reference")
    over = answers.filter(state__in=FIGURES).values_list("state", "risk__reference").distinct()
    found: dict[str, list[str]] = {}
    for state, reference in over:
        found.setdefault(state, []).append(reference)
    for state, about in sorted(found.items()):
        kind, words, figure = FIGURES[AcceptanceState(state)]
        yield waiting(kind, tuple(about), words, figure)


def waiting(kind: str, found: tuple[str, ...], words: str, figure: Figure[Any]) -> Waiting:
    """One line: how many risks, what of them, and the page: the risk itself, or the figure's rows."""
    number = f"{len(found)} risk{'' if len(found) == 1 else 's'}"
    one = reverse("risks:risk", args=[found[0]])
    path = one if len(found) == 1 else figure.address(Moment.now(), Scope())
    return Waiting(kind, f"{number} {words}", path, found)
