"""How follow-ups are said on a page: plain values, made from rows that are already read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actions.models import Claim
from governance.core.components import Column
from governance.core.percent import percent
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import Tile

if TYPE_CHECKING:
    from actions.models import FollowUp, FollowUpRating, Recommendation

AREA_COLUMNS = [
    Column("Scope area"),
    Column("Rated", numeric=True),
    Column("Claimed complete", numeric=True),
    Column("Found so", numeric=True),
    Column("Accuracy", numeric=True),
]
RATED, CLAIMED, FOUND = "follow_ups.rated", "follow_ups.claimed_complete", "follow_ups.found_complete"
SHOWN = (RATED, CLAIMED, FOUND, "follow_ups.not_found_so", "follow_ups.found_beyond")
Counted = Mapping[str, int]
ByArea = Mapping[tuple[int | None, str | None], Counted]  # by the key and the title of a scope area


def accuracy(counted: Counted) -> str:
    """Found complete out of those claimed complete, in a hundred; in words where nothing was claimed."""
    share = percent(counted.get(FOUND, 0), counted.get(CLAIMED, 0))
    return "Nothing claimed" if share is None else f"{share}%"


def together(counted: Iterable[Counted]) -> dict[str, int]:
    """The counts of all areas."""
    found = dict.fromkeys(SHOWN, 0)
    for each in counted:
        found = {key: value + each[key] for key, value in found.items()}
    return found


@dataclass(frozen=True)
class Accuracy:
    """The figures of a follow-up, and the share made of two of them."""

    tiles: Sequence[Tile]
    share: str
    found: int
    claimed: int


def follow_up_tiles(follow_up: FollowUp, counted: ByArea, moment: Moment) -> Accuracy:
    """The figures of the whole follow-up."""
    whole = together(counted.values())
    shown = [_tile(key, whole[key], moment, follow_up=follow_up.handle) for key in SHOWN]
    return Accuracy(shown, accuracy(whole), whole[FOUND], whole[CLAIMED])


@dataclass(frozen=True)
class AreaCompared:
    """One scope area: rated, claimed complete, found so, and the share."""

    title: str
    tiles: Sequence[Tile]
    share: str


def areas_compared(follow_up: FollowUp, counted: ByArea, moment: Moment) -> list[AreaCompared]:
    """Each scope area with its figures, by title, those outside every area last."""
    areas = sorted(counted, key=lambda area: (area[0] is None, area[1] or "", area[0] or 0))
    return [_compared(follow_up, area, counted[area], moment) for area in areas]


def _compared(
    follow_up: FollowUp, area: tuple[int | None, str | None], of: Counted, moment: Moment
) -> AreaCompared:
    key, title = area
    within = {"scope_area": title, "scope_area_id": str(key) if key else None}
    tiles = [
        _tile(name, of[name], moment, follow_up=follow_up.handle, **within)
        for name in (RATED, CLAIMED, FOUND)
    ]
    return AreaCompared(title or "No scope area", tiles, accuracy(of))


def _tile(key: str, value: int, moment: Moment, **dimensions: str | None) -> Tile:
    """The figure; those outside every area have no address of their own."""
    figure = get_figure(key)
    said = {name: value for name, value in dimensions.items() if value is not None}
    href = figure.address(moment, Scope(), **said) if len(said) == len(dimensions) else ""
    return Tile(value, figure.title, href)


@dataclass(frozen=True)
class Beside:
    """A recommendation with both views. `rating` is None where the auditor gave none."""

    recommendation: Recommendation
    claimed: Claim | None
    rating: FollowUpRating | None
    now: Claim


def beside(
    shown: Iterable[Recommendation],
    rated: Mapping[int, FollowUpRating],
    then: Mapping[int, Claim] | None,
    now: Mapping[int, Claim],
) -> list[Beside]:
    """Each recommendation with the claim kept beside its rating; one not rated with what was claimed then.

    `then` is None where nobody has said of which day the plan is.
    """
    rows = []
    for each in shown:
        rating = rated.get(each.pk)
        claimed = Claim(rating.claimed) if rating else then and then.get(each.pk, Claim.NONE)
        rows.append(Beside(each, claimed or None, rating, now.get(each.pk, Claim.NONE)))
    return rows
