"""The three completions of an action and of a plan, as pages say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import pluralize
from django.utils.text import get_text_list

from actions.models import Action, Completion, ProgressUpdate, Status
from actions.representations.plan import told
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from governance.figures.moment import Scope
    from governance.figures.tiles import Tile

DONE = {"claimed": "Claimed to be done", "approved": "Approved", "verified": "Verified"}
NAMED = 5  # of the actions that a sentence is about


def some_of(references: Sequence[str]) -> str:
    """The first of these references, and how many others there are."""
    more = len(references) - NAMED
    others = [f"{more} other{pluralize(more)}"] if more > 0 else []
    return get_text_list([*references[:NAMED], *others], "and")


@dataclass(frozen=True)
class Said:
    """What was found of a claim, and by which row it was taken back, if it was."""

    row: Any  # with `counts`, whether the figures count it at the moment, and `reopened_on`
    taken_back: Completion | None

    @property
    def may_be_taken_back(self) -> bool:
        """Is it an approval or a verification that counts?"""
        return self._was_given and self.row.counts

    @property
    def stands_no_longer(self) -> bool:
        """Was it given of a claim that ended since?"""
        return self._was_given and not self.row.counts

    @property
    def _was_given(self) -> bool:
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
        status = self.standing and self.standing.status
        if status == Status.AWAITING_APPROVAL:
            return True
        return status == Status.COMPLETED and not self._was(Completion.Kind.APPROVED)

    @property
    def to_verify(self) -> bool:
        """Is it completed, and nobody has verified it yet?"""
        completed = self.standing is not None and self.standing.status == Status.COMPLETED
        return completed and not self._was(Completion.Kind.VERIFIED)

    def _was(self, kind: Completion.Kind) -> bool:
        """Was this said of the claim that stands, as the figures count it?"""
        return any(said.row.kind == kind and said.row.counts for said in self.found)


@dataclass(frozen=True)
class Claim:
    """What is claimed of an action that somebody approves or verifies: the update that said so, and the
    approval that it was given, if any."""

    update: ProgressUpdate
    approval: Completion | None


def claim_of(action: Action, standing: ProgressUpdate) -> Claim:
    """The claim as it was put right since. An approval completes the action in the words of who approved:
    what was claimed is the update before. Two queries at most."""
    now = Moment.now()
    given = Completion.objects.which(Completion.Kind.APPROVED, now).filter(action=action)
    approval = given.select_related("claim").order_by("-pk").first()
    if approval is None:
        return Claim(standing, None)
    own = action.updates.live(now).filter(place=approval.claim.place).first()
    return Claim(own or approval.claim, approval)


def completions_of(
    action: Action, rows: Iterable[Any], standing: ProgressUpdate | None, moment: Moment
) -> Completions:
    """What was known and in effect at the moment, when that update stood. `rows` are those of `for_story` at
    it."""
    known = [row for row in rows if row.known_at < moment.known_before and row.effective_on <= moment.as_at]
    taken_back = {row.corrects_id: row for row in known if row.void}
    found = [Said(row, taken_back.get(row.pk)) for row in known if not row.void]
    return Completions(action.approver_named, found, standing)


def done(counted: Iterable[Mapping[str, Any]], moment: Moment, scope: Scope) -> list[Tile]:
    """Claimed, approved and verified, side by side, as tiles that open the actions behind them."""
    rows = list(counted)
    return [told(key, sum(row[key] for row in rows), label, moment, scope) for key, label in DONE.items()]
