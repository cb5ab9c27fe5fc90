"""What minutes say of a paper's figures, beside what the paper says: other numbers, and wrong sums."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.timezone import localdate

from governance.committees.models import Minute, MinutedFigure, Paper, PublishedFigure
from governance.committees.reckoning import ROOM, STATUSES, TOTAL
from governance.core.dates import long_date

PARTS = tuple(f"{ROOM}.{name}" for name in STATUSES)


@dataclass(frozen=True)
class Told:
    """A passage of minutes with its figures, and sentences: sums that are not the paper's total, and numbers
    that were put right since they were recorded."""

    minute: Minute
    figures: list[MinutedFigure]
    sums: list[str]
    put_right: list[str]


def told_of(paper: Paper, minutes: Iterable[Minute]) -> list[Told]:
    """The passages that give figures of the paper. Two queries, whatever their number."""
    found = list(minutes)
    ledger = list(paper.figures.counted().filter(dimension={})) if found else []
    changed = _put_right([figure for each in found for figure in each.figures.all()])
    return [
        Told(
            each,
            figures := list(each.figures.all()),
            wrong_sums(figures, ledger),
            [sentence for figure in figures for sentence in changed[figure.pk]],
        )
        for each in found
    ]


def _put_right(figures: Sequence[MinutedFigure]) -> dict[int, list[str]]:
    """By figure, each number that was recorded wrongly: which, until when, who put it right, and why."""
    told: dict[int, list[str]] = {figure.pk: [] for figure in figures}
    titles = {figure.pk: figure.figure.title for figure in figures}
    versions = MinutedFigure.history.filter(id__in=titles).order_by("id", "history_id") if titles else []
    for before, after in pairwise(versions):
        if before.id == after.id and before.value != after.value:
            day = long_date(localdate(after.history_date))
            told[after.id].append(
                f"{titles[after.id]}: recorded as {before.value}, put right on {day} by "
                f"{after.history_post or after.history_who}, because “{after.history_change_reason}”"
            )
    return told


def wrong_sums(minuted: Iterable[MinutedFigure], ledger: Iterable[PublishedFigure]) -> list[str]:
    """For each plan, or whatever else is counted: "sums to 79, the paper says 77".

    Only where the minutes give every part of which the paper has any: else they need not sum to its total.
    """
    said = {each.figure_id: each.value for each in minuted}
    by_scope: dict[str, list[PublishedFigure]] = {}
    for figure in ledger:
        by_scope.setdefault(json.dumps(figure.scope, sort_keys=True), []).append(figure)
    return [sentence for figures in by_scope.values() if (sentence := _wrong_sum(figures, said))]


def _wrong_sum(figures: Iterable[PublishedFigure], said: dict[int, int]) -> str:
    parts = [each for each in figures if each.key in PARTS]
    total = next((each for each in figures if each.key == TOTAL), None)
    given = [said[each.pk] for each in parts if each.pk in said]
    left_out = [each for each in parts if each.pk not in said and each.value]
    if total is None or not given or left_out:
        return ""
    whole = said.get(total.pk, total.value)
    if sum(given) == whole:
        return ""
    who = "the minutes say" if total.pk in said else "the paper says"
    return f"{' + '.join(map(str, given))} sums to {sum(given)}, {who} {whole}"
