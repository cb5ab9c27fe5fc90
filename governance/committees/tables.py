"""What a paper prints of a plan that is made from its figures alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from actions.models import Status
from governance.committees.followed import COLUMNS, Followed
from governance.committees.lines import LineKey
from governance.committees.sentences import ADJECTIVES, Shown, Standing

Cell = dict[str, int]
CHECKED: Mapping[str, str] = {
    "claimed": "Claimed to be done: completed, or awaiting approval",
    "completed": "Completed, as reported by management",
    "approved": "Of those completed, approved by the post, board or cabinet member named for it",
    "verified": "Of those completed, verified by somebody independent",
}


def cell(shown: Shown) -> Cell:
    """A figure in a table."""
    return {"value": shown.value, "paper": shown.paper, "position": shown.position}


def checked_list(standing: Standing) -> list[dict[str, Any]]:
    """Whose word it is that actions are done: a line for each of the three, and for what is completed."""
    return [{"label": label, "cell": cell(standing.now[name])} for name, label in CHECKED.items()]


def follow_up_table(followed: Followed, shown: Callable[[LineKey], Cell]) -> dict[str, Any]:
    """What the auditor who came back found of recommendations: a row for each scope area, and all of them."""

    def row(label: str, area: int | str | None) -> dict[str, Any]:
        return {"label": label, "cells": [shown((name, area, "")) for name in COLUMNS]}

    return {
        "words": followed.words,
        "columns": list(COLUMNS.values()),
        "rows": [row(title, area) for area, title in followed.areas.items()],
        "total": row("All recommendations rated", ""),
    }


def movement_table(standing: Standing) -> dict[str, Any] | None:
    """Each status then, what came in, what went out, and now; None for a first paper."""
    if not (earlier := standing.earlier):
        return None
    rows = [
        {
            "label": "All actions" if name == "total" else Status(name).label,
            "cells": [
                cell(s)
                for s in (
                    earlier.figures[name],
                    standing.entered[name],
                    standing.left[name],
                    standing.now[name],
                )
            ],
        }
        for name in (*ADJECTIVES, "total")
        if name in earlier.figures
        and (name != "withdrawn" or standing.now[name].value or earlier.figures[name].value)
    ]
    return {"since": earlier.day, "rows": rows, "net": not earlier.has_entries}
