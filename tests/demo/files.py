"""The demonstration council's files read and replayed in plain Python, without the product.

The rules of standing (design.md 2.2) are written here a second time on purpose: the product and the
files cannot then be wrong in the same way.
"""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[2] / "governance" / "demo" / "data"
JULY, OCTOBER, FEBRUARY, APRIL = date(2016, 7, 25), date(2016, 10, 24), date(2017, 2, 20), date(2017, 4, 13)
BEGUN = {"in_progress", "awaiting_approval", "completed"}
CLOSED = {"completed", "withdrawn"}

Row = dict[str, str]


@cache
def table(name: str) -> list[Row]:
    """The rows of one file."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str, otherwise: date = date.max) -> date:
    """A date as written in the files; an empty cell has no end."""
    return date.fromisoformat(text) if text else otherwise


def actions_of(plan: str) -> list[str]:
    """References of the plan's actions."""
    return [row["reference"] for row in table("actions") if row["plan"] == plan]


def _opening(action: Row) -> Row:
    """The "not started" update that the product makes when the action is opened."""
    known = {"effective_on": action["opened_on"], "known_on": action["opened_on"]}
    return known | {"id": "opening", "status": "not_started", "place": "0000", "corrects": "", "void": "no"}


@cache
def ledger() -> dict[str, list[Row]]:
    """Every action's updates, the opening one first. A correction has the place of what it corrects."""
    rows = {action["reference"]: [_opening(action)] for action in table("actions")}
    places: dict[str, str] = {}
    for number, update in enumerate(table("updates"), start=1):
        places[update["id"]] = places[update["corrects"]] if update["corrects"] else f"{number:04d}"
        rows[update["action"]].append(update | {"place": places[update["id"]]})
    return rows


def standing(action: str, as_at: date, known: date) -> Row:
    """The update that stands: known, neither corrected by a known one nor void, the last in effect."""
    rows = [row for row in ledger()[action] if day(row["known_on"]) <= known]
    corrected = {row["corrects"] for row in rows}
    live = [row for row in rows if row["id"] not in corrected and row["void"] == "no"]
    in_effect = [row for row in live if day(row["effective_on"]) <= as_at]
    return max(in_effect, key=lambda row: (row["effective_on"], row["place"], row["known_on"]))


def statuses(as_at: date, known: date | None = None, plan: str = "ico-2015") -> dict[str, str]:
    """The status of each action of the plan, as known on the day itself unless told otherwise."""
    return {action: standing(action, as_at, known or as_at)["status"] for action in actions_of(plan)}


def filled(post: str, on: date) -> bool:
    """Does anybody hold the post on that day? First and last day are included."""
    held = [row for row in table("holdings") if row["post"] == post]
    return any(day(row["from"]) <= on <= day(row["until"]) for row in held)


def unmet(action: str, step: str, on: date, known: date) -> Iterator[Row]:
    """The dependencies that hold up that step of the action on the day, as known by then."""
    for row in table("dependencies"):
        if (row["action"], row["holds_up"]) == (action, step) and day(row["from"]) <= on <= day(row["until"]):
            needed = row["needs_action"]
            closed = needed and standing(needed, on, known)["status"] in CLOSED
            if not (closed or (row["needs_post"] and filled(row["needs_post"], on))):
                yield row
