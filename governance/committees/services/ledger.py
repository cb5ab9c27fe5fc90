"""The ledger of a paper: its figures and their entries, written once."""

from __future__ import annotations

from collections.abc import Sequence, Set

from django.db import connection

from governance.committees import content
from governance.committees.lines import Line, Reckoned
from governance.committees.models import Paper, PublishedEntry, PublishedFigure
from governance.figures.moment import Moment, Scope


def write_ledger(
    paper: Paper, reckonings: Sequence[Reckoned], moment: Moment, *, exempt: Set[int] = frozenset()
) -> None:
    """Figures and entries, compared by the database before anything else happens.

    `exempt` are the places of those that Part 2 alone prints.
    """
    numbered, _ = content.number_lines(reckonings)
    figures = [
        figure_of(paper, position, reckoning.scope, line, reckoning.moment if line.inserted else moment)
        for position, reckoning, line in numbered
    ]
    for figure in figures:
        figure.exempt = figure.position in exempt
    PublishedFigure.objects.bulk_create(figures)
    PublishedEntry.objects.bulk_create(
        PublishedEntry(figure=figure, **entry._asdict())
        for figure, (_, _, line) in zip(figures, numbered, strict=True)
        for entry in line.entries or ()
    )
    _compare_now()


def _compare_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS figure_equals_its_entries, entries_equal_their_figure IMMEDIATE")
        cursor.execute("SET CONSTRAINTS figure_equals_its_entries, entries_equal_their_figure DEFERRED")


def figure_of(paper: Paper, position: int, scope: Scope, line: Line, moment: Moment) -> PublishedFigure:
    """A line as the ledger keeps it, not saved."""
    return PublishedFigure(
        paper=paper,
        position=position,
        key=line.figure.key,
        title=line.title,
        definition=line.definition,
        as_at=moment.as_at,
        known_before=moment.known_before,
        scope=scope.as_json(),
        dimension=dict(line.dimension),
        movement=line.movement,
        earlier=line.earlier,
        value=line.value,
        has_entries=line.entries is not None,
        inserted=line.inserted,
    )
