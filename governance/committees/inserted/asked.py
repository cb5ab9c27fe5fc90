"""What an author asks for in a text: {{figure actions.completed plan=ico-2015 as_at=2016-07-25}}."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.models import ActionPlan
from governance.committees import markdown
from governance.committees.inserted.days import InsertionError, day_of, days_over, refuse_moment
from governance.committees.inserted.parts import Parts, own_value
from governance.figures.figure import FIGURES, Figure, UnknownFigureError, get_figure
from governance.figures.moment import Moment, Scope
from governance.people.models import OrganisationalUnit

ASKED = re.compile(r"\{\{\s*(figure|table|chart|list)\b([^{}]*)\}\}")
OPTION = re.compile(r'([a-z_]+)=(?:"([^"]*)"|“([^”]*)”|(\S+))\s*')
KEYS = re.compile(r"\s*([^\s,]+(?:\s*,\s*[^\s,]+)*)")  # of figures, with a comma between them
ALONE = ("table", "chart", "list")  # these stand on a line of their own
BROKEN_DOWN = ("table", "chart")
MOST_TOGETHER = 4  # figures over time in one table or chart: more lines could not be told from each other
# By the room of a key: what shows that a record was counted, as papers can open it. Incidents are not among
# them: who writes papers may not count them, since few would tell what they need not know.
OPENED: dict[str, tuple[str, ...]] = {
    "actions": ("actions.progressupdate", "actions.maturityscore"),
    "risks": ("risks.assessment", "risks.historicalrisk"),
    "assets": ("assets.historicalasset",),
}
# By what shows that a record was counted: parts that are read as of today also for a past day, so that a
# change of owner or milestone would restate the number in a paper though nothing on either clock moved. Pages
# open them.
OF_TODAY: dict[str, tuple[str, ...]] = {"actions.progressupdate": ("milestone", "owner", "priority")}


@dataclass(frozen=True)
class Asked:
    """One figure asked for, of what, and as at which day; its parts as the registers have them.

    `over` are the days on which it is told over time, with the figures `beside` it.
    """

    verb: str
    key: str
    scope: Scope
    as_at: date
    parts: Parts
    by: str
    over: Sequence[date] = ()
    beside: Sequence[str] = ()

    @property
    def figure(self) -> Figure[Any]:
        """The figure of its key."""
        return get_figure(self.key)

    @property
    def figures(self) -> list[Figure[Any]]:
        """That figure, and those told beside it."""
        return [get_figure(key) for key in (self.key, *self.beside)]

    def rows(self, figure: Figure[Any], moment: Moment) -> Any:
        """The rows of one of its figures at a moment, of the part that is asked for."""
        paths = {figure.shape.dimensions[name]: value for name, value in self.parts}
        return figure.rows(moment, self.scope).filter(**paths)


def insertable() -> list[Figure[Any]]:
    """The figures that can be put into a text, by their keys."""
    return [figure for key, figure in sorted(FIGURES.items()) if _is_opened(figure)]


def _is_opened(figure: Figure[Any]) -> bool:
    kind, subject = figure.shape.evidence_kind, figure.shape.subject
    return kind in OPENED.get(figure.key.partition(".")[0], ()) and subject != "pk"


def found_in(texts: Iterable[str], moment: Moment) -> Iterator[tuple[str, Asked | InsertionError]]:
    """Everything asked for in texts, as typed, with what it means or why it means nothing.

    `moment` is that of the paper. A text is looked through as it is read: line by line, without stand-ins.
    """
    for text in texts:
        for found in ASKED.finditer(markdown.without_stand_ins("\n".join(text.splitlines()))):
            try:
                each = asked(found[1], found[2], moment)
                if found[1] in ALONE and not _is_alone(found):
                    raise InsertionError("Put it on a line of its own")
                yield found[0], each
            except InsertionError as wrong:
                yield found[0], wrong


def _is_alone(found: re.Match[str]) -> bool:
    """Is there nothing else on its line?"""
    text, start = found.string, found.string.rfind("\n", 0, found.start()) + 1
    return text[start:].partition("\n")[0].strip() == found[0]


def asked(verb: str, said: str, moment: Moment) -> Asked:
    """What the words behind the verb mean in a paper of that moment. Raises InsertionError."""
    named = KEYS.match(said)
    figures = _figures(named[1] if named else "")
    options = _options(said[named.end() :] if named else said)
    day = day_of(options.pop("as_at", ""))
    by, over, plan, unit = (options.pop(name, "") for name in ("by", "over", "plan", "unit"))
    for figure in figures:
        _refuse_undeclared(figure, [*options, *([by] if by else [])])
    _refuse_mixture(verb, figures, by, over, day)
    days = days_over(over, moment.as_at)
    scope = _scope(figures, plan, unit)
    if first := min(days, default=day):
        refuse_moment(figures[0], scope, first, moment.as_at)
    at = Moment(day or moment.as_at, moment.known_before)
    first_figure, *beside = figures
    parts = _parts(first_figure, options, at)
    return Asked(verb, first_figure.key, scope, at.as_at, parts, by, days, [each.key for each in beside])


def _figures(keys: str) -> list[Figure[Any]]:
    """The figures of keys with a comma between them, each once. Raises InsertionError."""
    found = [_figure(key) for key in dict.fromkeys(re.split(r"\s*,\s*", keys))]
    if len(found) > MOST_TOGETHER:
        raise InsertionError(f"At most {MOST_TOGETHER} figures are told together: here are {len(found)}")
    for other in found[1:]:
        if other.shape.evidence_kind != found[0].shape.evidence_kind:
            raise InsertionError(
                f"“{found[0].title}” and “{other.title}” are not counted alike: give each its own chart"
            )
    return found


def _refuse_mixture(verb: str, figures: Sequence[Figure[Any]], by: str, over: str, day: date | None) -> None:
    """A table or chart is by something, or over time; several figures stand together over time alone."""
    if verb not in BROKEN_DOWN and (by or over):
        named = "broken down" if by else "over time"
        raise InsertionError(f"Only a table or a chart is {named}: take “{'by' if by else 'over'}” out")
    if verb in BROKEN_DOWN and not (by or over):
        raise InsertionError(
            f"Say by what the {verb} is broken down, for example by=status, "
            "or over which time, for example over=2016-07..2017-03"
        )
    if over and (by or day):
        raise InsertionError(f"What is over time has its own days: take “{'by' if by else 'as_at'}” out")
    if len(figures) > 1 and not over:
        raise InsertionError("Several figures are told together only over time: ask for one")


def _refuse_undeclared(figure: Figure[Any], names: Iterable[str]) -> None:
    of_today = OF_TODAY.get(figure.shape.evidence_kind, ())
    for name in names:
        if name in of_today:
            raise InsertionError(
                f"“{figure.title}” is broken down by “{name}” on pages alone: it is known as of today only, "
                "and a paper is of its own day"
            )
        if name not in figure.shape.dimensions:
            known = ", ".join(_called(each) for each in _offered(figure))
            raise InsertionError(f"“{figure.title}” is not broken down by “{name[:50]}”. There are: {known}")


def _offered(figure: Figure[Any]) -> list[str]:
    """What a paper can break the figure down by: no key of a row, which nobody knows."""
    of_today = OF_TODAY.get(figure.shape.evidence_kind, ())
    return sorted(
        each for each in figure.shape.dimensions if each not in of_today and not each.endswith("_id")
    )


def _called(name: str) -> str:
    """A part in plain words, and how it is written where that differs: “scope area, written scope_area”."""
    words = name.replace("_", " ")
    return words if words == name else f"{words} (written {name})"


def _parts(figure: Figure[Any], options: Mapping[str, str], at: Moment) -> Parts:
    found = {name: own_value(figure, name, typed, at) for name, typed in sorted(options.items())}
    for name, value in found.items():
        if value is None:
            raise InsertionError(f"There is no such part: {name} “{options[name][:100]}”")
    return tuple(found.items())


def _figure(key: str) -> Figure[Any]:
    if not key:
        raise InsertionError("It names no figure: put its key behind the word, for example actions.completed")
    try:
        figure = get_figure(key)
    except UnknownFigureError:
        raise InsertionError(
            f"There is no figure “{key[:100]}”. Open “Figures to put into the text” below the form of a "
            "section: it lists them all"
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


def no_plan(code: str) -> str:
    """That no plan has that code, and what the one that had it is called by now; "" where one has it."""
    if ActionPlan.objects.filter(code=code).exists():
        return ""
    versions: Any = ActionPlan.history
    had = ActionPlan.objects.filter(pk__in=versions.filter(code=code).values("id")).first()
    called = f" any more: it is called “{had.code}” now" if had else ""
    return f"There is no action plan “{code}”{called}"


def _scope(figures: Sequence[Figure[Any]], plan: str, unit: str) -> Scope:
    """Of that plan and unit, by which each of the figures can be counted. Raises InsertionError."""
    for figure in figures:
        for name, code in (("plan", plan), ("unit", unit)):
            if code and name not in figure.shape.dimensions:
                raise InsertionError(
                    f"“{figure.title}” is of the whole council whatever the {name}: take “{name}” out"
                )
    if plan and (wrong := no_plan(plan[:100])):
        raise InsertionError(wrong)
    if unit and not OrganisationalUnit.objects.filter(code=unit[:100]).exists():
        raise InsertionError(f"There is no unit “{unit[:100]}”")
    return Scope(plans=(plan,) if plan else (), units=(unit,) if unit else ())
