"""The three completions of an action and of a plan, as pages say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actions.models import Action, Completion, ProgressUpdate, Status
from actions.models.completion import CLAIMED
from actions.representations.plan import told

if TYPE_CHECKING:
    from governance.figures.moment import Moment, Scope
    from governance.figures.tiles import Tile

DONE = {"claimed": "Claimed to be done", "approved": "Approved", "verified": "Verified"}


@dataclass(frozen=True)
class Said:
    """What was found of a claim, and by which row it was taken back, if it was."""

    row: Completion
    taken_back: Completion | None

    @property
    def may_be_taken_back(self) -> bool:
        """Is it an approval or a verification that counts?"""
        return self.taken_back is None and self.row.kind != Completion.Kind.REFUSED


@dataclass(frozen=True)
class Completions:
    """Who is to approve, and what was found, at a moment."""

    who: str
    found: Sequence[Said]
    standing: ProgressUpdate | None

    @property
    def to_approve(self) -> bool:
        """Is something claimed of which nobody has approved it yet?"""
        claimed = self.standing is not None and self.standing.status in CLAIMED
        return claimed and not self._was(Completion.Kind.APPROVED)

    @property
    def to_verify(self) -> bool:
        """Is it completed, and nobody has verified it yet?"""
        completed = self.standing is not None and self.standing.status == Status.COMPLETED
        return completed and not self._was(Completion.Kind.VERIFIED)

    def _was(self, kind: Completion.Kind) -> bool:
        """Was this said of what stands, or does it stand by that very approval?"""
        counts = (said.row for said in self.found if not said.taken_back)
        return any(row.kind == kind and self._is_of(row) for row in counts)

    def _is_of(self, row: Completion) -> bool:
        now = self.standing
        if now is None or row.claim_id == now.pk:
            return now is not None
        same = (row.recorded_by_id, row.effective_on) == (now.recorded_by_id, now.effective_on)
        return same and row.kind == Completion.Kind.APPROVED


def completions_of(
    action: Action, rows: Iterable[Completion], standing: ProgressUpdate | None, moment: Moment
) -> Completions:
    """What was known and in effect at the moment, when that update stood."""
    known = [row for row in rows if row.known_at < moment.known_before and row.effective_on <= moment.as_at]
    taken_back = {row.corrects_id: row for row in known if row.void}
    found = [Said(row, taken_back.get(row.pk)) for row in known if not row.void]
    return Completions(action.approver_named, found, standing)


def done(counted: Iterable[Mapping[str, Any]], moment: Moment, scope: Scope) -> list[Tile]:
    """Claimed, approved and verified, side by side, as tiles that open the actions behind them."""
    rows = list(counted)
    return [told(key, sum(row[key] for row in rows), label, moment, scope) for key, label in DONE.items()]
