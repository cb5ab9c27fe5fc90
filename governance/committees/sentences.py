"""Sentences made from the ledger. Every number in them stands in the ledger and can be opened.

A sentence is a list of parts; a part with a position is printed as a link to that figure's rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypedDict

from actions.models import Status


class Part(TypedDict, total=False):
    text: str
    paper: int
    position: int


Sentence = list[Part]


class Shown(NamedTuple):
    """A figure as printed: its value, and where in which paper's ledger it stands."""

    value: int
    paper: int
    position: int

    def part(self, words: str = "") -> Part:
        """The figure as part of a sentence: its number, or these words."""
        return {"text": words or str(self.value), "paper": self.paper, "position": self.position}


@dataclass(frozen=True)
class Earlier:
    """The paper before: the day since when things moved, and what it said of each status and the total."""

    day: str
    figures: Mapping[str, Shown]
    has_entries: bool = True


@dataclass(frozen=True)
class Standing:
    """The figures of one plan: by key, and what came into or went out of each since the paper before.

    `followed` names the auditor's last follow-up, where anything was rated in it.
    """

    now: Mapping[str, Shown]
    entered: Mapping[str, Shown] = field(default_factory=dict)
    left: Mapping[str, Shown] = field(default_factory=dict)
    earlier: Earlier | None = None
    followed: str = ""


OPEN: tuple[tuple[str, str, str], ...] = (
    (Status.IN_PROGRESS, "is in progress", "are in progress"),
    (Status.AWAITING_APPROVAL, "is awaiting approval", "are awaiting approval"),
    (Status.NOT_STARTED, "has not started", "have not started"),
)
MOVED: Mapping[str, str] = {
    Status.COMPLETED: "been completed",
    Status.IN_PROGRESS: "moved to in progress",
    Status.AWAITING_APPROVAL: "moved to awaiting approval",
    Status.NOT_STARTED: "moved to not started",
    Status.WITHDRAWN: "been withdrawn",
}
ADJECTIVES: Mapping[str, str] = {
    Status.COMPLETED: "completed",
    Status.IN_PROGRESS: "in progress",
    Status.AWAITING_APPROVAL: "awaiting approval",
    Status.NOT_STARTED: "not started",
    Status.WITHDRAWN: "withdrawn",
}
AS_REPORTED = ", as reported by management."


def plain(sentence: Sentence) -> str:
    """The sentence as text."""
    return "".join(part["text"] for part in sentence)


def words(text: str) -> Part:
    """A part without a figure."""
    return {"text": text}


def actions(number: int) -> str:
    """1 action, 2 actions"""
    return f"{number} action" if number == 1 else f"{number} actions"


def series(items: Sequence[Sentence]) -> Sentence:
    """Items joined in a row: a, b and c."""
    joined: Sentence = []
    for place, item in enumerate(items):
        if place:
            joined.append(words(" and " if place == len(items) - 1 else ", "))
        joined.extend(item)
    return joined


# Summary


def summary(standing: Standing) -> list[Sentence]:
    """Where the plan stands: what was completed since the paper before, what remains, what was withdrawn."""
    total = standing.now["total"]
    if not total.value:
        return [[words("There are "), total.part("no actions"), words(" on the plan.")]]
    start = _with_earlier(standing) if standing.earlier else [_first(standing)]
    said = [*_checked(standing), *_followed(standing)]
    return [*start, *said, *_reopened(standing), *_withdrawn(standing)]


def _with_earlier(standing: Standing) -> list[Sentence]:
    total, completed = standing.now["total"], standing.now[Status.COMPLETED]
    moved = [*_since(standing), words("; "), *_remaining(standing), words(".")]
    in_all = [words("That makes "), completed.part(f"{completed.value} completed"), words(" of ")]
    return [moved, [*in_all, total.part(actions(total.value)), words(AS_REPORTED)]]


def _first(standing: Standing) -> Sentence:
    """Where the plan stands, for a paper with none before it."""
    total, completed = standing.now["total"], standing.now[Status.COMPLETED]
    done: list[Sentence] = []
    if completed.value:
        has = "has" if completed.value == 1 else "have"
        done = [[completed.part(), words(f" {has} been completed as reported by management")]]
    groups = [[shown.part(), words(f" {phrase}")] for shown, phrase in _open(standing)]
    if not (items := [*done, *groups]):
        return [words("Of "), total.part(actions(total.value)), words(" none remains to be completed.")]
    none = [] if done else [words("; "), completed.part("none"), words(" has been completed")]
    return [words("Of "), total.part(actions(total.value)), words(", "), *series(items), *none, words(".")]


def _open(standing: Standing) -> list[tuple[Shown, str]]:
    """The groups still open that are not empty, each with its verb."""
    return [
        (shown, one if shown.value == 1 else many)
        for status, one, many in OPEN
        if (shown := standing.now[status]).value
    ]


def _checked(standing: Standing) -> list[Sentence]:
    """Beside management's word, what others have found; nothing where nothing is completed."""
    approved, verified = (standing.now.get(name) for name in ("approved", "verified"))
    completed = standing.now[Status.COMPLETED]
    if not (completed.value and approved and verified):
        return []
    has = "have" if approved.value > 1 else "has"
    who = "somebody independent" if verified.value else f"anybody independent{_but_the_auditor(standing)}"
    return [
        [
            words("Of the "),
            completed.part(f"{completed.value} completed"),
            words(", "),
            approved.part(str(approved.value or "none")),
            words(f" {has} been approved and "),
            verified.part(str(verified.value or "none")),
            words(f" verified by {who}."),
        ]
    ]


def _but_the_auditor(standing: Standing) -> str:
    """Where an auditor who came back found any complete, somebody independent has looked."""
    found = standing.now.get("found_complete") if standing.followed else None
    return " but the auditor who came back" if found and found.value else ""


def _followed(standing: Standing) -> list[Sentence]:
    """What the auditor who came back found of what the council had claimed to be complete."""
    if not standing.followed:
        return []
    rated, claimed, found = (standing.now[name] for name in ("rated", "claimed_complete", "found_complete"))
    otherwise, beyond = standing.now["not_found_so"], standing.now["found_beyond"]
    noun = "recommendation" if rated.value == 1 else "recommendations"
    start = [words(f"{standing.followed} rated "), rated.part(f"{rated.value} {noun}"), words(": ")]
    said = [words("of the "), claimed.part(f"{claimed.value} claimed complete"), words(" the auditor found ")]
    said += [found.part(f"{found.value or 'none'} complete"), words(" and ")]
    said += [otherwise.part(f"{otherwise.value or 'none'} otherwise")]
    if not claimed.value:
        said = [claimed.part("none"), words(" had been claimed complete")]
    if beyond.value:
        was = "was" if beyond.value == 1 else "were"
        said += [words("; "), beyond.part(), words(f" not claimed so {was} found complete")]
    return [[*start, *said, words(".")]]


def _since(standing: Standing) -> Sentence:
    assert standing.earlier
    further = standing.entered[Status.COMPLETED]
    start = words(f"Since {standing.earlier.day} ")
    pause = words(f"Since {standing.earlier.day}, ")
    if further.value == 0:
        return [pause, further.part("no further action"), words(" has been completed")]
    if further.value == 1:
        return [pause, further.part("1 further action"), words(" has been completed")]
    return [start, words("a further "), further.part(actions(further.value)), words(" have been completed")]


def _remaining(standing: Standing) -> Sentence:
    remaining, groups = standing.now["remaining"], _open(standing)
    if not groups:
        return [remaining.part("no action"), words(" remains to be completed")]
    if len(groups) == 1:
        only, phrase = groups[0]
        noun = "remaining action" if only.value == 1 else "remaining actions"
        return [words("the "), only.part(f"{only.value} {noun}"), words(f" {phrase}")]
    items = [[shown.part(), words(f" {phrase}")] for shown, phrase in groups]
    return [words("of the remaining "), remaining.part(), words(", "), *series(items)]


def _reopened(standing: Standing) -> list[Sentence]:
    gone = standing.left.get(Status.COMPLETED)
    if not gone or not gone.value or not standing.earlier:
        return []
    is_are = "is" if gone.value == 1 else "are"
    reported = f"{actions(gone.value)} reported as completed then"
    return [[gone.part(reported), words(f" {is_are} no longer so.")]]


def _withdrawn(standing: Standing) -> list[Sentence]:
    withdrawn = standing.now[Status.WITHDRAWN]
    if not withdrawn.value:
        return []
    has, is_are = ("has", "is") if withdrawn.value == 1 else ("have", "are")
    return [
        [
            withdrawn.part(actions(withdrawn.value)),
            words(f" {has} been withdrawn and {is_are} not counted as remaining."),
        ]
    ]


# Movement


def movement(standing: Standing) -> list[Sentence]:
    """What the paper before said, and what has moved since."""
    if not (earlier := standing.earlier):
        return [
            [
                words(
                    "This is the first report with figures on the plan: there is nothing to "
                    "compare them with."
                )
            ]
        ]
    said = [
        [shown.part(f"{shown.value} {word}")]
        for status, word in ADJECTIVES.items()
        if (shown := earlier.figures.get(status)) and shown.value
    ]
    recall: Sentence = [words(f"The previous report, of {earlier.day}, gave "), *series(said)]
    if total := earlier.figures.get("total"):
        recall += [words(", of "), total.part(actions(total.value))]
    return [
        [*recall, words(".")],
        _moved(standing) if earlier.has_entries else _net(standing),
        *_new(standing),
    ]


def _moved(standing: Standing) -> Sentence:
    came = [
        [shown.part(), words(f" {'has' if shown.value == 1 else 'have'} {moved}")]
        for status, moved in MOVED.items()
        if (shown := standing.entered.get(status)) and shown.value
    ]
    if not came:
        return [words("No action has moved since then.")]
    return [words("Since then "), *series(came), words(".")]


def _net(standing: Standing) -> Sentence:
    changes: list[Sentence] = []
    for status, word in ADJECTIVES.items():
        for side, more in ((standing.entered, "more"), (standing.left, "fewer")):
            if (shown := side.get(status)) and shown.value:
                changes.append([shown.part(), words(f" {more} {word}")])
    if not changes:
        return [words("The numbers have not changed since then.")]
    return [words("Compared with it there are now "), *series(changes), words(".")]


def _new(standing: Standing) -> list[Sentence]:
    new = standing.entered.get("total")
    if not new or not new.value:
        return []
    is_are = "is" if new.value == 1 else "are"
    return [[new.part(actions(new.value)), words(f" {is_are} new on the plan.")]]


def moved_together(since: str, start: Shown, moves: Mapping[str, Shown], end: Shown) -> Sentence:
    """What moved on several plans together, each piece of work counted once: by the names of the parts."""
    went = [
        [shown.part(str(shown.value or "none")), words(f" {'was' if shown.value == 1 else 'were'} {part}")]
        for part, shown in moves.items()
    ]
    now = "is" if end.value == 1 else "are"
    return [
        words("On the plans together, each piece of work counted once, "),
        start.part(actions(start.value)),
        words(f" {'was' if start.value == 1 else 'were'} open on {since}; since then "),
        *series(went),
        words("; now "),
        end.part(),
        words(f" {now} open."),
    ]


# Waiting


def waiting(standing: Standing) -> list[Sentence]:
    """What the actions not yet started wait for."""
    idle = standing.now[Status.NOT_STARTED]
    reasons = [
        (shown, what)
        for key, what in (
            ("waiting_for_actions", "another action to be completed"),
            ("waiting_for_posts", "a vacant post to be filled"),
        )
        if (shown := standing.now[key]).value
    ]
    if not idle.value:
        return [[words("No action is still to be started.")]]
    if not reasons:
        return [_free(idle)]
    if idle.value == 1:
        return [[words("The "), idle.part("1 action not started"), *_whats(reasons)]]
    if all(shown.value == idle.value for shown, _ in reasons):
        return [[words("Each of the "), idle.part(f"{idle.value} actions not started"), *_whats(reasons)]]
    items = [
        [shown.part(), words(f" {'waits' if shown.value == 1 else 'wait'} for {what}")]
        for shown, what in reasons
    ]
    return [
        [
            words("Of the "),
            idle.part(f"{idle.value} actions not started"),
            words(", "),
            *series(items),
            words("."),
        ]
    ]


def _whats(reasons: Sequence[tuple[Shown, str]]) -> Sentence:
    needs = [[words("for "), shown.part(what)] for shown, what in reasons]
    return [words(" waits "), *series(needs), words(".")]


def _free(idle: Shown) -> Sentence:
    if idle.value == 1:
        alone = words(" waits for no other action and for no vacant post.")
        return [words("The "), idle.part("1 action not started"), alone]
    waits = words(" waits for another action or a vacant post.")
    return [words("None of the "), idle.part(f"{idle.value} actions not started"), waits]
