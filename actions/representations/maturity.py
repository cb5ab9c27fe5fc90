"""Assessments of maturity as pages show them: each area with its level and target, and what moved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from actions.models import ActionArea, ProgressUpdate, Status
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actions.models import MaturityArea, MaturityAssessment, MaturityScore
    from governance.people.models import User


@dataclass(frozen=True)
class AreaRow:
    """One area: what stands, or nothing where it was given no level."""

    area: MaturityArea
    score: MaturityScore | None

    @property
    def gap(self) -> int:
        """How many levels lie between the level and the target; 0 where it is reached or there is none."""
        if self.score is None or self.score.target is None:
            return 0
        return max(self.score.target.number - self.score.level.number, 0)


def area_rows(areas: Sequence[MaturityArea], scores: Sequence[MaturityScore]) -> list[AreaRow]:
    """Every area of the model with its score."""
    found = {score.area_id: score for score in scores}
    return [AreaRow(area, found.get(area.pk)) for area in areas]


@dataclass(frozen=True)
class Compared:
    """An area in two assessments, with the actions completed in between that improve it."""

    area: MaturityArea
    earlier: MaturityScore | None
    later: MaturityScore | None
    actions: Sequence[ProgressUpdate] = ()
    closed_to_reader: int = 0

    @property
    def moved(self) -> int:
        """By how many levels, down below 0; 0 where either gave it none."""
        if self.earlier is None or self.later is None:
            return 0
        return self.later.level.number - self.earlier.level.number

    @property
    def told(self) -> str:
        """The movement in words."""
        if not self.earlier or not self.later:
            missing = [
                word for word, row in (("earlier", self.earlier), ("later", self.later)) if row is None
            ]
            return f"No level in the {' and the '.join(missing)} one"
        way = "Up" if self.moved > 0 else "Down"
        return f"{way} {abs(self.moved)}" if self.moved else "No change"

    @property
    def unexplained(self) -> bool:
        """Did it move although no action that improves it was completed in between?"""
        return bool(self.moved) and not self.actions and not self.closed_to_reader


def compare(
    areas: Sequence[MaturityArea],
    scores: tuple[Sequence[MaturityScore], Sequence[MaturityScore]],
    completed: dict[int, _Completed],
) -> list[Compared]:
    """Every area of the model in the earlier and the later of two assessments; see `completed_between`."""
    earlier, later = ({score.area_id: score for score in each} for each in scores)
    none = _Completed()
    return [
        Compared(
            area,
            earlier.get(area.pk),
            later.get(area.pk),
            completed.get(area.pk, none).open,
            completed.get(area.pk, none).closed,
        )
        for area in areas
    ]


@dataclass
class _Completed:
    """The completions behind one area: those the reader may open, and how many others there are."""

    open: list[ProgressUpdate] = field(default_factory=list)
    closed: int = 0


def completed_between(
    earlier: MaturityAssessment, later: MaturityAssessment, person: User
) -> dict[int, _Completed]:
    """By area, the actions linked to it that were completed after the one day and by the other, and stood so
    then: one reopened since was completed all the same, and one reported again was not completed anew. Each
    with `since`, the day of its completion. Three queries."""
    links: Any = ActionArea.objects.filter(area__model=later.model_id)
    pairs = list(links.order_by("action__reference").values_list("area_id", "action_id"))
    moment = Moment.of(later.as_at)
    standing: Any = ProgressUpdate.objects.standing(moment).with_since(moment)
    done = standing.filter(
        status=Status.COMPLETED, since__gt=earlier.as_at, action__in=[action for _, action in pairs]
    )
    told = {row.action_id: row for row in done.select_related("action")}
    visible = set(done.visible_to(person).values_list("action_id", flat=True))
    found: dict[int, _Completed] = {}
    for area, action in pairs:
        if action in told:
            behind = found.setdefault(area, _Completed())
            if action in visible:
                behind.open.append(told[action])
            else:
                behind.closed += 1
    return found


def corrections(assessment: MaturityAssessment) -> list[Any]:
    """What was put right in an assessment, the latest first, with what it took the place of. One query."""
    rows = assessment.scores.filter(corrects__isnull=False)
    return list(
        rows.select_related(
            "area", "level", "target", "corrects__level", "corrects__target", "recorded_by"
        ).order_by("-pk")
    )
