"""Everything a paper prints, as plain data: made once when it is issued, and read ever after.

What people typed is text and nothing else: it is read as Markdown into a structure of words, is never
compiled as a template, and is escaped where it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, partial
from textwrap import shorten
from typing import Any

from django.conf import settings
from django.db.models import Q

from actions.models import Status
from actions.models.dates import with_dates
from governance.committees.before import considered_before
from governance.committees.blocks import APPENDICES, Block
from governance.committees.cleared import cleared
from governance.committees.corrected import corrected
from governance.committees.inserted.placing import Places
from governance.committees.inserted.reckoned import Inserted
from governance.committees.lines import Line, LineKey, Reckoned
from governance.committees.listed import listed, uploaded
from governance.committees.models import AgendaItem, Paper, PublishedFigure
from governance.committees.models.agenda import GOES_OUT
from governance.committees.owed import owed
from governance.committees.reckoning import (
    BROKEN_DOWN,
    ROOM,
    Reckoning,
    counted_of,
)
from governance.committees.replaced import goes_out
from governance.committees.sentences import (
    Earlier,
    Shown,
    Standing,
    movement,
    plain,
    summary,
    waiting,
)
from governance.committees.tables import Cell, cell, checked_list, follow_up_table, movement_table
from governance.committees.waited import late_requests
from governance.core.dates import long_date, today
from governance.figures.figure import get_figure
from governance.figures.moment import Moment

PLACEHOLDER = re.compile(r"^\{\{\s*(summary|movement|waiting|outstanding|assurances)(?:\s+([\w-]+))?\s*\}\}$")
SENTENCES = {"summary": summary, "movement": movement, "waiting": waiting}
COLUMNS: Sequence[tuple[str, str]] = (
    ("completed", "Completed, as reported by management"),
    ("approved", "Of those, approved"),
    ("verified", "Of those, verified"),
    ("awaiting_approval", "Awaiting approval"),
    ("in_progress", "In progress"),
    ("not_started", "Not started"),
    ("withdrawn", "Withdrawn"),
    ("total", "Total"),
)
# A recommendation is quoted short in the appendix; the plan's page has it in full.
SHORT = 140
POINTS = 8

Positions = dict[LineKey, int]
Owed = Callable[[str, str | None], list[dict[str, Any]] | None]


def number_lines(
    reckonings: Iterable[Reckoned],
) -> tuple[list[tuple[int, Reckoned, Line]], list[Positions]]:
    """Give every line of the ledger its position, plan after plan, those of the other parts last."""
    numbered: list[tuple[int, Reckoned, Line]] = []
    positions: list[Positions] = []
    for reckoning in reckonings:
        found: Positions = {}
        for key, line in reckoning.lines.items():
            found[key] = len(numbered) + 1
            numbered.append((found[key], reckoning, line))
        positions.append(found)
    return numbered, positions


def build(
    paper: Paper,
    moment: Moment,
    reckonings: Sequence[Reckoning],
    blocks: Sequence[Block] = (),
    published_on: Any = None,
) -> dict[str, Any]:
    """The content of the paper at a moment. Dates are ISO text, figures carry their place in the ledger.

    A paper that was not told to print a part has no word of it.
    """
    _, positions = number_lines([*reckonings, *blocks])
    plans = [
        _plan(paper, reckoning, places) for reckoning, places in zip(reckonings, positions, strict=False)
    ]
    told = _told(paper, blocks, positions[len(reckonings) :])
    places = _places(paper, blocks, positions[len(reckonings) :])
    lists = cache(partial(owed, paper, moment, {each.plan.code: each.plan for each in reckonings}))
    meeting = paper.meeting
    return {
        "council": settings.COUNCIL_NAME,
        "title": paper.title,
        "meeting": {
            "body": meeting.body_then,
            "held_on": meeting.held_on.isoformat(),
            "place": meeting.place,
            "title": meeting.title,
        },
        "front": front_sheet(paper, published_on or today()),
        "dates": {
            "frozen": moment.as_at.isoformat(),
            "known": moment.known_at.isoformat(),
            "published": published_on.isoformat() if published_on else "",
            "meeting": meeting.held_on.isoformat(),
        },
        "publication_status": paper.publication_status,
        "security_marking": paper.security_marking if settings.PAPER_MARKINGS else "",
        "appendices": (titles := appendices(plans, told)),
        "sections": sections(paper, plans, titles, places, lists),
        "plans": plans,
        **told,
        **late_requests(paper),
        **cleared(paper),
        **considered_before(paper, moment),
        **corrected(paper),
        **({"uploaded": files} if (files := uploaded(paper, len(titles))) else {}),
    }


def front_sheet(paper: Paper, published_on: date) -> list[list[str]]:
    """The facts at the head of the paper: label and value, in the order of the form. Then how it goes out,
    where that is not with the agenda."""
    item = AgendaItem.objects.filter(paper=paper).first()
    told = goes_out(paper, published_on) or (item.told if item else "")
    return [
        ["Report of", paper.report_of],
        ["Name of Cabinet Member", paper.cabinet_member],
        ["Director approving submission of the report", paper.director_approving],
        ["Ward(s) affected", paper.wards],
        ["Is this a key decision?", "Yes" if paper.key_decision else "No"],
        *([[GOES_OUT, told]] if told else []),
    ]


# Sections


def appendices(plans: Sequence[dict[str, Any]], told: Iterable[str] = ()) -> list[str]:
    """The titles of the appendices that the paper has, in their order."""
    actions_of = [f"Actions, {plan['title']}" for plan in plans]
    of_parts = [title for name, title in APPENDICES.items() if name in told]
    progress = ["Progress in figures"] if plans else []
    titles = [*progress, *actions_of, *of_parts, "Where the figures come from"]
    if not plans and not any(told):
        return []
    return [f"Appendix {number}: {title}" for number, title in enumerate(titles, 1)]


def sections(
    paper: Paper, plans: Sequence[dict[str, Any]], titles: list[str], places: Places, lists: Owed
) -> list[dict[str, Any]]:
    """The author's sections: level of the heading (2 or more, none skipped), number, heading and blocks.

    The list of appendices is made from the titles of those there are; what the author wrote stands below.
    """
    made: list[dict[str, Any]] = []
    level = 1
    for section in paper.sections.all():
        depth = 2 + section.number.strip(".").count(".")
        level = min(depth, level + 1, 4)
        blocks = list(_blocks(section.text, plans, places, lists))
        blocks = [*listed(paper, section, titles), *blocks]
        made.append({"level": level, "number": section.number, "heading": section.heading, "blocks": blocks})
    return made


def _blocks(
    text: str, plans: Sequence[dict[str, Any]], places: Places, lists: Owed
) -> Iterable[dict[str, Any]]:
    """What the author wrote, with the sentences that placeholders stand for, the lists of what bodies wait
    for or were assured of, and the figures inserted. One that names a plan which the paper is not about stays
    as it was typed.

    Placeholders that follow each other are printed plan after plan: what belongs to a plan stays together.
    """
    together: list[dict[str, Any]] = []
    told = {None, *(plan["code"] for plan in plans)}
    for run in _runs(text):
        asked = PLACEHOLDER.match(run)
        name, of = asked.groups() if asked else ("", None)
        if name in SENTENCES and of in told:
            together += _sentences(name, of, plans)
            continue
        yield from _by_plan(together)
        together = []
        listed_there = lists(name, of)
        yield from places.blocks(run) if listed_there is None else listed_there
    yield from _by_plan(together)


def _by_plan(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks in the order in which their plans came first."""
    order = list(dict.fromkeys(block["code"] for block in blocks))
    return sorted(blocks, key=lambda block: order.index(block["code"]))


def _runs(text: str) -> Iterable[str]:
    """The text in runs: a placeholder stands alone, all else stays together up to the next one."""
    run: list[str] = []
    for line in [*text.splitlines(), None]:
        asked = line is not None and PLACEHOLDER.match(line.strip())
        if (line is None or asked) and any(each.strip() for each in run):
            yield "\n".join(run)
        if line is None or asked:
            run = []
        if line is not None and asked:
            yield line.strip()
        elif line is not None:
            run.append(line)


def _sentences(name: str, code: str | None, plans: Sequence[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    for plan in plans:
        if code in (None, plan["code"]):
            title = plan["title"] if len(plans) > 1 and code is None else ""
            sentences = plan["sentences"][name]
            yield {"kind": "sentences", "code": plan["code"], "plan": title, "sentences": sentences}


# One plan


def _plan(paper: Paper, reckoning: Reckoning, positions: Positions) -> dict[str, Any]:
    standing = _standing(paper, reckoning, positions)

    def shown(key: LineKey) -> Cell:
        return cell(_shown(paper, reckoning, positions, key))

    return {
        "code": reckoning.plan.code,
        "title": reckoning.plan.title,
        "sentences": {name: write(standing) for name, write in SENTENCES.items()},
        "table": _table(paper, reckoning, positions),
        "movement": movement_table(standing),
        "checked": checked_list(standing),
        "progress": _progress(paper, reckoning, standing),
        "appendix": _appendix(reckoning),
        "ledger": [
            _entry(positions[key], key, line, reckoning.moment, reckoning.areas)
            for key, line in reckoning.lines.items()
        ],
        **({"follow_up": follow_up_table(followed, shown)} if (followed := reckoning.followed) else {}),
    }


def _told(paper: Paper, blocks: Sequence[Block], positions: Sequence[Positions]) -> dict[str, Any]:
    """Each part under its name, those of plans as a list, with its lines of the ledger."""
    told: dict[str, Any] = {}
    for block, places in zip(blocks, positions, strict=True):
        lines = [_entry(places[key], key, line, block.moment, {}) for key, line in block.lines.items()]
        printed = block.printed(places, paper.pk) | {"ledger": lines}
        told[block.name] = [*told.get(block.name, []), printed] if "code" in printed else printed
    return told


def _places(paper: Paper, blocks: Sequence[Block], positions: Sequence[Positions]) -> Places:
    """Where the figures that the author inserted stand in the ledger."""
    groups = [
        (block, found) for block, found in zip(blocks, positions, strict=True) if isinstance(block, Inserted)
    ]
    return Places(paper.pk, groups)


def _shown(paper: Paper, reckoning: Reckoning, positions: Positions, key: LineKey) -> Shown:
    return Shown(reckoning.lines[key].value, paper.pk, positions[key])


def _standing(paper: Paper, reckoning: Reckoning, positions: Positions) -> Standing:
    def of(area: str, side: str) -> dict[str, Shown]:
        keys = [key for key in reckoning.lines if key[1:] == (area, side)]
        return {key[0]: _shown(paper, reckoning, positions, key) for key in keys}

    followed = reckoning.followed.words if reckoning.followed else ""
    return Standing(of("", ""), of("", "entered"), of("", "left"), _earlier(reckoning), followed)


def _earlier(reckoning: Reckoning) -> Earlier | None:
    if not (previous := reckoning.previous):
        return None
    figures = {name_of(figure): published(figure) for figure in previous.figures.values()}
    kept = all(figure.has_entries for figure in previous.figures.values())
    return Earlier(previous.since, figures, kept)


def name_of(figure: PublishedFigure) -> str:
    """The name of a figure within its room: "completed" for actions.completed."""
    return figure.key.removeprefix(f"{ROOM}.")


def published(figure: PublishedFigure) -> Shown:
    """A figure of the ledger as shown."""
    return Shown(figure.value, figure.paper_id, figure.position)


def _table(paper: Paper, reckoning: Reckoning, positions: Positions) -> dict[str, Any]:
    """The status table: a row for each scope area, and all of them together."""
    columns = [
        (name, label) for name, label in COLUMNS if name != "withdrawn" or reckoning.lines[name, "", ""].value
    ]

    def row(label: str, area: int | str | None) -> dict[str, Any]:
        cells = [cell(_shown(paper, reckoning, positions, (name, area, ""))) for name, _ in columns]
        return {"label": label, "cells": cells}

    rows = [row(title, area) for area, title in reckoning.areas.items()]
    return {"columns": [label for _, label in columns], "rows": rows, "total": row("All actions", "")}


def _progress(paper: Paper, reckoning: Reckoning, standing: Standing) -> list[dict[str, Any]]:
    """The chart's numbers: one point for each day that papers on the plan tell of, the last eight of them.

    Of the same report to two bodies it is the one to this body.
    """
    before = Paper.objects.served().filter(plan_links__plan=reckoning.plan, as_at__lt=reckoning.moment.as_at)
    points: dict[int, dict[str, Any]] = {}
    ours = before.annotate(to_this_body=Q(meeting__body=paper.meeting.body_id))
    each_day = ours.order_by("as_at", "-to_this_body", "-meeting__held_on").distinct("as_at")
    keys = list(each_day.values_list("pk", flat=True))
    kept = counted_of(keys, reckoning.plan)
    for figure in sorted(kept, key=lambda figure: keys.index(figure.paper_id)):
        point = points.setdefault(
            figure.paper_id, {"day": figure.paper.meeting.held_on.isoformat(), "figures": {}}
        )
        if name_of(figure) in BROKEN_DOWN:
            point["figures"][name_of(figure)] = cell(published(figure))
    now = {name: cell(standing.now[name]) for name in BROKEN_DOWN}
    return [*points.values(), {"day": paper.meeting.held_on.isoformat(), "figures": now}][-POINTS:]


def _appendix(reckoning: Reckoning) -> list[dict[str, Any]]:
    """Every action of the plan with the update and the due date that stand; new completions are marked."""
    rows = with_dates(get_figure(f"{ROOM}.total").rows(moment := reckoning.moment, reckoning.scope), moment)
    full = rows.with_since(moment).select_related("action__owner", "action__recommendation")
    entered = reckoning.lines.get((Status.COMPLETED.value, "", "entered"))
    new = {entry.subject for entry in (entered.entries or ())} if entered else set()
    return [
        _appendix_row(update) | {"new": update.action_id in new}
        for update in full.order_by("action__reference")
    ]


def _appendix_row(update: Any) -> dict[str, Any]:
    action = update.action
    recommendation = action.recommendation
    return {
        "reference": action.reference,
        "recommendation": shorten(recommendation.text, SHORT, placeholder=" …") if recommendation else "",
        "action": action.title,
        "owner": action.owner.title,
        "due": update.due_then.isoformat() if update.due_then else "",
        "status": update.status,
        "since": update.since.isoformat(),
        "evidence": update.evidence,
    }


def _entry(
    position: int, key: LineKey, line: Line, moment: Moment, areas: dict[int | None, str]
) -> dict[str, Any]:
    """A line of the ledger; `part` is its column: a scope area, a movement, or "" for the whole plan."""
    _, area, side = key
    return {
        "position": position,
        "part": line.part or side or ("" if isinstance(area, str) else areas.get(area, "")),
        "key": line.figure.key,
        "title": line.title,
        "definition": line.definition,
        "as_at": long_date(moment.as_at),
        "known": long_date(moment.known_at),
        "value": line.value,
        **({"row": line.row} if line.row else {}),
    }


def text_of(sentences: Sequence[Any]) -> str:
    """Sentences as one plain paragraph."""
    return " ".join(plain(sentence) for sentence in sentences)


__all__ = ["build", "front_sheet", "number_lines", "sections", "text_of"]
