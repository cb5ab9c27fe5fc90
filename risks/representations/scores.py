"""The scores of a risk as its page shows them: where it stands, how it came there, in words and as a line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from governance.core.components import Standing
from governance.core.dates import long_date
from governance.core.lines import LineChart, Series
from risks.models import Assessment
from risks.representations.matrix import SHAPES
from risks.representations.remarks import is_above, target_above

if TYPE_CHECKING:
    from collections.abc import Sequence

    from governance.figures.moment import Moment
    from risks.models import MatrixLevel, Risk


def level_of(level: MatrixLevel) -> Standing:
    """A level as it is drawn: its word, its colour, its shape."""
    return Standing(level.name, level.tone, SHAPES[level.tone])


def told(score: dict[str, Any] | None) -> Standing | None:
    """The same, of a score as `with_levels` tells it."""
    return Standing(score["level"], score["tone"], SHAPES[score["tone"]]) if score else None


@dataclass(frozen=True)
class Scored:
    """One score of the history: what it said, and what became of it by the moment."""

    assessment: Assessment
    is_struck: bool

    @property
    def standing(self) -> Standing:
        """Its level, as it is drawn."""
        return level_of(self.assessment.cell.level)

    @property
    def words(self) -> str:
        """What kind of row it is, in words."""
        made = self.assessment
        if made.void:
            return f"{made.get_kind_display()}: this score never happened"
        corrects = ", in place of a wrong one" if made.corrects_id else ""
        return f"{made.get_kind_display()}{corrects}"

    @property
    def corrected(self) -> str:
        """When and by whom it was corrected, in words; "" where it stands or nobody knew yet."""
        if not self.is_struck:
            return ""
        by = self.assessment.corrected_by
        return f"Corrected on {long_date(timezone.localdate(by.recorded_at))} by {by.assessor}"

    @property
    def known(self) -> str:
        """Since when the council knew of it, where that is before it was recorded; else ""."""
        made = self.assessment
        known, recorded = (timezone.localdate(each) for each in (made.known_at, made.recorded_at))
        return f"known since {long_date(known)}" if known != recorded else ""


@dataclass(frozen=True)
class Scores:
    """The scores of one risk that were known at a moment; `rows` has all of them, the latest first."""

    rows: Sequence[Scored]
    standing: dict[str, Assessment]

    @classmethod
    def of(cls, risk: Risk, moment: Moment) -> Scores:
        """Read in one query, the latest first."""
        known = list(risk.assessments.known(moment).filter(effective_on__lte=moment.as_at).for_history())
        struck = {each.corrects_id for each in known}
        live = [each for each in known if each.pk not in struck and not each.void]
        standing: dict[str, Assessment] = {}
        for each in live:
            standing.setdefault(each.kind, each)
        return cls([Scored(each, each.pk in struck) for each in known], standing)

    @property
    def known(self) -> list[Assessment]:
        """All of them, also those that were corrected, the latest first."""
        return [row.assessment for row in self.rows]

    @property
    def summary(self) -> list[tuple[str, Assessment | None, Standing | None]]:
        """Inherent, current and target: each with where it stands; None where nobody has said."""
        found = [(kind, self.standing.get(kind)) for kind in Assessment.Kind]
        return [(kind.label, each, level_of(each.cell.level) if each else None) for kind, each in found]

    @property
    def target_above(self) -> str:
        """That the target is above the current score without a reason, as a sentence; "" where it is not."""
        return next(target_above(self.standing), "")

    @property
    def currents(self) -> list[Assessment]:
        """The current scores that count, the earliest first."""
        kind = Assessment.Kind.CURRENT
        shown = [row.assessment for row in reversed(self.rows) if not row.is_struck]
        return [each for each in shown if each.kind == kind and not each.void]

    @property
    def charts(self) -> list[LineChart]:
        """The current score over time, a chart for each matrix with two scores or more: two grids have no
        common measure, so no line leads from one to the other."""
        runs = [list(run) for _, run in groupby(self.currents, key=lambda each: each.cell.matrix_id)]
        return [drawn(run, number, len(runs) > 1) for number, run in enumerate(runs, 1) if len(run) > 1]

    @property
    def moves(self) -> list[str]:
        """The same in words: a sentence for each current score, the earliest first."""
        before = [None, *self.currents]
        return [moved(*each) for each in zip(before, self.currents, strict=False)]


def drawn(run: Sequence[Assessment], number: int, is_one_of_many: bool) -> LineChart:  # noqa: FBT001
    """Scores under one matrix as a line."""
    under = f", under matrix {run[0].cell.matrix.number}" if is_one_of_many else ""
    return LineChart(
        f"scores-{number}",
        f"Current score over time: likelihood times impact{under}",
        [f"{each.effective_on:%-d %b %Y}" for each in run],
        [Series("Current score", [each.score for each in run])],
    )


def moved(before: Assessment | None, score: Assessment) -> str:
    """How a score stands to the one before it, in words."""
    here = f"{score.cell.level} ({score.cell.likelihood} and {score.cell.impact})"
    since = f"from {long_date(score.effective_on)}"
    if before is None:
        return f"{here} {since}: the first score"
    if before.cell.matrix_id != score.cell.matrix_id:
        under = f"under matrix {score.cell.matrix.number}"
        return f"{here} {since}: {under}, not to be compared with the one before"
    if is_above(score, before):
        return f"{here} {since}: up from {before.cell.level}"
    if is_above(before, score):
        return f"{here} {since}: down from {before.cell.level}"
    return f"{here} {since}: scored again, no other level or score"
