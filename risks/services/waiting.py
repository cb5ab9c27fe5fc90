"""What waits in this room, for Home and the daily mail: open clocks of incidents, acceptances over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from governance.figures.moment import Moment, Scope
from governance.people.models import Role
from governance.people.waiting import Waiting, waits
from risks.figures import acceptance as figures
from risks.models import KNOWING, OPEN_CLOCKS, Acceptance, AcceptanceState, Risk
from risks.models.incident_clock import days_left
from risks.representations.acceptance_since import changes_since, open_to
from risks.representations.incident_clock import clock_words, open_clocks_of

if TYPE_CHECKING:
    from governance.figures.figure import Figure
    from governance.people.models import User

TOLD = 3  # of how many risks it is said what has changed; the page has the others
CHANGED = "changed since the acceptance, which is suspended"
FIGURES = {
    AcceptanceState.SUSPENDED: ("acceptance_suspended", CHANGED, figures.suspended),
    AcceptanceState.EXPIRED: ("acceptance_expired", "whose acceptance has run out", figures.expired),
}


@waits(clocks="Incidents with an open clock", always=True, only_for=KNOWING)
def clocks(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """Incidents that may have to be reported, nothing being decided yet: no word of what happened.

    Said anew each day while the 72 hours run, and once they are over.
    """
    yield (open_clocks := open_clocks_of(person))
    if found := list(open_clocks):
        left = "; ".join(f"{each.reference}: {clock_words(each)}" for each in found)
        words = f"{len(found)} incident{pluralize(found)} with an open 72-hour clock ({left})"
        path = reverse("risks:incidents", query={"clock": [str(clock) for clock in OPEN_CLOCKS]})
        stages = tuple(f"{each.reference}: {days_left(each.aware_at, timezone.now())}" for each in found)
        yield Waiting("clocks", words, path, tuple(each.reference for each in found), stages)


@waits(
    acceptance_suspended="Acceptances that are suspended", acceptance_expired="Acceptances that have run out"
)
def suspended(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """For the senior information risk owner, who accepted and who owns the risk: it has changed since, or its
    day is past."""
    moment = Moment.now()
    answers: Any = Acceptance.objects.filter(risk__state=Risk.State.OPEN).at(moment)
    if not person.holds(Role.SIRO):
        theirs = Q(recorded_by=person, risk__in=Risk.objects.visible_to(person))
        answers = answers.filter(Q(risk__owner__in=person.posts()) | theirs)
    over = answers.filter(state__in=FIGURES).with_changes(moment).order_by("risk__reference")
    yield (over := over.select_related("risk", "assessment__cell__level"))
    found: dict[str, list[Any]] = {}
    for answer in over:
        found.setdefault(answer.state, []).append(answer)
    for state, about in sorted(found.items()):
        kind, words, figure = FIGURES[AcceptanceState(state)]
        what = changed_of(about, person) if state == AcceptanceState.SUSPENDED else ""
        yield waiting(kind, tuple(each.risk.reference for each in about), f"{words}{what}", figure)


def changed_of(answers: list[Any], person: User) -> str:
    """What has changed of each, in brackets: " (IR-0042: owner was …; and 2 more)"."""
    may_open = open_to(person, answers)
    told = [f"{each.risk.reference}: {', '.join(changes_since(each, may_open))}" for each in answers[:TOLD]]
    if len(answers) > TOLD:
        told.append(f"and {len(answers) - TOLD} more")
    return f" ({'; '.join(told)})"


def waiting(kind: str, found: tuple[str, ...], words: str, figure: Figure[Any]) -> Waiting:
    """One line: how many risks, what of them, and the page: the risk itself, or the figure's rows."""
    number = f"{len(found)} risk{pluralize(found)}"
    one = reverse("risks:risk", args=[found[0]])
    path = one if len(found) == 1 else figure.address(Moment.now(), Scope())
    return Waiting(kind, f"{number} {words}", path, found)
