"""The scores of a risk as entries of its history, and where one crossed a line of its matrix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from django.utils import timezone

from governance.core.components import TimelineEntry
from governance.core.dates import long_date
from risks.models import Assessment


def scores_told(scores: Iterable[Assessment]) -> Iterator[TimelineEntry]:
    """Each score, when it was known: what it said, from which day, and why."""
    for each in scores:
        said, brought = _why(each), bool(each.source_document)
        yield TimelineEntry(_title(each), each.known_at, post=each.assessor, reason=said, day_only=brought)


def crossings_told(scores: Iterable[Assessment]) -> Iterator[TimelineEntry]:
    """Each current score that counts and lies on another side of a line than the one before it."""
    known = list(scores)
    struck = {each.corrects_id for each in known}
    live = [
        each
        for each in known
        if each.kind == Assessment.Kind.CURRENT and not each.void and each.pk not in struck
    ]
    live.sort(key=lambda each: (each.effective_on, each.place))
    for before, after in pairwise([None, *live]):
        if after and (words := _crossed(before, after)):
            yield TimelineEntry(words, after.known_at, day_only=bool(after.source_document))


def _crossed(before: Assessment | None, after: Assessment) -> str:
    """The line that was crossed, in words; "" where none was."""
    was, now = (_side(before) if before else 0), _side(after)
    if now > was:
        line = "tolerance" if now > 1 else "appetite"
        return f"Above {line} from {long_date(after.effective_on)}: escalated, unless it is accepted"
    if now < was:
        side = "above appetite, within tolerance" if now else "within appetite"
        return f"{side.capitalize()} again from {long_date(after.effective_on)}"
    return ""


def _side(score: Assessment) -> int:
    """How many lines of its own matrix a score lies above: none, appetite, or tolerance too."""
    matrix, rank = score.cell.matrix, score.cell.level.rank
    return (rank > matrix.appetite) + (rank > matrix.tolerance)


def _title(made: Assessment) -> str:
    kind = made.get_kind_display()
    if made.void:
        return f"{kind} score from {long_date(made.effective_on)}: it never happened"
    cell = made.cell
    put_right = " put right" if made.corrects_id else ""
    where = f"{cell.level} ({cell.likelihood} and {cell.impact} of {cell.matrix.size})"
    return f"{kind} score{put_right}: {where}, from {long_date(made.effective_on)}"


def _why(made: Assessment) -> str:
    """The reason, then why the target may be higher, and when it was recorded if that was later."""
    known, recorded = (timezone.localdate(each) for each in (made.known_at, made.recorded_at))
    said = [made.reason, made.waiver and f"Above the current score: {made.waiver}"]
    if known != recorded:
        document = f" from {made.source_document}" if made.source_document else ""
        said.append(f"Recorded on {long_date(recorded)}{document}")
    return ". ".join(each.rstrip(". ") for each in said if each)
