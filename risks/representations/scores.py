"""The scores of a risk as its page shows them: where it stands, how it came there, in words and as a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from governance.core.components import Standing
from governance.core.lines import LineChart, Series
from risks.models import Assessment
from risks.representations.matrix import SHAPES

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


def affected(version: Any) -> str:
    """What a risk would harm, in words: "Confidentiality, integrity"; "" where nobody has said."""
    named = ("confidentiality", "integrity", "availability")
    return ", ".join(name for name in named if getattr(version, name, False)).capitalize()


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
        corrects = ", in place of an earlier one" if made.corrects_id else ""
        return f"{made.get_kind_display()}{corrects}"


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
    def summary(self) -> list[tuple[str, Assessment | None, Standing | None]]:
        """Inherent, current and target: each with where it stands; None where nobody has said."""
        found = [(kind, self.standing.get(kind)) for kind in Assessment.Kind]
        return [(kind.label, each, level_of(each.cell.level) if each else None) for kind, each in found]

    @property
    def chart(self) -> LineChart | None:
        """The current score over time; None before there are two."""
        shown = [
            row.assessment
            for row in reversed(self.rows)
            if row.assessment.kind == Assessment.Kind.CURRENT
            and not row.is_struck
            and not row.assessment.void
        ]
        if len(shown) < 2:
            return None
        return LineChart(
            "scores",
            "Current score over time: likelihood times impact",
            [f"{each.effective_on:%-d %b %Y}" for each in shown],
            [Series("Current score", [each.score for each in shown])],
        )
