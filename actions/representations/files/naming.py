"""What a row of a file says other lists call an action: the auditor's reference, the consultant's number."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from actions.models import SourceReference
from actions.representations.files.cells import THEIRS
from actions.representations.files.row import NAMED, Row, parts
from governance.people.registers.facts import Fact
from governance.people.registers.finding import short

OWN = "reference"  # the column in which a list has its own numbers
LONGEST = 40
TOO_LONG = "“{}” is longer than 40 characters. Give the reference alone"
NOT_KEPT = "The reference “{}” is longer than 40 characters, so it is not kept as that of the source"
TAKEN = "“{}” is another action of the plan {} already"


def read(row: Row) -> None:
    """Find by what the row calls its action, where that differs from what is known."""
    if row.plan is None or row.is_wrong(THEIRS):
        return
    said = dict.fromkeys(parts(row.value(THEIRS) or ""), THEIRS.name)
    if row.key is None:
        theirs = {word.lower() for word in said}  # the same in other letters is said once
        said = {word: OWN for word in own(row) if word.lower() not in theirs} | said
    known = [{word.lower() for word in fact["words"]} for fact in row.known(NAMED)]
    if not said or {word.lower() for word in said} in known:
        return
    if not wrong(row, said):
        held = {word.lower(): (word, source) for word, source in row.stands(NAMED).get("words", {}).items()}
        words = dict(held.get(word.lower(), (word, row.said.origin)) for word in said)
        row.found.facts[NAMED] = calling(words)
    row.council.named.update(
        {(row.said.entry["plan_id"], word.lower()): row.key for word in said if len(word) <= LONGEST}
    )


def own(row: Row) -> list[str]:
    """The number that the list itself gives a new action."""
    if len(row.said.named) > LONGEST:
        row.found.remarks.append(NOT_KEPT.format(short(row.said.named)))
        return []
    return parts(row.said.named)


def wrong(row: Row, said: Mapping[str, str]) -> bool:
    """Is a reference too long, or that of another action of the plan? What is wrong is said of the row."""
    assert row.plan is not None
    plan, named = row.said.entry["plan_id"], row.council.named
    faults = []
    for word, column in said.items():
        if len(word) > LONGEST:
            faults.append((column, TOO_LONG.format(short(word))))
        elif named.get((plan, word.lower()), row.key) != row.key or is_above(row, word, column):
            faults.append((column, TAKEN.format(short(word), row.plan.code)))
    row.found.faults += faults
    return bool(faults)


def is_above(row: Row, word: str, column: str) -> bool:
    """Does an earlier row enter an action under it? Of the list's own numbers the check itself says so."""
    place = row.said.entry["plan_id"], word.lower()
    return column != OWN and place in row.council.named and row.council.named[place] is None


def calling(words: Mapping[str, str]) -> Fact:
    """References as a batch keeps them, each with where it stands."""
    inorder = dict(sorted(words.items()))
    return {"said": "; ".join(inorder), "words": inorder}


def references(words: Collection[str]) -> dict[tuple[int, str], str]:
    """Our reference of what is called so on a plan, by the plan and the word in small letters."""
    found = SourceReference.objects.alike(words).values_list("plan", "reference", "action__reference")
    return {(plan, word.lower()): ours for plan, word, ours in found}
