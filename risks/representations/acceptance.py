"""What the page of a risk says of its acceptance at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from governance.people.registers.versions import instant_of
from risks.models import Acceptance, AcceptanceState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from governance.figures.moment import Moment
    from risks.models import AcceptanceRequest, Risk

IN_FORCE = (AcceptanceState.STANDING, AcceptanceState.SUSPENDED, AcceptanceState.EXPIRED)


@dataclass(frozen=True)
class Answered:
    """An answer, and what had become of it."""

    answer: Acceptance
    state: AcceptanceState

    @property
    def words(self) -> str:
        """Where it stands."""
        return self.state.label


@dataclass(frozen=True)
class Accepted:
    """The answers by then, the latest first; and what waits for an answer."""

    answers: Sequence[Answered]
    waiting: AcceptanceRequest | None

    @classmethod
    def of(cls, risk: Risk, moment: Moment) -> Accepted:
        """Two queries."""
        found: Any = risk.acceptances.at(moment).for_history()
        told = [Answered(each, AcceptanceState(each.state)) for each in found]
        return cls(told, risk.acceptance_requests.unanswered(instant_of(moment)).first())

    @property
    def standing(self) -> Answered | None:
        """What the council bears, has to look at again, or bore last; None where nothing is in force."""
        return next((each for each in self.answers if each.state in IN_FORCE), None)

    @property
    def refused(self) -> Answered | None:
        """The last answer, where it was a refusal."""
        last = self.answers[0] if self.answers else None
        return last if last and last.state == AcceptanceState.REFUSED else None
