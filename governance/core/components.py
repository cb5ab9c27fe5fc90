"""What the page components are made of: plain values that a view hands to a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from governance.core.dates import long_date, long_moment


@dataclass(frozen=True)
class Link:
    """A link with its words; `current` marks the page the reader is on."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class Standing:
    """How a status is shown: its word, its colour, and its shape. No two share both word and shape."""

    word: str
    colour: str
    shape: str


STANDINGS: Mapping[str, Standing] = {
    "not_started": Standing("Not started", "grey", "circle"),
    "in_progress": Standing("In progress", "blue", "half"),
    "awaiting_approval": Standing("Awaiting approval", "purple", "clock"),
    "completed": Standing("Completed", "green", "tick"),
    "withdrawn": Standing("Withdrawn", "grey", "dash"),
    "draft": Standing("Draft", "grey", "circle"),
    "live": Standing("Live", "green", "disc"),
    "under_review": Standing("Under review", "blue", "half"),
    "to_be_disposed": Standing("To be disposed", "amber", "clock"),
    "disposed": Standing("Disposed", "grey", "dash"),
    "transferred": Standing("Transferred", "grey", "dash"),
    "to_begin": Standing("Not begun yet", "blue", "half"),
    "in_force": Standing("In force", "green", "disc"),
    "review_due": Standing("Review due", "amber", "clock"),
    "lapsed": Standing("Lapsed", "red", "triangle"),
    "ended": Standing("Ended", "grey", "dash"),
    "met": Standing("Published", "green", "tick"),
    "late": Standing("Late", "red", "triangle"),
    "never": Standing("Never published", "red", "diamond"),
    "with_dpo": Standing("With the data protection officer", "blue", "clock"),
    "signed_off": Standing("Signed off", "green", "tick"),
    "superseded": Standing("Superseded", "grey", "dash"),
    "not_applicable": Standing("Does not apply", "grey", "dash"),
    "reported": Standing("Reported", "amber", "clock"),
    "open": Standing("Open", "blue", "half"),
    "closed": Standing("Closed", "grey", "tick"),
    "no_clock": Standing("No clock", "grey", "dash"),
    "clock_running": Standing("Clock running", "amber", "clock"),
    "clock_overdue": Standing("72 hours over", "red", "triangle"),
    "told_in_time": Standing("Reported in time", "green", "tick"),
    "told_late": Standing("Reported late", "red", "diamond"),
    "not_to_tell": Standing("Not to be reported", "grey", "circle"),
}
OVERDUE = Standing("Overdue", "red", "triangle")
RATINGS: Mapping[str, Standing] = {
    "red": Standing("Red", "red", "diamond"),
    "amber": Standing("Amber", "amber", "triangle"),
    "green": Standing("Green", "green", "disc"),
    "blue": Standing("Blue", "blue", "tick"),
    "grey": Standing("Grey", "grey", "circle"),
}


def standing(status: object) -> Standing:
    """How a status code is shown; one nobody has described is shown as its own words, in grey."""
    code = str(getattr(status, "value", status))
    return STANDINGS.get(code) or Standing(code.replace("_", " ").capitalize(), "grey", "circle")


@dataclass(frozen=True)
class Column:
    """A table heading. `sort` is what ?sort= says for it ("-" in front: downwards); empty: not sortable."""

    text: str
    sort: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class Heading:
    """A table heading as drawn: where a click leads, and how the table is sorted by it now."""

    text: str
    numeric: bool
    href: str = ""
    order: str = ""  # "", "ascending" or "descending"


@dataclass(frozen=True)
class Change:
    """One field of one change, in words: what it was and what it is."""

    label: str
    before: object = ""
    after: object = ""


@dataclass(frozen=True)
class TimelineEntry:
    """One event in the life of a record: what, who, when, from what to what, and the reason given.

    The versions of governance.history.timeline have the same shape (`kind` in place of `title`).
    """

    title: str
    when: datetime
    who: str = ""
    post: str = ""
    reason: str = ""
    changes: Sequence[Change] = ()
    href: str = ""
    day_only: bool = False  # nobody knows the time: what was brought in from a document


@dataclass(frozen=True)
class AppliedFilter:
    """A filter in force: its field, the value in words, and the address of the same list without it."""

    label: str
    value: str
    href: str


def in_words(value: Any) -> str:
    """A field's value as a reader would say it; "Nothing" where there is none."""
    if value is None or value == "" or value == []:
        return "Nothing"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return long_moment(value)
    if hasattr(value, "isoformat") and hasattr(value, "day"):
        return long_date(value)
    if isinstance(value, list | tuple | set):
        return ", ".join(in_words(each) for each in value)
    return str(value)


def counted(value: Any) -> str:
    """A figure as it is written: thousands apart, so that 1,204 is read at once."""
    return f"{value:,}" if isinstance(value, int) else str(value)
