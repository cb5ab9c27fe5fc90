"""The figures of plans by workstream and by principle, as these are recorded now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.figures.progress import total

if TYPE_CHECKING:
    from governance.figures.moment import Moment, Scope

Counts = dict[str, dict[str, int]]


def counts_by_workstream(moment: Moment, scope: Scope) -> Counts:
    """How many actions have each status, by the code of their workstream, in one query."""
    return _counts(moment, scope, "workstream")


def counts_by_principle(moment: Moment, scope: Scope) -> Counts:
    """The same by the code of a principle: an action under two of them is counted under each."""
    return _counts(moment, scope, "principle")


def _counts(moment: Moment, scope: Scope, dimension: str) -> Counts:
    found: Counts = {}
    for (code, status), rows in total.by(moment, scope, dimension, "status").items():
        if code is not None:
            found.setdefault(code, {})[status] = rows
    return found
