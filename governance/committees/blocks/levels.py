"""Maturity as a paper shows it: the stored numbers with their days in words, and the chart drawn of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from actions.models import MaturityLevel
from actions.representations.maturity_chart import LevelChart

MARKS = {"earlier": "before", "level": "level", "target": "target"}


def shown(model: dict[str, Any], in_full: Callable[[str], str]) -> dict[str, Any]:
    """A model of an issued paper, or of a draft, ready for its template."""
    rows = [
        row
        | {"actions": [each | {"on": in_full(each["completed_on"])} for each in row["actions"]]}
        | {"before_day": in_full(row["before_on"]) if row.get("before_on") else ""}
        for row in model["rows"]
    ]
    told = {
        name: each | {"on": in_full(each["as_at"])} if (each := model[name]) else None
        for name in ("latest", "before")
    }
    return model | told | {"rows": rows, "chart": _chart(model)}


def _chart(model: dict[str, Any]) -> LevelChart:
    """The levels of every area on one scale."""
    levels = [MaturityLevel(number=number) for number in model["levels"]]
    drawn = [
        (row["area"], {mark: row[name] for mark, name in MARKS.items() if row[name] is not None})
        for row in model["rows"]
        if row["area"]  # one that is not for publication has its reference alone
    ]
    return LevelChart(f"maturity-{model['code']}", f"Levels and targets: {model['model']}", levels, drawn)
