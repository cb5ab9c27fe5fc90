"""The three completions of an action and of a plan, as pages say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actions.models import Action, Completion
from actions.representations.plan import told

if TYPE_CHECKING:
    from governance.figures.moment import Moment, Scope
    from governance.figures.tiles import Tile

DONE = {"claimed": "Claimed to be done", "approved": "Approved", "verified": "Verified"}


@dataclass(frozen=True)
class Completions:
    """Who is to approve, and what was found, at a moment."""

    who: str
    found: Sequence[Completion]


def completions_of(action: Action, rows: Iterable[Completion], moment: Moment) -> Completions:
    """What was known and in effect at the moment."""
    known = [row for row in rows if row.known_at < moment.known_before and row.effective_on <= moment.as_at]
    return Completions(action.approver_named, known)


def done(counted: Iterable[Mapping[str, Any]], moment: Moment, scope: Scope) -> list[Tile]:
    """Claimed, approved and verified, side by side, as tiles that open the actions behind them."""
    rows = list(counted)
    return [told(key, sum(row[key] for row in rows), label, moment, scope) for key, label in DONE.items()]
