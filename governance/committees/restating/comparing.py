"""Published figures beside the same figures as known later: each question asked once, many in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from governance.committees.blocks import balance
from governance.committees.kinds import is_version
from governance.committees.models import PublishedEntry, PublishedFigure
from governance.core.together import ask_together
from governance.figures.figure import FIGURES, Entry, Figure
from governance.figures.moment import Moment, Scope

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from governance.committees.models import Restatement

# So many questions go into one query: more would make a statement that takes longer to read than to answer.
TOGETHER = 24
SINCE = "since"
# A line of a paper that restates an older one follows the older one: it is not restated again itself.
RESTATES = "restates"


class Record(NamedTuple):
    """What is counted, by key and reference."""

    subject: int
    reference: str

    def as_json(self) -> dict[str, Any]:
        """As a restatement keeps it."""
        return self._asdict()


@dataclass(frozen=True)
class Difference:
    """A published figure beside the same figure as known later: what came and what went, by reference.

    `entries` is all that it counts as known later.
    """

    figure: PublishedFigure
    known_before: datetime
    came: Sequence[Record]
    went: Sequence[Record]
    entries: Sequence[Entry]

    @property
    def now(self) -> int:
        """What it is as known later."""
        return self.figure.value + len(self.came) - len(self.went)

    def is_said_by(self, found: Restatement) -> bool:
        """Does that restatement say that the same records came and went?"""
        said = [each["subject"] for each in found.came], [each["subject"] for each in found.went]
        return said == ([each.subject for each in self.came], [each.subject for each in self.went])

    def __bool__(self) -> bool:
        """Does it differ?"""
        return bool(self.came or self.went)


class _Question(NamedTuple):
    """What is asked once for all figures that it answers: a count at a day, with the parts it is cut into."""

    key: str
    as_at: date
    scope: Scope
    since: str
    once: bool  # of a sum: each piece of work
    parts: tuple[str, ...]


# For each question, its entries with the values that cut them into parts.
Answer = Sequence[tuple[Entry, tuple[Any, ...]]]


def comparable(figures: QuerySet[PublishedFigure]) -> QuerySet[PublishedFigure]:
    """Those that can be restated: counts with their rows. A movement follows from the counts it compares."""
    return figures.filter(movement="", has_entries=True).exclude(dimension__has_key=RESTATES)


def compare(figures: Iterable[PublishedFigure], known_before: datetime) -> Iterator[Difference]:
    """Each of these beside the same figure at its own day, as known before an instant; the same ones too.

    Left out are figures that the registers no longer keep, those with one clock only (they cannot be
    restated), and those that were frozen later than that instant.
    """
    asked = {
        figure: _question(figure)
        for figure in figures
        if _has_two_clocks(FIGURES.get(figure.key)) and figure.known_before < known_before
    }
    told = _told(list(asked))
    answers = _answers(set(asked.values()), known_before)
    for figure, question in asked.items():
        entries = list(_part(figure, question, answers))
        before, later = told[figure.pk], {Record(each.subject, each.reference) for each in entries}
        yield Difference(figure, known_before, _but(later, before), _but(before, later), entries)


def _part(
    figure: PublishedFigure, question: _Question, answers: Mapping[_Question, Answer]
) -> Iterator[Entry]:
    """Of the answer to its question, what the figure counts."""
    # Older figures keep parts that authors typed as text, whatever they are in the registers.
    values = [str(figure.dimension[part]) for part in question.parts]
    return (entry for entry, parts in answers[question] if [*map(str, parts)] == values)


def _has_two_clocks(figure: Figure[Any] | None) -> bool:
    return figure is not None and not is_version(figure.shape.evidence_kind)


def _but(some: set[Record], others: set[Record]) -> Sequence[Record]:
    """Those of the first that are not among the others, by reference; the same key is the same record."""
    known = {each.subject for each in others}
    return sorted((each for each in some if each.subject not in known), key=lambda each: each.reference)


def _question(figure: PublishedFigure) -> _Question:
    since = figure.dimension.get(SINCE, "")
    parts = ("part",) if since else tuple(sorted(figure.dimension))
    once = bool(figure.dimension.get("once"))
    return _Question(figure.key, figure.as_at, figure.counted, since, once and bool(since), parts)


def _told(figures: Sequence[PublishedFigure]) -> dict[int, set[Record]]:
    found: dict[int, set[Record]] = defaultdict(set)
    entries = PublishedEntry.objects.filter(figure__in=[each.pk for each in figures]).order_by()
    for figure, subject, reference in entries.values_list("figure_id", "subject", "reference"):
        found[figure].add(Record(subject, reference))
    return found


def _answers(questions: Iterable[_Question], known_before: datetime) -> dict[_Question, Answer]:
    """What the registers say to each: counts many in one query, sums of movements one by one."""
    counts = {each: _rows(each, known_before) for each in questions if not each.since}
    asked = list(counts.values())
    for start in range(0, len(asked), TOGETHER):
        ask_together(asked[start : start + TOGETHER])
    answers: dict[_Question, Answer] = {
        each: [_answered(each, *row) for row in rows] for each, rows in counts.items()
    }
    return answers | _sums([each for each in questions if each.since], known_before)


def _answered(
    question: _Question, subject: int, reference: str, evidence: int, *parts: Any
) -> tuple[Entry, tuple[Any, ...]]:
    return Entry(subject, reference, FIGURES[question.key].shape.evidence_kind, evidence), parts


def _rows(question: _Question, known_before: datetime) -> QuerySet[Any]:
    figure = FIGURES[question.key]
    shape, moment = figure.shape, Moment(question.as_at, known_before)
    parts = [shape.dimensions[part] for part in question.parts]
    rows: Any = figure.rows(moment, question.scope).order_by()
    found: QuerySet[Any] = rows.values_list(shape.subject, shape.reference, shape.evidence, *parts)
    return found


def _sums(questions: Sequence[_Question], known_before: datetime) -> dict[_Question, Answer]:
    """From what was open at a start to what is open at an end: each record under every part it counts in."""
    return {
        each: [
            (entry, (part,))
            for part, entries in balance.parts_between(
                date.fromisoformat(each.since), Moment(each.as_at, known_before), each.scope, once=each.once
            ).items()
            for entry in entries
        ]
        for each in questions
    }
