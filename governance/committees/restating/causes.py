"""The facts learned since a figure was frozen that moved it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from governance.committees.causes import learned
from governance.committees.kinds import ACTIONS, SAID_OF_CLAIMS, Kind, completions_on, kind_of
from governance.committees.restating.waiting import counts_waiting, needed_by, needs_of

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from actions.models import Dependency
    from governance.committees.models import PublishedFigure
    from governance.committees.restating.comparing import Difference


class Source(NamedTuple):
    """Facts that figures rest on: those of a kind, or what others said of claims for the figure `said`."""

    kind: Kind
    said: str = ""

    def about(self, subjects: set[int]) -> QuerySet[Any]:
        """The facts about these."""
        keys = sorted(subjects)
        return completions_on(self.said, keys) if self.said else self.kind.facts_on(keys)


def causes_of(differences: Sequence[Difference]) -> list[list[dict[str, Any]]]:
    """For each difference the facts that bear on its day, were learned since, and are about what moved; where
    none is and the figure counts what waits on others, about those others.

    They stand in the order in which they became known; one query for each source of facts.
    """
    waiting = [_moved(each) for each in differences if counts_waiting(each.figure)]
    needs = needs_of(set().union(*waiting))
    subjects: dict[Source, set[int]] = defaultdict(set)
    for each in differences:
        for source in _sources(each.figure):
            subjects[source] |= _moved(each)
    if needs:
        subjects[Source(ACTIONS)] |= {
            each.needs_action_id for some in needs.values() for each in some if each.needs_action_id
        }
    known = {source: _learned(source, about, differences) for source, about in subjects.items()}
    return [_of(each, known, needs) for each in differences]


def _sources(figure: PublishedFigure) -> list[Source]:
    """Figures of what was said of completions rest on that beside the updates."""
    kind = kind_of(figure)
    said = [Source(kind, figure.key)] if figure.key in SAID_OF_CLAIMS else []
    return [Source(kind), *said]


def _moved(difference: Difference) -> set[int]:
    return {record.subject for record in (*difference.came, *difference.went)}


def _learned(source: Source, subjects: set[int], differences: Sequence[Difference]) -> list[Any]:
    """Those that can bear on any of the differences."""
    first = min(each.figure.known_before for each in differences)
    last = max(each.figure.as_at for each in differences)
    return list(learned(source.about(subjects), since=first, day=last).select_related("corrects"))


def _of(
    difference: Difference, known: Mapping[Source, list[Any]], needs: Mapping[int, list[Dependency]]
) -> list[dict[str, Any]]:
    moved = _moved(difference)
    found = _about(moved, difference, known)
    unexplained = moved - {subject for subject, _ in found}
    others = {action.pk for each in unexplained for action in needed_by(each, difference.figure, needs)}
    if others:
        found = _about(moved | others, difference, known)
    return [
        {"kind": fact._meta.label_lower, "id": fact.pk, "subject": subject, "by": fact.recorded_by_id}
        for subject, fact in found
    ]


def _about(
    subjects: set[int], difference: Difference, known: Mapping[Source, list[Any]]
) -> list[tuple[int, Any]]:
    """The facts about these that bear on the difference, each with what it is about."""
    return [
        (subject, fact)
        for source in _sources(difference.figure)
        for fact in known[source]
        if (subject := source.kind.subject_of(fact)) in subjects and _bears(fact, difference)
    ]


def _bears(fact: Any, difference: Difference) -> bool:
    """Was it learned between the freeze and the instant asked, and is it about the day of the figure?"""
    figure = difference.figure
    if not figure.known_before <= fact.known_at < difference.known_before:
        return False
    days: Iterator[date] = (each.effective_on for each in (fact, fact.corrects) if each)
    return min(days) <= figure.as_at
