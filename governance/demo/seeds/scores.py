"""Northmere's risks scored over the last year: inherent, current as it moved, and a target, each with why."""

from __future__ import annotations

from datetime import date, timedelta

from governance.core.dates import today
from governance.demo.plans import NOON, known_at
from governance.people.models import User
from risks.models import Assessment, MatrixCell, Risk, RiskControl, RiskMatrix
from risks.services.assessment import assess
from risks.services.state import close

Place = tuple[int, int]
INHERENT, CURRENT, TARGET = Assessment.Kind.INHERENT, Assessment.Kind.CURRENT, Assessment.Kind.TARGET
# Days ago, and the paper that says so.
FIRST, SECOND, LAST = 330, 170, 20
PAPERS = {FIRST: "Risk workshop", SECOND: "Half-year review of risks", LAST: "Quarterly review of risks"}
# By the number of the risk: inherent; current at each of the three; target; why it moved.
MOVES: dict[int, tuple[Place, tuple[Place, Place, Place], Place, str]] = {
    1: ((5, 4), ((4, 4), (4, 4), (3, 4)), (2, 4), "Lockable bags are issued to every social worker"),
    2: ((4, 4), ((3, 4), (3, 4), (3, 4)), (2, 3), "Audit of access shows the same number as before"),
    3: ((4, 4), ((3, 4), (4, 4), (4, 4)), (2, 4), "Two former workers were found with open accounts"),
    4: ((4, 5), ((4, 4), (3, 4), (3, 4)), (2, 4), "Addresses are read back before minutes are sent"),
    5: ((4, 3), ((3, 3), (3, 3), (2, 3)), (1, 3), "The agreement with the police was renewed"),
    7: ((3, 5), ((2, 5), (2, 5), (2, 5)), (1, 5), "No request of this kind came in"),
    10: ((4, 3), ((3, 3), (2, 3), (1, 3)), (1, 3), "Documents are scanned at the counter"),
    12: ((4, 4), ((3, 3), (3, 3), (4, 3)), (2, 3), "Three callers passed the questions who should not have"),
    14: ((5, 5), ((4, 5), (4, 5), (3, 5)), (2, 4), "Backups were restored in a test, within a day"),
    17: ((4, 4), ((3, 3), (3, 4), (4, 4)), (2, 3), "The supplier ended support in writing"),
    18: ((5, 3), ((5, 3), (4, 3), (4, 3)), (2, 3), "Two services have begun to dispose by the schedule"),
    20: ((5, 3), ((4, 3), (4, 3), (5, 3)), (2, 2), "Eleven requests are late, after four last quarter"),
    22: ((4, 4), ((4, 4), (3, 4), (3, 4)), (2, 4), "Half of the contracts have their clauses"),
    25: ((4, 3), ((3, 3), (3, 3), (3, 3)), (2, 2), "Owners confirmed their assets for the first time"),
}
OVER = 10  # closed at the last review


def enter(by: User) -> None:
    """Scored by the officer who keeps the register; some risks are left for the council to score."""
    matrix = RiskMatrix.objects.in_force(today())
    if matrix is None or Assessment.objects.exists():
        return
    cells = {(each.likelihood, each.impact): each for each in matrix.cells.select_related("level", "matrix")}
    risks = {int(each.reference[3:]): each for each in Risk.objects.all()}
    for number, (inherent, moved, target, why) in MOVES.items():
        if risk := risks.get(number):
            told = [(INHERENT, inherent, FIRST), (TARGET, target, FIRST)]
            told += [(CURRENT, *each) for each in zip(moved, PAPERS, strict=True)]
            for kind, place, ago in sorted(told, key=lambda each: (-each[2], each[0] == TARGET)):
                score(risk, kind, cells[place], ago, "" if ago == FIRST else why, by)
    control(risks)
    if OVER in risks:
        close(risks[OVER], reason="Nothing waits before scanning any more")


def score(risk: Risk, kind: str, cell: MatrixCell, ago: int, why: str, by: User) -> None:
    """One score, known on its day by the paper of that day."""
    day: date = today() - timedelta(days=ago)
    known = known_at(day, NOON, risk.pk)
    reason = why or f"As judged at the {PAPERS[ago].lower()}"
    assess(risk, kind, cell, on=day, reason=reason, by=by, known_at=known, source_document=PAPERS[ago])


def control(risks: dict[int, Risk]) -> None:
    """How some risks are treated, and by what."""
    Risk.objects.filter(pk__in=[each.pk for each in risks.values()]).update(treatment=Risk.Treatment.TREAT)
    for number, title in (
        (1, "Lockable bags"),
        (4, "Addresses are read back"),
        (14, "Backups off the network"),
    ):
        if number in risks:
            RiskControl.objects.create(risk=risks[number], title=title)
    if planned := risks.get(3):
        RiskControl.objects.create(
            risk=planned,
            title="Leavers' accounts close from the payroll",
            state=RiskControl.State.PLANNED,
            planned_for=today() + timedelta(days=60),
        )
