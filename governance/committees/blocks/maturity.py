"""Maturity in a paper: the latest assessment by each model as at its moment, beside the one before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actions.figures.maturity import FIGURES, unexplained
from actions.models import ActionArea, MaturityAssessment, MaturityScore, ProgressUpdate, Status
from governance.committees.lines import Line, LineKey
from governance.figures.moment import Moment, Scope

if TYPE_CHECKING:
    from datetime import date

    from governance.committees.models import Paper

Found = dict[str, Any]


@dataclass
class MaturityReckoning:
    """The figures of maturity at a moment, and every area of every model with what was found."""

    moment: Moment
    lines: dict[LineKey, Line]
    models: Sequence[Found]

    @property
    def name(self) -> str:
        """Its place in the content of the paper."""
        return "maturity"

    @property
    def scope(self) -> Scope:
        """The whole council."""
        return Scope()

    def printed(self, positions: Mapping[LineKey, int], paper: int) -> Found:
        """The counts with their places in the ledger, then a table for each model."""
        counts = [
            {
                "label": line.title,
                "cells": [{"value": line.value, "paper": paper, "position": positions[key]}],
            }
            for key, line in self.lines.items()
        ]
        return {"counts": counts, "models": list(self.models)}


def reckon_maturity(paper: Paper, moment: Moment) -> list[MaturityReckoning]:
    """One, where the paper is to tell of maturity."""
    if not paper.tells_maturity:
        return []
    lines: dict[LineKey, Line] = {}
    for figure in FIGURES:
        entries = figure.entries(moment, Scope())
        lines[figure.key, "", ""] = Line(figure, figure.title, figure.definition, len(entries), entries)
    asked = {entry.subject for entry in lines[unexplained.key, "", ""].entries or ()}
    return [MaturityReckoning(moment, lines, _models(moment, asked))]


def _models(moment: Moment, asked: set[int]) -> list[Found]:
    """By model, in the order of their names, the areas in the order of the model. `asked`: areas that moved
    with no completed action."""
    newest = MaturityScore.objects.newest(moment).with_earlier(moment)
    scores: list[Any] = list(
        newest.select_related("area", "level", "target", "assessment__model").order_by(
            "assessment__model__name", "assessment__model", "area__position"
        )
    )
    behind = _completed(moment, scores)
    by_assessment: dict[MaturityAssessment, list[Any]] = {}
    for score in scores:
        by_assessment.setdefault(score.assessment, []).append(score)
    return [_model(each, found, moment, behind, asked) for each, found in by_assessment.items()]


def _model(
    assessment: MaturityAssessment,
    scores: Iterable[Any],
    moment: Moment,
    behind: Mapping[int, list[Found]],
    asked: set[int],
) -> Found:
    levels = list(assessment.model.levels.values_list("number", "name"))
    names, before = dict(levels), _before(assessment, moment)
    heading = before.as_at if before else None
    return {
        "code": assessment.model.code,
        "model": assessment.model.name,
        "levels": [number for number, _ in levels],
        "named": [f"level {number} is “{name}”" for number, name in levels if name],
        "latest": _said(assessment),
        "before": _said(before),
        "rows": [
            _row(score, names, behind.get(score.area_id, []), asked) | _of_another_day(score, heading)
            for score in scores
        ],
    }


def _before(assessment: MaturityAssessment, moment: Moment) -> MaturityAssessment | None:
    """The assessment by the same model before that one, as far as it was known."""
    known = MaturityScore.objects.standing(moment).values("assessment")
    earlier = MaturityAssessment.objects.before(assessment).filter(pk__in=known)
    return earlier.order_by("-as_at", "-pk").first()


def _said(assessment: MaturityAssessment | None) -> dict[str, str] | None:
    if assessment is None:
        return None
    return {
        "reference": assessment.reference,
        "as_at": assessment.as_at.isoformat(),
        "assessor": assessment.assessor,
        "kind": assessment.get_kind_display(),
        "overall": assessment.overall,
    }


def _row(score: Any, names: Mapping[int, str], actions: list[Found], asked: set[int]) -> Found:
    before, level = score.earlier_number, score.level.number
    moved = 0 if before is None else level - before
    return {
        "reference": score.area.reference,
        "area": score.area.title,
        "before": before,
        "level": level,
        "level_name": names[level],
        "target": score.target.number if score.target else None,
        "moved": f"{'Up' if moved > 0 else 'Down'} {abs(moved)}" if moved else "",
        "actions": actions if moved else [],
        "unexplained": score.area_id in asked,
    }


def _of_another_day(score: Any, heading: date | None) -> Found:
    """The day of the level before, where the assessment before left the area out."""
    day = score.earlier_on
    return {"before_on": day.isoformat()} if day and day != heading else {}


def _completed(moment: Moment, scores: Sequence[Any]) -> dict[int, list[Found]]:
    """By area, the actions that improve it and were completed between its two scores, as known then."""
    compared = [score for score in scores if score.earlier_on]
    links: Any = ActionArea.objects.filter(area__in=[score.area_id for score in compared])
    pairs = list(links.order_by("action__reference").values_list("area_id", "action_id"))
    stood = {day: _done(day, moment, pairs) for day in {score.effective_on for score in compared}}
    windows = {score.area_id: (score.earlier_on, stood[score.effective_on]) for score in compared}
    found: dict[int, list[Found]] = {}
    for area, action in pairs:
        since, done = windows[area]
        if action in done and done[action].since > since:
            found.setdefault(area, []).append(_action(done[action]))
    return found


def _done(day: date, moment: Moment, pairs: list[tuple[int, int]]) -> dict[int, Any]:
    then = Moment(day, moment.known_before)
    rows: Any = (
        ProgressUpdate.objects.standing(then)
        .with_since(then)
        .filter(status=Status.COMPLETED, action__in=[action for _, action in pairs])
    )
    return {row.action_id: row for row in rows.select_related("action")}


def _action(update: Any) -> Found:
    action = update.action
    return {
        "reference": action.reference,
        "completed_on": update.since.isoformat(),
    }
