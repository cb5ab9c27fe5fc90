"""Which state may follow which in the life of an entry, and what a state means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assets.models.asset import Asset

State = Asset.State

# The one table of steps. Disposal and transfer are decided and certified before the entry says so.
STEPS: Mapping[str, Sequence[State]] = {
    State.DRAFT: (State.LIVE, State.WITHDRAWN),
    State.LIVE: (State.UNDER_REVIEW, State.TO_BE_DISPOSED, State.WITHDRAWN),
    State.UNDER_REVIEW: (State.LIVE, State.TO_BE_DISPOSED, State.WITHDRAWN),
    State.TO_BE_DISPOSED: (State.LIVE, State.UNDER_REVIEW, State.DISPOSED, State.TRANSFERRED),
    State.DISPOSED: (),
    State.TRANSFERRED: (),
    State.WITHDRAWN: (State.LIVE,),
}
# The entry is over: it stays readable and is not changed.
CLOSED = (State.DISPOSED, State.TRANSFERRED, State.WITHDRAWN)
# Reached by a certified disposal alone (domain.md 1.6).
BY_DISPOSAL = (State.DISPOSED, State.TRANSFERRED)
MEANINGS: Mapping[str, str] = {
    State.DRAFT: "Proposed, and not on the register yet",
    State.LIVE: "On the register",
    State.UNDER_REVIEW: "On the register, while somebody looks into it",
    State.TO_BE_DISPOSED: "On the register, until its disposal is decided and carried out",
    State.DISPOSED: "The information was destroyed; the entry is kept",
    State.TRANSFERRED: "The information went elsewhere; the entry is kept",
    State.WITHDRAWN: "Entered in error or proposed in vain; the entry is kept",
}


def steps_from(state: str) -> Sequence[State]:
    """The states that may follow."""
    return STEPS.get(state, ())


def refused(state: str, to: str) -> str:
    """Why an entry cannot take that step, in words that follow its reference; "" where it can."""
    if to in steps_from(state):
        return ""
    following = [step.label.lower() for step in steps_from(state)]
    what = " or ".join(following) if following else "no other state"
    return f"is {State(state).label.lower()}: it can become {what}, not {State(to).label.lower()}"
