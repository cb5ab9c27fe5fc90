"""What waits in this room, for Home and the daily mail: open clocks of incidents, and acceptances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from governance.people.waiting import Waiting, references, waits
from risks.figures import acceptance as figures
from risks.models import KNOWING, OPEN_CLOCKS, Acceptance, AcceptanceRequest, AcceptanceState, Risk
from risks.models.incident_clock import days_left
from risks.representations.incident_clock import clock_words, open_clocks_of

if TYPE_CHECKING:
    from governance.figures.figure import Figure
    from governance.people.models import User

CHANGED = "changed since the acceptance, which is suspended"
FIGURES = {
    AcceptanceState.SUSPENDED: ("acceptance_suspended", CHANGED, figures.suspended),
    AcceptanceState.EXPIRED: ("acceptance_expired", "whose acceptance has run out", figures.expired),
}


@waits(clocks="Incidents with an open clock", always=True, only_for=KNOWING)
def clocks(person: User) -> Iterator[Waiting]:
    """Incidents that may have to be reported, nothing being decided yet: no word of what happened.

    Said anew each day while the 72 hours run, and once they are over.
    """
    if found := list(open_clocks_of(person)):
        left = "; ".join(f"{each.reference}: {clock_words(each)}" for each in found)
        words = f"{len(found)} incident{pluralize(found)} with an open 72-hour clock ({left})"
        path = reverse("risks:incidents", query={"clock": [str(clock) for clock in OPEN_CLOCKS]})
        stages = tuple(f"{each.reference}: {days_left(each.aware_at, timezone.now())}" for each in found)
        yield Waiting("clocks", words, path, tuple(each.reference for each in found), stages)


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
    number = f"{len(found)} risk{pluralize(found)}"
    one = reverse("risks:risk", args=[found[0]])
    path = one if len(found) == 1 else figure.address(Moment.now(), Scope())
    return Waiting(kind, f"{number} {words}", path, found)
