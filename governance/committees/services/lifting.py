"""Lifting an exemption: a new public version of an issued paper, linked to it. What was issued stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from governance.committees import withheld
from governance.committees.models import Edition, Exemption, Paper
from governance.committees.models.ledger import fingerprint
from governance.committees.services.files import ask_for_files
from governance.committees.services.parting import leaked
from governance.core.dates import today
from governance.core.steps import StepError

if TYPE_CHECKING:
    from governance.committees.models import Resolution
    from governance.people.models import User

NEVER = "Confidential information is not lifted here: only who forbids its disclosure can allow it"


def lift(
    exemption: Exemption,
    *,
    decided: str,
    resolution: Resolution | None,
    reason: str,
    by: User,
    looked: bool = False,
    doubts: Sequence[str] | None = None,
) -> Edition:
    """Publish what was withheld, by the proper officer's decision or the meeting's resolution.

    `looked` says that a person judged what no program can: `doubts`, where whoever calls has found them and
    holds the paper since. Raises StepError for what is confidential, lifted already, would tell what is still
    withheld, or was not judged.
    """
    if exemption.is_confidential:
        raise StepError(NEVER)
    with transaction.atomic():
        paper = Paper.objects.locked().get(pk=exemption.paper_id)
        before = list(paper.editions.public())
        if any(each.lifts_id == exemption.pk for each in before):
            raise StepError("This exemption has been lifted already")
        told = {"of": exemption.of, "decided": decided, "reason": reason, "on": today().isoformat()}
        told |= _resolved(resolution)
        if doubts is None:
            doubts = [each.words for each in withheld.doubts_of_lifting(exemption)]
        content = _content(paper, exemption, before, told | _judged(doubts, looked=looked))
        edition = Edition.objects.create(
            paper=paper,
            kind=Edition.Kind.LIFTED,
            number=len(before) + 1,
            made_by=by,
            made_as=by.post_title,
            content=content,
            content_sha256=fingerprint(content),
            lifts=exemption,
            decided=decided,
            resolution=resolution,
            reason=reason,
        )
        ask_for_files(paper, edition)
    return edition


def _content(
    paper: Paper, exemption: Exemption, before: list[Edition], told: dict[str, Any]
) -> dict[str, Any]:
    """The public content with it, and why. Raises StepError where that tells what is still withheld."""
    public = before[-1].content if before else paper.issue.content
    apart = paper.editions.part_2().get().content
    published = {exemption.pk, *(each.lifts_id for each in before if each.lifts_id)}
    rows = withheld.marks_of(paper).rows_without(published)
    content = withheld.lifted(public, apart, exemption, rows)
    content["lifted"] = [*public.get("lifted", ()), told]
    if not paper.exemptions.exclude(pk__in=published).exists():
        content.pop("part_2", None)  # nothing is kept from the public any more
    if wrong := leaked(paper, content, withheld.still_withheld(apart, published)):
        raise StepError(wrong)
    return content


def _judged(doubts: Sequence[str], *, looked: bool) -> dict[str, list[str]]:
    """What only a person can judge, as the new version prints it. Raises StepError where nobody has."""
    if doubts and not looked:
        raise StepError(
            f"{'. '.join(doubts)}. Look yourself for what is still withheld, and say so", "looked"
        )
    return {"looked": list(doubts)} if doubts else {}


def _resolved(resolution: Resolution | None) -> dict[str, str]:
    return {"resolution": str(resolution)} if resolution else {}
