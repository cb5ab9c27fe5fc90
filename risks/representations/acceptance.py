"""What the page of a risk says of its acceptance at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from governance.people.models import Role
from governance.people.registers.versions import instant_of
from risks.models import Acceptance, AcceptanceState
from risks.representations.acceptance_since import changes_since, open_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from governance.figures.moment import Moment
    from governance.people.models import User
    from risks.models import AcceptanceRequest, Risk

BECAME = {
    AcceptanceState.STANDING: "it stands",
    AcceptanceState.SUSPENDED: "it is suspended, since the risk has changed",
    AcceptanceState.EXPIRED: "it has run out",
    AcceptanceState.ENDED: "it was taken back",
    AcceptanceState.REPLACED: "a later answer took its place",
    AcceptanceState.REFUSED: "it stands",
}
IN_FORCE = (AcceptanceState.STANDING, AcceptanceState.SUSPENDED, AcceptanceState.EXPIRED)


@dataclass(frozen=True)
class Answered:
    """An answer, and what had become of it."""

    answer: Acceptance
    state: AcceptanceState
    since: Sequence[str] = ()  # of one that is suspended: what has changed, in short phrases

    @property
    def words(self) -> str:
        """Where it stands."""
        return self.state.label

    @property
    def became(self) -> str:
        """What has become of it, as the end of a sentence: "it is suspended, since the risk has changed"."""
        return BECAME[self.state]


@dataclass(frozen=True)
class Accepted:
    """The answers by then, the latest first; and what waits for an answer."""

    answers: Sequence[Answered]
    waiting: AcceptanceRequest | None

    @classmethod
    def of(cls, risk: Risk, moment: Moment, person: User) -> Accepted:
        """Two queries, and one more where what has changed is an asset."""
        found: Any = list(risk.acceptances.for_history(moment))
        changed = [each for each in found if each.state == AcceptanceState.SUSPENDED]
        may_open = open_to(person, changed)
        told = [
            Answered(
                each, AcceptanceState(each.state), changes_since(each, may_open) if each in changed else ()
            )
            for each in found
        ]
        return cls(told, risk.acceptance_requests.unanswered(instant_of(moment)).first())

    @property
    def recorded(self) -> list[Acceptance]:
        """The answers as they were recorded, the latest first."""
        return [each.answer for each in self.answers]

    @property
    def standing(self) -> Answered | None:
        """What the council bears, has to look at again, or bore last; None where nothing is in force."""
        return next((each for each in self.answers if each.state in IN_FORCE), None)

    @property
    def last_word(self) -> bool:
        """Did the senior information risk owner have the last word, so that only they answer again today?"""
        last = self.answers[0] if self.answers else None
        if last is None:
            return False
        by_siro = last.answer.given_as == Role.SIRO
        if last.state == AcceptanceState.ENDED:
            return by_siro or last.answer.end.recorded_by_id != last.answer.recorded_by_id
        return by_siro and last.state != AcceptanceState.EXPIRED

    @property
    def refused(self) -> Answered | None:
        """The last answer, where it was a refusal."""
        last = self.answers[0] if self.answers else None
        return last if last and last.state == AcceptanceState.REFUSED else None
