"""What a row of a file says an action answers and serves: recommendations, area, milestone, workstream,
principles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from actions.models import Principle, Workstream
from actions.representations.files.cells import AREA as AREA_CELL
from actions.representations.files.cells import MILESTONE as MILESTONE_CELL
from actions.representations.files.cells import PRINCIPLES, RECOMMENDATIONS, WORKSTREAM
from actions.representations.files.row import ANSWERS, AREA, MILESTONE, OR_COMMAS, SERVED, Row, parts
from governance.people.registers.facts import Fact
from governance.people.registers.finding import folded, short

NO_AUDIT = "The plan {} answers no audit, so it has no {}"
NONE_SUCH = "“{}” is no {} of the audit that the plan {} answers"
NOT_OFFERED = "“{}” is offered no more: choose another"
NO_MILESTONE = "The plan {} has no milestone “{}”. Enter it on the page of the plan first"
NO_PRINCIPLE = "“{}” is no principle. Principles are kept with the lists of the register"


def read(row: Row) -> None:
    """Find what differs from what stands."""
    if row.plan is not None:
        answers(row)
        area(row)
        milestone(row)
        served(row)


def answers(row: Row) -> None:
    """The recommendations: the one for which the action was agreed stays first where it is named still."""
    said = parts(row.value(RECOMMENDATIONS) or "", OR_COMMAS)
    words = {folded(each) for each in said}
    if not said or any(words == {folded(each) for each in fact["keys"]} for fact in row.known(ANSWERS)):
        return
    known = {folded(word): key for fact in row.known(ANSWERS) for word, key in fact["keys"].items()}
    found = {each: known.get(folded(each)) or in_audit(row, each) for each in said}
    unknown = [each for each, key in found.items() if key is None]
    for each in unknown:
        row.fault(RECOMMENDATIONS, none_such(row, each, "recommendation", "recommendations"))
    if not unknown:
        keys = [key for key in found.values() if key]
        first = row.stands(ANSWERS).get("first")
        row.found.facts[ANSWERS] = answering(
            {word: key for word, key in found.items() if key}, first if first in keys else keys[0]
        )
        row.found.entered["recommendation_id"] = keys[0]


def in_audit(row: Row, word: str) -> int | None:
    """The recommendation of that number in the audit that the plan answers."""
    assert row.plan is not None
    return row.council.recommendations.get((row.plan.audit or 0, folded(word)))


def none_such(row: Row, word: str, noun: str, plural: str) -> str:
    """Why nothing is found."""
    assert row.plan is not None
    if row.plan.audit is None:
        return NO_AUDIT.format(row.plan.code, plural)
    return NONE_SUCH.format(short(word), noun, row.plan.code)


def answering(keys: dict[str, int], first: int | None) -> Fact:
    """Recommendations as a batch keeps them, by number, and the one for which the action was agreed."""
    words = sorted(keys, key=lambda word: (keys[word] != first, word))
    return {"said": "; ".join(words), "keys": {word: keys[word] for word in words}, "first": first}


def area(row: Row) -> None:
    """The scope area, by its code or its title."""
    word = row.value(AREA_CELL)
    if not word or any(folded(word) == folded(fact["said"]) for fact in row.known(AREA)):
        return
    assert row.plan is not None
    key = row.council.areas.get((row.plan.audit or 0, folded(word)))
    if key is None:
        row.fault(AREA_CELL, none_such(row, word, "scope area", "scope areas"))
    elif key not in {fact["area"] for fact in row.known(AREA)}:
        row.found.facts[AREA] = {"said": row.council.area_titles[key], "area": key}
        row.found.entered["scope_area_id"] = key


def milestone(row: Row) -> None:
    """The milestone of the plan, by its name."""
    word = row.value(MILESTONE_CELL)
    if not word or any(folded(word) == folded(fact["said"]) for fact in row.known(MILESTONE)):
        return
    assert row.plan is not None
    key = row.council.milestones.get((row.said.entry["plan_id"], folded(word)))
    if key is None:
        row.fault(MILESTONE_CELL, NO_MILESTONE.format(row.plan.code, short(word)))
    else:
        row.found.facts[MILESTONE] = {"said": word, "milestone": key}
        row.found.entered["milestone_id"] = key


def served(row: Row) -> None:
    """The workstream and the principles; of what the row does not speak stays."""
    said = parts(row.value(PRINCIPLES) or "")
    unknown = [each for each in said if folded(each) not in row.council.principles]
    for each in unknown:
        row.fault(PRINCIPLES, NO_PRINCIPLE.format(short(each)))
    if unknown or row.is_wrong(WORKSTREAM):
        return
    wanted = row.value(WORKSTREAM), sorted({row.council.principles[folded(each)] for each in said})
    if any(agrees(wanted, fact) for fact in row.known(SERVED) or [NOTHING]):
        return
    if over := offered_no_more(row, *wanted):
        row.fault(*over)
        return
    stands = row.stands(SERVED) or NOTHING
    workstream, principles = wanted[0] or stands["workstream"], wanted[1] or stands["principles"]
    names = [row.council.principle_names[each] for each in principles]
    row.found.facts[SERVED] = serving(
        workstream, row.council.workstreams.get(workstream, ""), principles, names
    )


def offered_no_more(row: Row, workstream: int | None, principles: Iterable[int]) -> tuple[Any, str] | None:
    """The column and what is wrong, where the action is to serve what it does not yet and no page offers."""
    known = row.known(SERVED)
    if (Workstream, workstream) in row.council.retired and workstream not in [k["workstream"] for k in known]:
        return WORKSTREAM, NOT_OFFERED.format(row.council.workstreams[workstream or 0])
    held = {key for fact in known for key in fact["principles"]}
    for key in principles:
        if (Principle, key) in row.council.retired and key not in held:
            return PRINCIPLES, NOT_OFFERED.format(row.council.principle_names[key])
    return None


def agrees(wanted: tuple[int | None, list[int]], known: Fact) -> bool:
    """Is that what is known already, as far as the row speaks of it?"""
    return wanted[0] in (None, known["workstream"]) and wanted[1] in ([], known["principles"])


def serving(workstream: int | None, name: str, principles: Iterable[int], names: Iterable[str]) -> Fact:
    """What an action serves, as a batch keeps it."""
    said = "; ".join([name, *sorted(names)] if name else sorted(names))
    return {"said": said, "workstream": workstream, "principles": sorted(principles)}


NOTHING: Fact = serving(None, "", (), ())
