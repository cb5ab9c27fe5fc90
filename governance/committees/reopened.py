"""The history of a paper's clearances: what went out and came back, of which version, what reopened it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from governance.committees.clearing import Clearing, Standing, Words, changed, names_all

if TYPE_CHECKING:
    from governance.committees.models import ClearanceAnswer, Clearer, Sending


@dataclass(frozen=True)
class Round:
    """An answer of a post, with the request that it answers; the request alone while nothing came back.

    `changed` are the parts whose words changed after it: until the post was asked or answered again, or by
    now. Versions are numbered as they came up in the paper. `is_again`: it answers the same request again.
    """

    clearer: Clearer
    sending: Sending
    answer: ClearanceAnswer | None
    changed: list[str]
    versions: Mapping[str, int]
    is_again: bool
    tells_comment: bool

    @property
    def sent_version(self) -> int:
        """Which version was sent."""
        return self.versions[self.sending.version]

    @property
    def version(self) -> int | None:
        """Which version was answered."""
        return self.versions[self.answer.version] if self.answer else None

    @property
    def was_reopened(self) -> bool:
        """Was it cleared, and then changed?"""
        return bool(self.changed and self.answer and self.answer.was_cleared)


def history_of(clearing: Clearing) -> list[Round]:
    """Everything that was sent and answered, post by post; no query beside those of the clearing."""
    versions = _versions(clearing)
    return [each for standing in clearing.posts for each in _rounds(standing, versions)]


def _rounds(standing: Standing, versions: Mapping[str, int]) -> Iterator[Round]:
    told = [(sending, each) for sending in standing.clearer.sendings.all() for each in _answers(sending)]
    before = None
    for place, (sending, answer) in enumerate(told):
        after = standing.since((answer or sending).words)
        if place + 1 < len(told):
            coming, its_answer = told[place + 1]
            after = its_answer.words if its_answer and coming == sending else coming.words
        named = _named(standing, (answer or sending).words, after)
        moved = changed((answer or sending).words, after, named)
        may_tell = answer is not None and names_all(answer, named)
        yield Round(standing.clearer, sending, answer, moved, versions, sending == before, may_tell)
        before = sending


def _named(standing: Standing, before: Words, after: Words) -> Collection[str] | None:
    """The sections that may be named: none to who may not read all, where something was withheld then. Nobody
    can say any more which: it may be public by now."""
    withheld = "withheld" in before or "withheld" in after
    return frozenset() if standing.named is not None and withheld else standing.named


def _answers(sending: Sending) -> Sequence[ClearanceAnswer | None]:
    """What came back, in its order; None where nothing did."""
    found: Sequence[ClearanceAnswer] = list(sending.answers.all())
    return found or [None]


def _versions(clearing: Clearing) -> dict[str, int]:
    """The versions that were sent or answered, numbered in the order of the clock."""
    sendings = [each for standing in clearing.posts for each in standing.clearer.sendings.all()]
    sent = [(each.sent_at, each.version) for each in sendings]
    answered = [(each.answered_at, each.version) for of in sendings for each in of.answers.all()]
    found = dict.fromkeys(version for _, version in sorted([*sent, *answered]))
    return {version: number for number, version in enumerate(found, 1)}
