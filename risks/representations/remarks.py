"""What follows from a score that was just recorded, in sentences for whoever recorded it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from governance.core.dates import long_date
from governance.figures.moment import Moment
from risks.models import Assessment

if TYPE_CHECKING:
    from risks.models import Risk


def remarks(made: Assessment) -> list[str]:
    """That another score still stands, and that the target is above the current score. Two queries."""
    standing = standing_of(made.risk)
    return [*still_stands(made, standing.get(made.kind)), *target_above(standing)]


def standing_of(risk: Risk) -> dict[str, Assessment]:
    """The score of each kind that stands now."""
    found = risk.assessments.standing(Moment.now()).select_related("cell__level")
    return {each.kind: each for each in found}


def still_stands(made: Assessment, standing: Assessment | None) -> Iterator[str]:
    """A sentence where what was recorded is not what stands now."""
    kind = made.get_kind_display().lower()
    if made.void and standing is None:
        yield f"No {kind} score stands any more"
    elif standing is not None and standing.pk != made.pk:
        since = long_date(standing.effective_on)
        yield f"The {kind} score that stands is {standing.cell.level}, from {since}"


def target_above(standing: dict[str, Assessment]) -> Iterator[str]:
    """A sentence where the target is above the current score, both under one matrix, and nobody said why."""
    target, current = (standing.get(kind) for kind in (Assessment.Kind.TARGET, Assessment.Kind.CURRENT))
    if target and current and not target.waiver and is_above(target, current):
        yield (
            f"The target, {target.cell.level}, is now above the current score, which is "
            f"{current.cell.level}. Score the target again, or say why it may be"
        )


def is_above(one: Assessment, other: Assessment) -> bool:
    """Is a score above another of the same matrix? By the level, then likelihood times impact."""
    same = one.cell.matrix_id == other.cell.matrix_id
    return same and (one.cell.level.rank, one.score) > (other.cell.level.rank, other.score)
