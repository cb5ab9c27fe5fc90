"""What a paper tells of figures that its body was told before and that are known otherwise, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.urls import reverse

from governance.committees.lines import Line, LineKey
from governance.committees.models import (
    Classing,
    Materiality,
    Paper,
    PublishedFigure,
    Restatement,
    RestatementNote,
)
from governance.committees.restating import printing
from governance.committees.restating.causes import causes_of
from governance.committees.restating.comparing import (
    RESTATES,
    Difference,
    comparable,
    compare,
)
from governance.committees.restating.finding import keep
from governance.core.dates import long_date
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope


@dataclass(frozen=True)
class Told:
    """A figure that was told and is known otherwise, with what was found and said of it so far.

    `stored` is the restatement that says the same, `before` what this body was last told in its place.
    """

    difference: Difference
    stored: Restatement | None
    classing: Classing | None
    before: RestatementNote | None
    causes: Sequence[dict[str, Any]] = ()

    @property
    def figure(self) -> PublishedFigure:
        """What was told."""
        return self.difference.figure

    @property
    def is_news(self) -> bool:
        """Has the body not been told of it as it is now, with its class?"""
        if not self.difference:
            return self.before is not None and self.before.restatement.differs
        if self.before is None or self.stored is None or self.before.restatement_id != self.stored.pk:
            return True
        return self.before.classing_id is None and self.classing is not None

    def is_told_by_itself(self, size: Materiality | None) -> bool:
        """An error of the size that the body asked for, what has no class yet, and what differs no more."""
        if not self.difference or self.classing is None:
            return True
        moved = max(len(self.difference.came), len(self.difference.went))
        is_error = self.classing.kind == Classing.Kind.ERROR
        return is_error and (size is None or size.is_reached(moved, self.figure.value))

    @property
    def together(self) -> tuple[str, ...]:
        """What one note tells: figures of one paper, scope and day, moved by the same facts, of one class."""
        said = (self.classing.kind, self.classing.reason) if self.classing else ("", "")
        facts = sorted((cause["kind"], cause["id"]) for cause in self.causes)
        paper = self.figure.paper
        order = f"{paper.meeting.held_on} {paper.pk:020}"
        of = repr(self.figure.scope), self.figure.as_at.isoformat()
        return (order, *of, str(bool(self.difference)), repr(facts), *said)

    @property
    def words(self) -> tuple[Any, ...]:
        """What a note says of it: where a paper gave one figure at two places, both say the same."""
        figure, moved = self.figure, self.difference
        again = self.before.restatement.now if self.before and not moved else None
        given = figure.title, bool(figure.dimension), figure.as_at, figure.value, again
        return *given, tuple(moved.came), tuple(moved.went)


@dataclass
class Note:
    """Figures told together, with a line of the ledger for each as it is known now."""

    told: Sequence[Told]
    moment: Moment  # the day that was told of, as known now
    lines: dict[LineKey, Line] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its place in the content of the paper."""
        return "restated"

    @property
    def scope(self) -> Scope:
        """What was counted."""
        return self.told[0].figure.counted

    @property
    def said(self) -> Sequence[Told]:
        """What it says, each difference once."""
        return once_each(self.told)

    def printed(self, positions: Mapping[LineKey, int], paper: int) -> dict[str, Any]:
        """What is printed of it, as plain data."""
        now = [
            {"value": self.lines[key].value, "paper": paper, "position": positions[key]}
            for key in map(key_of, self.said)
        ]
        return printing.printed(self.said, now)


def once_each(told: Iterable[Told]) -> list[Told]:
    """Of those that say the same, the first."""
    first: dict[tuple[Any, ...], Told] = {}
    for each in told:
        first.setdefault(each.words, each)
    return list(first.values())


def key_of(told: Told) -> LineKey:
    """Where its line stands among those of the note."""
    return told.figure.key, str(told.figure.pk), ""


def reckon_notes(paper: Paper, moment: Moment) -> list[Note]:
    """What this paper tells of figures in earlier papers to its body, the earliest paper first."""
    news = [each for each in told_otherwise(paper, moment) if each.is_news]
    size = Materiality.objects.in_force(paper.meeting.body_id, moment.as_at)
    chosen = [each for each in news if paper.tells_restatements or each.is_told_by_itself(size)]
    ordered = sorted(chosen, key=lambda each: (*each.together, each.figure.position))
    return [_note(list(some), moment) for _, some in groupby(ordered, key=lambda each: each.together)]


def told_otherwise(paper: Paper, moment: Moment) -> list[Told]:
    """Every figure in earlier papers to the body of this one that differs, or that it was told differs. What
    a paper told that was withdrawn since is not told again."""
    earlier = Paper.objects.served().filter(meeting__body=paper.meeting.body_id).exclude(pk=paper.pk)
    figures = comparable(PublishedFigure.objects.filter(paper__in=earlier.values("pk"), exempt=False))
    about = figures.select_related("paper__meeting__body").order_by("paper", "position")
    differences = list(compare(about, moment.known_before))
    before = _told_before(paper)
    found = [each for each in differences if each or each.figure.pk in before]
    stored = _stored(found)
    return [
        Told(each, *_said(each, stored), before.get(each.figure.pk), causes)
        for each, causes in zip(found, causes_of(found), strict=True)
    ]


def _told_before(paper: Paper) -> dict[int, RestatementNote]:
    """By figure, the last that papers to this body told of it, unless they were withdrawn since."""
    served = Paper.objects.served().filter(meeting__body=paper.meeting.body_id)
    notes = RestatementNote.objects.filter(paper__in=served.values("pk"))
    return {each.restatement.figure_id: each for each in notes.select_related("restatement").order_by("pk")}


def _stored(found: Iterable[Difference]) -> dict[int, Restatement]:
    standing = Restatement.objects.standing().filter(figure__in=[each.figure.pk for each in found])
    return {each.figure_id: each for each in standing.prefetch_related("classings")}


def _said(
    difference: Difference, stored: Mapping[int, Restatement]
) -> tuple[Restatement | None, Classing | None]:
    """The restatement that says what is found, and its class."""
    last = stored.get(difference.figure.pk)
    if last is None or not difference.is_said_by(last):
        return None, None
    return last, next(reversed(last.classings.all()), None)


def _note(told: Sequence[Told], moment: Moment) -> Note:
    then = Moment(told[0].figure.as_at, moment.known_before)
    return Note(told, then, {key_of(each): _line(each) for each in once_each(told)})


def _line(told: Told) -> Line:
    """The figure as known now, in the ledger of the paper that says so."""
    figure, day = told.figure, long_date(told.figure.as_at)
    entries = sorted(told.difference.entries, key=lambda entry: entry.reference)
    definition = f"{figure.definition} As at {day}, as known when this paper was frozen."
    kept = figure.dimension | {RESTATES: figure.pk, "as_at": figure.as_at.isoformat()}
    page = "committees:restatement" if told.stored else "committees:published_figure"
    return Line(
        get_figure(figure.key),
        f"{figure.title}, as at {day}",
        definition,
        len(entries),
        entries,
        kept,
        row=str(figure.pk),
        live=reverse(page, args=[figure.paper_id, figure.position]),
    )


def write_notes(paper: Paper, notes: Sequence[Note]) -> None:
    """Write down what was found, and that this paper tells of it. Inside the transaction that issues it."""
    told = [each for note in notes for each in note.told]
    keep([each.difference for each in told])
    RestatementNote.objects.bulk_create(_rows(paper, told))


def _rows(paper: Paper, told: Sequence[Told]) -> Iterator[RestatementNote]:
    stored = _stored([each.difference for each in told])
    for each in told:
        found, classing = _said(each.difference, stored)
        if found:
            yield RestatementNote(paper=paper, restatement=found, classing=classing)
