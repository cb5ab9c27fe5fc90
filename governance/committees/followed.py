"""What the auditor who came back found of what a plan answers, as a paper tells it: figures with entries.

The last follow-up in which anything was rated by the moment of the paper. The auditor rates recommendations,
so these count recommendations, and stand apart from what is counted by action.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actions.figures.follow_ups import rated
from actions.models import FollowUp
from governance.committees.lines import AREA, Line, LineKey, in_order
from governance.core.dates import long_date
from governance.figures.figure import Entry, Figure, get_figure

if TYPE_CHECKING:
    from governance.figures.moment import Moment, Scope

# What the ledger and the sentences call each figure, and the heading of its column.
RATED, CLAIMED, FOUND = "rated", "claimed_complete", "found_complete"
OTHERWISE, BEYOND = "not_found_so", "found_beyond"
COLUMNS: Mapping[str, str] = {
    RATED: "Rated",
    CLAIMED: "Claimed complete by the council",
    FOUND: "Of those, found complete",
    OTHERWISE: "Of those, found otherwise",
    BEYOND: "Found complete, though not claimed",
}


@dataclass(frozen=True)
class Followed:
    """A follow-up in words, the titles of the scope areas in which anything was rated, and its figures."""

    words: str
    areas: Mapping[int | None, str]
    lines: dict[LineKey, Line]


def reckon_follow_up(moment: Moment, scope: Scope) -> Followed | None:
    """The figures of the last follow-up of what is in scope; None where nobody has rated anything by then."""
    found = rated.rows(moment, scope)
    last = found.order_by("-follow_up__number").values("follow_up")[:1]
    follow_up = FollowUp.objects.filter(pk__in=last).select_related("audit").first()
    if follow_up is None:
        return None
    area_of = dict(found.filter(follow_up=follow_up).values_list("id", "recommendation__scope_area"))
    areas = in_order(set(area_of.values()))
    lines: dict[LineKey, Line] = {}
    for name in COLUMNS:
        figure = get_figure(f"follow_ups.{name}")
        entries = figure.entries_of(figure.rows(moment, scope).filter(follow_up=follow_up))
        asked = figure.address(moment, scope, follow_up=follow_up.handle)
        lines[name, "", ""] = _line(figure, follow_up, entries, live=asked)
        for area, title in areas.items():
            part = [entry for entry in entries if area_of[entry.subject] == area]
            lines[name, area, ""] = _line(figure, follow_up, part, area, title)
    return Followed(_in_words(follow_up), areas, lines)


def _line(
    figure: Figure[Any],
    follow_up: FollowUp,
    entries: list[Entry],
    area: int | str | None = "",
    title: str = "",
    live: str | None = None,
) -> Line:
    """One figure of the follow-up, or its part in one scope area."""
    where = "" if area == "" else f" In the scope area “{title}”." if area else " Without a scope area."
    kept = {"follow_up_id": follow_up.pk} | ({} if area == "" else {AREA: area})
    named = f"{figure.title}, {str(follow_up).lower()}" + (f": {title}" if title else "")
    counts = f"{figure.definition} Of {str(follow_up).lower()} of this audit.{where}"
    return Line(figure, named, counts, len(entries), entries, kept, part=title, live=live)


def _in_words(follow_up: FollowUp) -> str:
    """Which follow-up it is: by the day of its report, or else on which it was held."""
    if follow_up.reported_on:
        return f"{follow_up} (report of {long_date(follow_up.reported_on)})"
    held = follow_up.held_to or follow_up.held_from
    return f"{follow_up} (held on {long_date(held)})" if held else str(follow_up)
