"""The figures of plans by workstream and by principle, as these are recorded now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.figures.progress import total
from governance.figures.moment import Scope

if TYPE_CHECKING:
    from governance.figures.moment import Moment

Counts = dict[str, dict[str, int]]


def counts_by_workstream(moment: Moment) -> Counts:
    """How many actions have each status, by the code of their workstream, in one query."""
    return _counts(moment, "workstream")


def counts_by_principle(moment: Moment) -> Counts:
    """The same by the code of a principle: an action under two of them is counted under each."""
    return _counts(moment, "principle")


def _counts(moment: Moment, dimension: str) -> Counts:
    found: Counts = {}
    for (code, status), rows in total.by(moment, Scope(), dimension, "status").items():
        if code is not None:
            found.setdefault(code, {})[status] = rows
    return found
