"""What is looked at before a risk is closed, withdrawn or merged: what is still open of it, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from governance.core.dates import long_date
from governance.figures.moment import Moment
from risks.models import Assessment, Risk
from risks.representations.acceptance import Accepted
from risks.representations.remarks import is_above, standing_of

if TYPE_CHECKING:
    from governance.people.models import User

CHANGED = "What is still open of this risk has changed. Look at it again"


def before_closing(risk: Risk, person: User) -> list[str]:
    """Actions that are not done, what waits for an answer or was accepted, a target that is not reached."""
    return [*actions_not_done(risk, person), *accepted_or_asked(risk, person), *target_not_reached(risk)]


def token_of(sentences: list[str]) -> str:
    """What was shown, as a form carries it; "" for nothing."""
    return sha256("\n".join(sentences).encode()).hexdigest()[:16] if sentences else ""


def actions_not_done(risk: Risk, person: User) -> Iterator[str]:
    """The actions against it that are not done, by their names where the person may open them."""
    links: Any = risk.action_links.unfinished()
    seen = [str(link.action) for link in links.with_actions_of(person).order_by("action__reference")]
    hidden = links.count() - len(seen)
    yield from (f"{name} is not done" for name in seen)
    if hidden:
        noun, verb = ("action", "is") if hidden == 1 else ("actions", "are")
        yield f"{hidden} {noun} that you may not open {verb} not done"


def accepted_or_asked(risk: Risk, person: User) -> Iterator[str]:
    """A request that nobody has answered, and an acceptance that is in force."""
    found = Accepted.of(risk, Moment.now(), person)
    if asked := found.waiting:
        yield (
            f"{asked.recorded_as} asked on {long_date(asked.recorded_at)} for it to be accepted. Nobody has "
            "answered yet: this ends the request"
        )
    if standing := found.standing:
        until = standing.answer.until
        assert until is not None  # the database keeps it of what is accepted
        words = standing.words.lower()
        yield f"It was accepted until {long_date(until)} ({words}): then it is borne by nobody"


def target_not_reached(risk: Risk) -> Iterator[str]:
    """That the current score is above the target, where both are under one matrix."""
    scores = standing_of(risk)
    current, target = (scores.get(kind) for kind in (Assessment.Kind.CURRENT, Assessment.Kind.TARGET))
    if current and target and is_above(current, target):
        yield f"The current score, {current.cell.level}, is above the target, {target.cell.level}"
