"""What a row of a file says of the priority of the recommendation that its action answers first."""

from __future__ import annotations

from actions.representations.files.cells import PRIORITY as CELL
from actions.representations.files.row import ANSWERS, PRIORITY, Asked, Row
from governance.people.registers.facts import Fact
from governance.people.registers.finding import folded, short

NO_RECOMMENDATION = (
    "“{}” is not kept: a priority is the auditor's, and the row answers no recommendation of the audit"
)
NONE_SUCH = "“{}” is no priority. There are: {}"
STANDS = "{} has the priority “{}”. Correct that on the page of the recommendation"


def read(row: Row) -> None:
    """Find the priority that a recommendation gets which has none; another one stays."""
    word = row.value(CELL)
    if not word or row.is_wrong(CELL):
        return
    code = row.council.priorities.get(folded(word))
    if code is None:
        named = ", ".join(row.council.priority_names.values()) or "none"
        row.fault(CELL, NONE_SUCH.format(short(word), named))
    elif (asked := answered(row)) is None:
        row.found.remarks.append(NO_RECOMMENDATION.format(short(word)))
    elif asked.priority and asked.priority != code:
        said = row.council.priority_names.get(asked.priority, asked.priority)
        row.fault(CELL, STANDS.format(asked.reference, said))
    elif not asked.priority:
        row.found.facts[PRIORITY] = told(row.council.priority_names[code], asked.key, code)
        row.council.asked[asked.key] = asked._replace(priority=code)


def answered(row: Row) -> Asked | None:
    """The recommendation for which the action is agreed, as the row has it or as it stands."""
    fact = row.found.facts.get(ANSWERS) or row.stands(ANSWERS)
    return row.council.asked.get(fact.get("first") or 0)


def told(name: str, key: int, code: str) -> Fact:
    """A priority as a batch keeps it, with the recommendation that has it."""
    return {"said": name, "recommendation": key, "code": code}
