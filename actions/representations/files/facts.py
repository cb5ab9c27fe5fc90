"""What files say of actions that is no field of theirs: progress, dates, what they answer and serve."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from actions.models import (
    ActionPrinciple,
    ActionRecommendation,
    ActionWorkstream,
    DateRevision,
    ProgressUpdate,
    SourceReference,
)
from actions.representations.files import due, naming, placing, priority, progress
from actions.representations.files.cells import CELLS
from actions.representations.files.row import (
    ANSWERS,
    AREA,
    DUE,
    MILESTONE,
    NAMED,
    PRIORITY,
    PROGRESS,
    SERVED,
    Council,
    Row,
)
from actions.representations.files.standing import before, relied_on, standing
from governance.people.registers.facts import FactColumn, Facts, Said, Understood

if TYPE_CHECKING:
    from governance.people.models import User


def finds(by: User) -> Callable[[Said], Understood]:
    """What reads the facts of a row, for this person."""
    council = Council.now(by)

    def read(said: Said) -> Understood:
        row = Row(said, council)
        for part in (progress, due, placing, priority, naming):
            part.read(row)
        return row.found

    return read


FACTS = Facts(
    title="Its progress, its dates and what it answers",
    models=[
        ProgressUpdate,
        DateRevision,
        ActionRecommendation,
        ActionWorkstream,
        ActionPrinciple,
        SourceReference,
    ],
    columns=[
        FactColumn(name=PROGRESS, heading="Progress"),
        FactColumn(name=DUE, heading="Due date"),
        FactColumn(name=NAMED, heading="What other lists call it"),
        FactColumn(name=ANSWERS, heading="Recommendations answered"),
        FactColumn(name=PRIORITY, heading="Priority of the recommendation"),
        FactColumn(name=AREA, heading="Scope area of the audit"),
        FactColumn(name=MILESTONE, heading="Milestone of the plan"),
        FactColumn(name=SERVED, heading="Workstream and principles"),
    ],
    cells=CELLS,
    finds=finds,
    standing=standing,
    before=before,
    every_new=True,
    beside=[PRIORITY],  # of the recommendation, for every action that answers it
    relied_on=relied_on,
)
