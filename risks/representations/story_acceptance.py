"""What was asked, answered and taken back of a risk, and what became of each answer by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from governance.core.components import TimelineEntry
from governance.core.dates import end_of_day, long_date
from risks.models import Acceptance
from risks.representations.acceptance_since import suspended_at

if TYPE_CHECKING:
    from risks.models import Risk


def requests_told(risk: Risk) -> Iterator[TimelineEntry]:
    """Each time that somebody asked for it to be accepted. One query."""
    for each in risk.acceptance_requests.all():
        yield TimelineEntry(
            "Asked for it to be accepted", each.recorded_at, post=each.recorded_as, reason=each.reason
        )


def answers_told(answers: Iterable[Acceptance]) -> Iterator[TimelineEntry]:
    """Each answer (read `for_history`), with its end, its running out and what suspended it."""
    known = sorted(answers, key=lambda each: each.pk)
    for answer, later in pairwise([*known, None]):
        assert answer is not None
        yield from _became(answer, later)
        yield TimelineEntry(_title(answer), answer.recorded_at, post=answer.recorded_as, reason=_why(answer))


def _became(answer: Any, later: Acceptance | None) -> Iterator[TimelineEntry]:
    """What ended an acceptance, or suspended it while it was borne."""
    if answer.until is None:
        return
    end, over = getattr(answer, "end", None), end_of_day(answer.until)
    left = [end.recorded_at] if end else []
    left += [later.recorded_at] if later else []
    if end:
        yield TimelineEntry("Acceptance taken back", end.recorded_at, post=end.recorded_as, reason=end.reason)
    suspended = suspended_at(answer)
    if suspended and _first(suspended, [*left, over]):
        yield TimelineEntry("Acceptance suspended, since the risk has changed", suspended)
    if _first(over, left):
        yield TimelineEntry(f"The acceptance ran out on {long_date(answer.until)}", over)


def _first(when: datetime, others: Iterable[datetime]) -> bool:
    """Did it happen before all the others?"""
    return all(when < other for other in others)


def _title(answer: Acceptance) -> str:
    if answer.until is None:
        return "Acceptance refused"
    return f"Accepted until {long_date(answer.until)}"


def _why(answer: Acceptance) -> str:
    """The reason, the conditions, and which score was answered."""
    said = [answer.reason, answer.conditions and f"Conditions: {answer.conditions}"]
    said.append(f"The score that was answered: {answer.assessment}")
    return ". ".join(each.rstrip(". ") for each in said if each)
