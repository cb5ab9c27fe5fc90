"""What an author asks for in a text: {{figure actions.completed plan=ico-2015 as_at=2016-07-25}}."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min

from actions.models import ActionPlan, MaturityScore, ProgressUpdate
from assets.models import Asset
from governance.core.dates import LONDON, long_date
from governance.figures.figure import FIGURES, Figure, UnknownFigureError, get_figure
from governance.figures.moment import Scope
from governance.people.models import OrganisationalUnit
from risks.models import Risk

ASKED = re.compile(r"\{\{\s*(figure|table|list)\b([^{}]*)\}\}")
OPTION = re.compile(r'([a-z_]+)=(?:"([^"]*)"|“([^”]*)”|(\S+))\s*')
ALONE = ("table", "list")  # these stand on a line of their own
# By the room of a key: what shows that a record was counted, as papers can open it.
OPENED: dict[str, tuple[str, ...]] = {
    "actions": ("actions.progressupdate", "actions.maturityscore"),
    "risks": ("risks.assessment", "risks.historicalrisk"),
    "assets": ("assets.historicalasset",),
}


class InsertionError(Exception):
    """What is asked for in a text cannot be put there; the words are for its author."""


@dataclass(frozen=True)
class Asked:
    """One figure asked for, of what, and as at which day (None: that of the paper)."""

    verb: str
    key: str
    scope: Scope
    as_at: date | None
    parts: tuple[tuple[str, str], ...]
    by: str

    @property
    def figure(self) -> Figure[Any]:
        """The figure of its key."""
        return get_figure(self.key)


def insertable() -> list[Figure[Any]]:
    """The figures that can be put into a text, by their keys."""
    return [figure for key, figure in sorted(FIGURES.items()) if _is_opened(figure)]


def _is_opened(figure: Figure[Any]) -> bool:
    kind, subject = figure.shape.evidence_kind, figure.shape.subject
    return kind in OPENED.get(figure.key.partition(".")[0], ()) and subject != "pk"


def found_in(texts: Iterable[str]) -> Iterator[tuple[str, Asked | InsertionError]]:
    """Everything asked for in texts, as typed, with what it means or why it means nothing."""
    for text in texts:
        for found in ASKED.finditer(text):
            try:
                yield found[0], asked(found[1], found[2])
            except InsertionError as wrong:
                yield found[0], wrong


def asked(verb: str, said: str) -> Asked:
    """What the words behind the verb mean. Raises InsertionError."""
    key, _, rest = said.strip().partition(" ")
    figure = _figure(key)
    options = _options(rest)
    day = _day(options.pop("as_at", ""))
    by, plan, unit = (options.pop(name, "") for name in ("by", "plan", "unit"))
    for name in [*options, *([by] if by else [])]:
        if name not in figure.shape.dimensions:
            known = ", ".join(sorted(figure.shape.dimensions))
            raise InsertionError(f"“{figure.title}” is not broken down by “{name}”. There are: {known}")
    if bool(by) != (verb == "table"):
        said = "Say by what the table is broken down, for example by=status"
        raise InsertionError(said if verb == "table" else "Only a table is broken down: take “by” out")
    _refuse_unknown(plan, unit)
    scope = Scope(plans=(plan,) if plan else (), units=(unit,) if unit else ())
    return Asked(verb, key, scope, day, tuple(sorted(options.items())), by)


def _figure(key: str) -> Figure[Any]:
    if not key:
        raise InsertionError("It names no figure: put its key behind the word, for example actions.completed")
    try:
        figure = get_figure(key)
    except UnknownFigureError:
        raise InsertionError(
            f"There is no figure “{key[:100]}”. The list beside the form has them all"
        ) from None
    if not _is_opened(figure):
        raise InsertionError(f"“{figure.title}” cannot be put into a paper: papers do not open its rows")
    return figure


def _options(said: str) -> dict[str, str]:
    rest = OPTION.sub("", said).strip()
    if rest:
        raise InsertionError(
            f"“{rest[:50]}” is not understood. Write it as a pair, for example plan=ico-2015"
        )
    return {found[1]: found[2] or found[3] or found[4] or "" for found in OPTION.finditer(said)}


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise InsertionError(f"“{said[:20]}” is no day. Write it like as_at=2016-07-25") from None


def _refuse_unknown(plan: str, unit: str) -> None:
    if plan and not ActionPlan.objects.filter(code=plan[:100]).exists():
        raise InsertionError(f"There is no action plan “{plan[:100]}”")
    if unit and not OrganisationalUnit.objects.filter(code=unit[:100]).exists():
        raise InsertionError(f"There is no unit “{unit[:100]}”")


def refuse_moment(each: Asked, last: date) -> None:
    """Raises InsertionError where the day asked for is after the paper's, or before the register began."""
    if each.as_at is None:
        return
    if each.as_at > last:
        raise InsertionError(
            f"{long_date(each.as_at)} is after the day of the paper's figures, {long_date(last)}"
        )
    began = _began(each)
    if began is None or each.as_at < began:
        begins = f"it begins on {long_date(began)}" if began else "it has nothing yet"
        raise InsertionError(f"On {long_date(each.as_at)} the register had not begun: {begins}")


def _began(each: Asked) -> date | None:
    """The first day of which the register knows anything, within what is counted."""
    kind = each.figure.shape.evidence_kind
    found: date | None
    if kind == "actions.progressupdate":
        updates = ProgressUpdate.objects.within(each.scope)
        found = updates.aggregate(first=Min("effective_on"))["first"]
    elif kind == "actions.maturityscore":
        found = MaturityScore.objects.aggregate(first=Min("effective_on"))["first"]
    else:
        versions: Any = (Risk if kind.startswith("risks.") else Asset).history
        at = versions.aggregate(first=Min("history_date"))["first"]
        found = at.astimezone(LONDON).date() if at else None
    return found


def problem_with(texts: Iterable[str], last: date) -> str:
    """The first thing asked for in texts that cannot be put there, as a sentence; "" if all can."""
    for typed, each in found_in(texts):
        try:
            if isinstance(each, InsertionError):
                raise each
            refuse_moment(each, last)
        except InsertionError as wrong:
            return f"{typed[:120]}: {wrong}"
    return ""
