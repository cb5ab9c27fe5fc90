"""What authors asked for, made ready for the templates: charts drawn, and the ledger of figures over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from governance.core.bars import CountBars
from governance.core.lines import LineChart, Series

Content = dict[str, Any]
Key = tuple[str, str, str]
MOST_COLUMNS = 4


def draw_charts(sections: Sequence[Content]) -> None:
    """The charts that the author asked for, from the numbers of the tables that stand beneath them."""
    blocks = [block for section in sections for block in section["blocks"]]
    for number, block in enumerate((each for each in blocks if each.get("drawn")), 1):
        block["chart"] = (_lines if "columns" in block else _bars)(f"chart-{number}", block)


def _bars(name: str, block: Content) -> CountBars:
    rows = [(row["label"], row["cell"]["value"]) for row in block["rows"]]
    title = f"{block['caption']}, by {block['by'].lower()}"
    return CountBars(name, title, rows, block.get("more", False))


def _lines(name: str, block: Content) -> LineChart:
    """A line for each figure; the days are drawn as far apart as they are."""
    days = [date.fromisoformat(row["on"]) for row in block["rows"]]
    return LineChart(
        name=name,
        title=block["caption"],
        labels=[f"{day.day} {day:%b %y}" for day in days],
        series=[
            Series(title, [row["cells"][place]["value"] for row in block["rows"]])
            for place, title in enumerate(block["columns"])
        ],
        days=[day.toordinal() for day in days],
    )


def apart_over_time(groups: Sequence[Content]) -> tuple[list[Content], list[Content]]:
    """The groups of the ledger without what is over time, and that as tables with a row for each day.

    Else there would be a table for each day, and the words of each definition in all of them.
    """
    days: dict[Key, dict[str, Content]] = defaultdict(dict)
    for group in groups:
        for line in group["ledger"] if group.get("over") else ():
            days[_key(group, line)][group["as_at"]] = line
    repeated = {key: lines for key, lines in days.items() if len(lines) > 1}
    rest = [
        each | {"ledger": [line for line in each["ledger"] if not _in(repeated, each, line)]}
        for each in groups
    ]
    return [each for each in rest if each["ledger"]], list(_tables(repeated))


def _key(group: Content, line: Content) -> Key:
    """Of what the line is, in words and by its scope, as two plans may have one title; and which it is."""
    return group["code"], str(group["over"]), line["row"]


def _in(repeated: dict[Key, dict[str, Content]], group: Content, line: Content) -> bool:
    return bool(group.get("over")) and _key(group, line) in repeated


def _tables(repeated: dict[Key, dict[str, Content]]) -> Iterator[Content]:
    """Figures of the same and the same days stand beside each other."""
    together: dict[tuple[str, ...], list[dict[str, Content]]] = defaultdict(list)
    for (code, scope, _), lines in repeated.items():
        together[code, scope, *sorted(lines)].append(lines)
    for (code, _, *on), figures in together.items():
        for start in range(0, len(figures), MOST_COLUMNS):
            columns = figures[start : start + MOST_COLUMNS]
            yield {
                "code": code,
                "columns": [lines[on[0]] for lines in columns],
                "first": columns[0][on[0]]["as_at"],
                "last": columns[0][on[-1]]["as_at"],
                "rows": [[lines[day] for lines in columns] for day in on],
            }
