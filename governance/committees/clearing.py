"""How far the clearance of a paper is: worked out from what was sent, what came back, and the words now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from governance.committees.models import Clearance, Clearer, Paper, Step
from governance.committees.models.clearance import version_of, words_of
from governance.core.dates import long_date, today
from governance.people.models import Role

if TYPE_CHECKING:
    from governance.committees.backplan import Backplan, Calendar
    from governance.committees.models import ClearanceAnswer, FixedStep, Sending
    from governance.people.models import User

Words = Mapping[str, Any]
PARTS = {
    "front": "Front sheet",
    "chosen": "Plans and figures chosen",
    "recommendations": "Recommendations",
    "appendices": "Appendices",
    "background": "Background papers",
    "withheld": "What is not for publication",
}
TAKEN_OUT = "a section that was taken out"
# Which role clears what a form of report names.
ROLES = {
    Clearance.FINANCE: Role.FINANCE_APPROVER,
    Clearance.LEGAL: Role.LEGAL_APPROVER,
    Clearance.DIRECTOR: Role.DIRECTOR_APPROVER,
    Clearance.MEMBER: Role.PORTFOLIO_HOLDER,
}


class Stage(Enum):
    """How far one post is."""

    NOT_SENT = "Not sent yet"
    SENT = "Not answered yet"
    CLEARED = "Cleared"
    RETURNED = "Returned with a comment"
    CHANGED = "To be cleared again"
    OLDER = "Cleared in an older version"  # and issued all the same


@dataclass(frozen=True)
class Standing:
    """One post: what was sent to it last, what it answered to that, and the words as they stand."""

    clearer: Clearer
    words: Words
    version: str
    named: Collection[str] | None = None

    @cached_property
    def sending(self) -> Sending | None:
        """What was sent last."""
        return max(self.clearer.sendings.all(), key=lambda each: each.number, default=None)

    @cached_property
    def answer(self) -> ClearanceAnswer | None:
        """The last answer to it."""
        answers = self.sending.answers.all() if self.sending else ()
        return max(answers, key=lambda each: each.number, default=None)

    @property
    def stage(self) -> Stage:
        """How far it is."""
        if not self.sending:
            return Stage.NOT_SENT
        if not self.answer:
            return Stage.SENT
        if not self.answer.was_cleared:
            return Stage.RETURNED
        if self.answer.version == self.version or self.answer.words == self.since(self.answer.words):
            return Stage.CLEARED
        return Stage.CHANGED if self.clearer.paper.is_draft else Stage.OLDER

    def since(self, before: Words) -> Words:
        """The words as they stand, as they are compared with earlier ones.

        Of an issued paper with the front sheet as it was: issuing itself writes the day of the figures there.
        And without its marks, where those earlier words say nothing of marks: before migration 0024 none did.
        """
        if self.clearer.paper.is_draft:
            return self.words
        kept = {name: each for name, each in self.words.items() if name != "withheld" or name in before}
        return kept | {"front": before.get("front")}

    @property
    def may_be_sent(self) -> bool:
        """Can the paper be sent to the post: for the first time, or again?"""
        return self.stage in (Stage.NOT_SENT, Stage.RETURNED, Stage.CHANGED)

    @property
    def is_open(self) -> bool:
        """Is something still to come from the post, while the paper is a draft?"""
        return self.stage is not Stage.CLEARED and self.clearer.paper.is_draft

    @property
    def changed(self) -> list[str]:
        """What has changed since the last answer; since it was sent, where there is none."""
        last = self.answer or self.sending
        return changed(last.words, self.since(last.words), self.named) if last else []

    @property
    def all_named(self) -> bool:
        """May every section be named that the last answer was about, also one that was taken out since?"""
        return self.answer is None or names_all(self.answer, self.named)

    @property
    def sent(self) -> str:
        """When it was sent out; "" before."""
        return long_date(self.sending.sent_on) if self.sending else ""

    @property
    def returned(self) -> str:
        """When it came back; "" before."""
        return long_date(self.answer.answered_on) if self.answer else ""


def not_cleared(standing: Standing) -> str:
    """Why a paper is not cleared by a post, as a sentence without its full stop."""
    who = f"The {standing.clearer}"
    return {
        Stage.NOT_SENT: f"{who} was not asked to clear it",
        Stage.SENT: f"{who} has not answered; it was sent on {standing.sent}",
        Stage.RETURNED: f"{who} returned it on {standing.returned} and has not cleared it",
        Stage.CHANGED: f"{who} cleared an older version; its words have changed since",
        Stage.OLDER: f"{who} cleared an older version",
        Stage.CLEARED: "",
    }[standing.stage]


@dataclass(frozen=True)
class Clearing:
    """All posts of a paper."""

    paper: Paper
    posts: Sequence[Standing]
    asked: Sequence[str]

    @property
    def approvers(self) -> list[Standing]:
        """Those without whom the paper is not cleared."""
        return [each for each in self.posts if each.clearer.approves]

    @property
    def missing(self) -> list[str]:
        """For what the form asks for a clearance, and no post is named: "finance"."""
        named = {each.clearer.part for each in self.posts}
        return [each for each in self.asked if each not in named]

    @property
    def state(self) -> str:
        """A draft, being cleared, or cleared: in words."""
        if not any(each.sending for each in self.approvers):
            return "Draft"
        whole = not self.missing and all(each.stage is Stage.CLEARED for each in self.approvers)
        return "Cleared" if whole else "Being cleared"


def clearing_of(paper: Paper, named: Collection[str] | None = None) -> Clearing:
    """The clearance of a paper as it stands: five queries. `named`: as named_to() says."""
    now, version = standing_words(paper)
    posts = [Standing(each, now, version, named) for each in paper.clearers.for_page()]
    named = set(paper.sections.exclude(clearance="").order_by().values_list("clearance", flat=True))
    return Clearing(paper, posts, [each for each in Clearance.values if each in named])


def standing_words(paper: Paper) -> tuple[Words, str]:
    """Digests of the words of a paper as they stand, and the version that they make."""
    asked = Paper.objects.filter(pk=paper.pk).order_by()
    now, version = asked.values_list(words_of(), version_of(words_of())).get()
    return now, version


def named_to(person: User, paper: Paper) -> Collection[str] | None:
    """The keys of the sections that may be named to a person; None where all of the paper is open to them.

    Also where nothing is marked now: what was marked may have been taken out.
    """
    if person.has_perm("committees.view_part_2", paper):
        return None
    return {str(key) for key in paper.sections.filter(exemption=None).values_list("pk", flat=True)}


def names_all(answer: ClearanceAnswer, named: Collection[str] | None) -> bool:
    """May every section be named that an answer was about, also one that was taken out since?

    Where something was withheld then, nobody can say any more what: it may be public by now.
    """
    if named is None:
        return True
    return "withheld" not in answer.words and all(key in named for key in answer.words["sections"])


def changed(before: Words, after: Words, named: Collection[str] | None = None) -> list[str]:
    """The parts whose words differ between two versions, by name: of a section its heading.

    Sections that are not among those `named` are told as not for publication; of one that was taken out
    nobody can say any more whether it was.
    """
    found = [name for key, name in PARTS.items() if before.get(key) != after.get(key)]
    old, new = before["sections"], after["sections"]
    for key in sorted({*old, *new}, key=int):
        if old.get(key) != new.get(key) and named is not None and key not in named:
            found.append("a section that is not for publication" if key in new else TAKEN_OUT)
        elif key not in new:
            found.append(f"“{old[key]['heading']}” (taken out)")
        elif key not in old:
            found.append(f"“{new[key]['heading']}” (new)")
        elif old[key]["words"] != new[key]["words"]:
            found.append(f"“{new[key]['heading']}”")
    return found


@dataclass(frozen=True)
class ToClear:
    """A paper that waits for a post, by when, and how late that is."""

    clearer: Clearer
    due: date
    late: str


def to_clear(
    waiting: Iterable[Clearer], calendar: Calendar, fixed: Sequence[FixedStep] | None = None
) -> list[ToClear]:
    """Papers with the days by which they are to be cleared, the first due first. Those of sent_to()."""
    found = []
    for each in waiting:
        meeting = each.paper.meeting
        own = None if fixed is None else [step for step in fixed if step.meeting_id == meeting.pk]
        plan = calendar.plan(meeting, own)
        found.append(ToClear(each, day := due(plan, each.part), late(plan, day, today())))
    return sorted(found, key=lambda each: each.due)


def late(plan: Backplan, day: date, on: date) -> str:
    """How late something is that was due on a day and is still to come: "3 working days late"; "" in time."""
    if on <= day:
        return ""
    days = plan.days.late_by(day, on)
    return f"{days} working day{'' if days == 1 else 's'} late" if days else "late"


def due(plan: Backplan, part: str) -> date:
    """The last day on which a post answers: by the publication calendar, as what it clears.

    Other approvers have as long as the director, and contributors until the figures are frozen.
    """
    steps = {Clearer.Part.OTHER: Step.DIRECTOR, Clearer.Part.CONTRIBUTOR: Step.FREEZE}
    return plan.due(steps.get(Clearer.Part(part)) or Step(part))
