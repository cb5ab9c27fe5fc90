"""What suspends an acceptance, in words: "owner was Head of Housing, is Head of Planning since 3 May"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from assets.models import Asset
from governance.core.dates import long_date
from risks.models import Acceptance, Risk, RiskControl

if TYPE_CHECKING:
    from governance.people.models import User

# What a version says of one thing, to a reader who may open these assets.
Said = Callable[[dict[str, Any], Collection[int]], str]
TREATMENTS = {code: label.partition(":")[0] for code, label in Risk.Treatment.choices}
RISK_STATES = {code: label.lower() for code, label in Risk.State.choices}
STATES = {code: label.lower() for code, label in RiskControl.State.choices}
OTHER_ASSET = "an asset that you may not open"


def changes_since(answer: Acceptance, may_open: Collection[int]) -> list[str]:
    """What changed since an answer that was read `with_changes`, in short phrases.

    Assets are named only where they are among those that the reader may open.
    """
    told: Any = answer
    return [
        *_versions(told.versions_since, may_open),
        *(_further(each, may_open) for each in told.assets_since),
        *map(_control, told.controls_since),
        *(_score(each, answer.assessment.cell) for each in told.scores_since),
    ]


def suspended_at(answer: Any) -> datetime | None:
    """When the first of these was recorded, of an answer that was read `with_changes`; None without any."""
    versions = [
        after
        for before, after in pairwise(answer.versions_since)
        if any(before[k] != after[k] for k in MATERIAL)
    ]
    rows = [*versions, *answer.assets_since, *answer.controls_since, *answer.scores_since]
    return min((datetime.fromisoformat(each["at"]) for each in rows), default=None)


def open_to(person: User, answers: Iterable[Any]) -> set[int]:
    """Which of the assets that such phrases are about this person may open; no query where there is none."""
    named = {
        each[key]
        for answer in answers
        for rows, key in ((answer.versions_since, "asset_id"), (answer.assets_since, "id"))
        for each in rows
        if each[key]
    }
    if not named:
        return set()
    return {*Asset.objects.visible_to(person).filter(pk__in=named).values_list("pk", flat=True)}


def _versions(rows: list[dict[str, Any]], may_open: Collection[int]) -> Iterator[str]:
    """Each change of the risk itself; of the last one of a kind, that it is so still."""
    for key, (label, said) in MATERIAL.items():
        moved = [(before, after) for before, after in pairwise(rows) if before[key] != after[key]]
        for place, (before, after) in enumerate(moved, 1):
            was, became, on = said(before, may_open), said(after, may_open), _day(after["on"])
            still = place == len(moved)
            yield f"{label} was {was}, {f'is {became} since {on}' if still else f'became {became} on {on}'}"


def _asset_of(row: dict[str, Any], may_open: Collection[int]) -> str:
    if row["asset_id"] is None:
        return "none"
    return str(row["asset"]) if row["asset_id"] in may_open else OTHER_ASSET


def _harm(name: str) -> Said:
    return lambda row, may_open: "named" if row[name] else "not named"


# The material fields of a risk: what is compared, what it is called, and what a version says of it.
MATERIAL: dict[str, tuple[str, Said]] = {
    "owner_id": ("owner", lambda row, may_open: row["owner"] or "a post that is gone"),
    "asset_id": ("asset", _asset_of),
    "treatment": ("treatment", lambda row, may_open: TREATMENTS.get(row["treatment"], "not said").lower()),
    "state": ("state", lambda row, may_open: RISK_STATES[row["state"]]),
    **{name: (f"harm to {name}", _harm(name)) for name in ("confidentiality", "integrity", "availability")},
}


def _further(row: dict[str, Any], may_open: Collection[int]) -> str:
    """A further asset that was added or taken off."""
    named = row["reference"] if row["id"] in may_open else OTHER_ASSET
    what = {"+": "was added", "-": "was taken off"}.get(row["kind"], "was changed")
    return f"{named} {what} on {_day(row['on'])}"


def _control(row: dict[str, Any]) -> str:
    """A control that does less than it did."""
    was, on = STATES[row["was"]], _day(row["on"])
    if row["kind"] == "-":
        return f"control “{row['title']}” was {was}, and was taken off on {on}"
    if row["state"] == RiskControl.State.ENDED:
        return f"control “{row['title']}” was {was}, and ended on {on}"
    if row["state"] != row["was"]:
        return f"control “{row['title']}” was {was}, became {STATES[row['state']]} on {on}"
    judged = [(row[name] or "not judged").lower() for name in ("was_effective", "effective")]
    return f"control “{row['title']}” was {judged[0]}, became {judged[1]} on {on}"


def _score(row: dict[str, Any], accepted: Any) -> str:
    """Another score than the one that was accepted."""
    was = f"{accepted.level} ({accepted.likelihood} × {accepted.impact})"
    if row["void"]:
        return f"the score {was} was found never to have been given"
    other = f"{row['level']} ({row['likelihood']} × {row['impact']})"
    return f"current score was {was}, {other} holds from {_day(row['on'])}"


def _day(said: str) -> str:
    return long_date(date.fromisoformat(said))
