"""The cells of a file in which scores are kept: a step of the matrix by its number, its word, or both."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from governance.core.dates import today
from governance.core.forms import LONGEST
from governance.people.registers.cells import Cell, CellError, as_text
from governance.people.registers.columns import Option, Read, SheetColumn, Text
from governance.people.registers.finding import folded, short
from risks.models import Assessment, Axis, MatrixScale, RiskMatrix

FORMS = (
    "{0} {1}",
    "{0} - {1}",
    "{0}: {1}",
    "{0}. {1}",
    "{0}={1}",
    "{0} = {1}",
    "{1} ({0})",
    "{1} {0}",
    "{1}",
)


class Step(NamedTuple):
    """A step of a scale, and whether its word was given: a number alone may be of an earlier matrix."""

    number: int
    in_words: bool = False

    def __str__(self) -> str:
        return str(self.number)


@dataclass(frozen=True, kw_only=True)
class StepColumn(SheetColumn):
    """A likelihood or an impact. Whether the matrix has the number is asked beside what stands."""

    axis: str
    help: str = "The number of a step of the matrix in force, or its word"

    @property
    def scale(self) -> Sequence[MatrixScale]:
        """The steps of the matrix in force, the lowest first; none without a matrix."""
        matrix = RiskMatrix.objects.in_force(today())
        return [step for step in matrix.scale.all() if step.axis == self.axis] if matrix else []

    def reader(self, words: Collection[str] = ()) -> Read:
        """The step of a cell."""
        scale = self.scale
        known = {
            folded(form.format(step.number, step.name)): Step(step.number, in_words=True)
            for step in scale
            for form in FORMS
        }
        names = ", ".join(map(str, scale))

        def read(cell: Cell) -> Step:
            text = as_text(cell)
            if text.isascii() and text.isdigit() and len(text) < 4:
                return Step(int(text))
            if (found := known.get(folded(text))) is None:
                rest = f". Use one of: {names}" if names else ""
                raise CellError(f"“{short(text)}” is no {self.axis} of the matrix in force{rest}")
            return found

        return read

    def options(self) -> Sequence[Option]:
        """The steps: a word of the council's own may be matched with one."""
        return [Option(Step(step.number, in_words=True), str(step)) for step in self.scale]


def pair(kind: str, before: str, *others: str) -> tuple[StepColumn, StepColumn]:
    """Likelihood and impact of one kind of score: `before` begins their headings, and `others` begin aliases.

    Both also end in the kind in brackets, as in "Impact (target)".
    """

    def column(axis: str, *called: str) -> StepColumn:
        heading = f"{before} {axis}".strip().capitalize()
        aliases = [f"{word} {name}" for word in (kind, *others) for name in (axis, *called)]
        aliases += [f"{name} {word}" for word in (kind, *others) for name in (axis, *called)]
        aliases += [f"{name} ({word})" for word in (kind, *others) for name in (axis, *called)]
        aliases += [f"{name} score" for name in (axis, *called)] + [*called] if not before else []
        said = tuple(each.capitalize() for each in aliases if each.capitalize() != heading)
        return StepColumn(name=f"{kind}_{axis}", heading=heading, axis=axis, aliases=said)

    return column(Axis.LIKELIHOOD, "probability"), column(Axis.IMPACT, "severity")


PAIRS = {
    Assessment.Kind.INHERENT: pair("inherent", "inherent", "gross", "initial", "untreated"),
    Assessment.Kind.CURRENT: pair("current", "", "residual", "net"),
    Assessment.Kind.TARGET: pair("target", "target"),
}
REASON = Text(
    name="score_reason",
    heading="Reason for the score",
    longest=LONGEST,
    aliases=("Reason for score", "Rationale", "Score rationale", "Rationale for score", "Justification"),
    help="Recorded with each new score of the row. Without one it is the name of the file and the row",
)
WAIVER = Text(
    name="target_waiver",
    heading="Why the target is above the current score",
    longest=LONGEST,
    aliases=("Reason for the target", "Why target is above current"),
    help="Only where it is",
)
CELLS: tuple[SheetColumn, ...] = (*(each for both in PAIRS.values() for each in both), REASON, WAIVER)
