"""Scores as a file says them: which differ from those that stand, and what is wrong with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from governance.core.dates import today
from governance.figures.moment import Moment
from governance.people.registers.facts import Fact, FactColumn, Facts, Said, Standing, Understood
from risks.models import Assessment, MatrixCell, RiskMatrix
from risks.representations.score_cells import CELLS, PAIRS, REASON, WAIVER, Step, StepColumn

if TYPE_CHECKING:
    from risks.models.assessment import AssessmentQuerySet

Kind = Assessment.Kind
NAMES = {kind: f"{kind}_score" for kind in Kind}
KINDS = {name: kind for kind, name in NAMES.items()}
NO_MATRIX = "No matrix is in force, so nothing can be scored"
BOTH = "It is blank, but {} is given. A score needs both"
BOTH_COLUMNS = "{} is not in the file. A score needs both"
OUTSIDE = "{} is outside the matrix in force, which goes from 1 to {}"
ABOVE = (
    "The target, {}, would be above the current score, which is {}. Say why in a column "
    "“Why the target is above the current score”, or let it be no higher"
)
NOW_ABOVE = "The target, {}, is then above the current score, which is {}: score the target again"


@dataclass(frozen=True)
class Reading:
    """What reads the scores of a row, under the matrix in force."""

    matrix: RiskMatrix | None
    cells: Mapping[tuple[int, int], MatrixCell]

    @classmethod
    def now(cls) -> Reading:
        """The matrix in force today: two queries."""
        matrix = RiskMatrix.objects.in_force(today())
        cells = matrix.cells.select_related("level") if matrix else ()
        return cls(matrix, {(each.likelihood, each.impact): each for each in cells})

    def __call__(self, said: Said) -> Understood:
        """What a row comes to."""
        found = Understood()
        for kind, pair in PAIRS.items():
            if not {column.name for column in pair} & set(said.wrong):
                self.one(kind, pair, said, found)
        self.compare(said, found)
        return found

    def one(self, kind: Kind, pair: tuple[StepColumn, StepColumn], said: Said, found: Understood) -> None:
        """One score of the row."""
        steps = {column: said.values[column.name] for column in pair if column.name in said.values}
        is_whole = len(steps) == 2 or not {column.name for column in pair if column not in steps} & {
            *said.columns
        }
        known = (said.stands.get(NAMES[kind]), said.stood.get(NAMES[kind]))
        if not steps or (is_whole and any(self.agrees(steps, each) for each in known)):
            return
        if len(steps) == 1:
            found.faults.append(missing(pair, next(iter(steps)), said))
            return
        wrong = self.outside(steps)
        found.faults += wrong
        if not wrong:
            cell = self.cells[(steps[pair[0]].number, steps[pair[1]].number)]
            reason = said.values.get(REASON.name) or said.origin
            found.facts[NAMES[kind]] = told(cell) | {"reason": reason}

    def agrees(self, steps: Mapping[StepColumn, Step], known: Fact | None) -> bool:
        """Does the row say this score? Numbers alone do so even where it is under an earlier matrix."""
        if known is None or any(step.number != known[column.axis] for column, step in steps.items()):
            return False
        here = self.matrix is not None and known["matrix"] == self.matrix.pk
        return here or not any(step.in_words for step in steps.values())

    def outside(self, steps: Mapping[StepColumn, Step]) -> list[tuple[str, str]]:
        """The steps that the matrix does not have: column and sentence."""
        if self.matrix is None:
            return [(next(iter(steps)).name, NO_MATRIX)]
        size = self.matrix.size
        return [
            (column.name, OUTSIDE.format(step.number, size))
            for column, step in steps.items()
            if not 1 <= step.number <= size
        ]

    def compare(self, said: Said, found: Understood) -> None:
        """A target above the current score is given with the reason for that, or not at all."""
        target, current = (
            found.facts.get(NAMES[kind]) or said.stands.get(NAMES[kind])
            for kind in (Kind.TARGET, Kind.CURRENT)
        )
        is_new = NAMES[Kind.TARGET] in found.facts
        if target and is_new:
            target["waiver"] = ""
            if NAMES[Kind.CURRENT] not in found.facts:
                target["rests_on"] = {NAMES[Kind.CURRENT]: current and current["recorded"]}
        if not target or not current or not is_above(target, current):
            return
        if not is_new:
            if NAMES[Kind.CURRENT] in found.facts and not target.get("waiver"):
                found.remarks.append(NOW_ABOVE.format(target["level"], current["level"]))
        elif waiver := said.values.get(WAIVER.name):
            target["waiver"] = waiver
        else:
            found.faults.append((PAIRS[Kind.TARGET][0].name, ABOVE.format(target["level"], current["level"])))


def missing(pair: tuple[StepColumn, StepColumn], given: StepColumn, said: Said) -> tuple[str, str]:
    """What is wrong where only one of the two is given: column and sentence."""
    other = pair[1] if given == pair[0] else pair[0]
    if other.name in said.columns:
        return other.name, BOTH.format(given.heading)
    return given.name, BOTH_COLUMNS.format(other.heading)


def is_above(one: Fact, other: Fact) -> bool:
    """Is a score above another of the same matrix? By the level, then likelihood times impact."""
    weights = [(each["rank"], each["likelihood"] * each["impact"]) for each in (one, other)]
    return bool(one["matrix"] == other["matrix"] and weights[0] > weights[1])


def told(cell: MatrixCell) -> Fact:
    """A cell as a batch keeps it."""
    return {
        "cell": cell.pk,
        "matrix": cell.matrix_id,
        "likelihood": cell.likelihood,
        "impact": cell.impact,
        "level": cell.level.name,
        "rank": cell.level.rank,
        "said": str(cell),
    }


def recorded(score: Assessment) -> Fact:
    """A score that stands as a batch keeps it."""
    return told(score.cell) | {"recorded": score.pk, "waiver": score.waiver}


def standing(keys: Collection[int]) -> dict[int, Standing]:
    """What stands now for each of these risks: one query."""
    return by_risk(Assessment.objects.standing_for(keys, Moment.now()))


def before(instant: datetime, keys: Collection[int]) -> dict[int, Standing]:
    """What stood for them just before an instant."""
    return by_risk(Assessment.objects.standing_for(keys, Moment(localdate(instant), instant)))


def by_risk(scores: AssessmentQuerySet) -> dict[int, Standing]:
    """Scores by the key of their risk and the name of their kind."""
    found: dict[int, dict[str, Fact | None]] = defaultdict(dict)
    for each in scores:
        found[each.risk_id][NAMES[Kind(each.kind)]] = recorded(each)
    return dict(found)


FACTS = Facts(
    title="Its scores",
    models=[Assessment],
    columns=[FactColumn(name=name, heading=f"{kind.label} score") for kind, name in NAMES.items()],
    cells=CELLS,
    finds=lambda by: Reading.now(),
    standing=standing,
    before=before,
)
