"""An issued paper made ready for its templates: the same for the page and for the PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from governance.committees.blocks import APPENDICES
from governance.committees.blocks.levels import shown
from governance.committees.inserted.shown import apart_over_time, draw_charts
from governance.committees.models import Edition, Issue, Paper
from governance.core.charts import ORDER, StackedBars
from governance.core.components import standing
from governance.core.dates import long_date, today

# A longer register is no reading matter: it stands in the files made of it.
LONGEST_TABLE = 1_000


class NotAsIssuedError(Exception):
    """What is stored of a paper is not what was issued: nobody may take it for the paper."""


def stored(paper: Paper, edition: Edition | None = None) -> Issue | Edition:
    """What is stored of a paper as it was issued, or of one of its editions."""
    return edition or Issue.objects.get(paper=paper)


def untouched(paper: Paper, edition: Edition | None = None) -> Issue | Edition:
    """The same, where it still is what was issued.

    Raises NotAsIssuedError when the content has no longer the fingerprint it was issued with.
    """
    issue = stored(paper, edition)
    if not issue.is_as_issued():
        raise NotAsIssuedError(f"the content of paper {paper.pk} is not what was issued")
    return issue


def printed(paper: Paper, *, absolute: bool, edition: Edition | None = None) -> dict[str, Any]:
    """The stored content of an issued paper. `absolute` makes its links whole addresses, for the PDF.

    Raises NotAsIssuedError as above.
    """
    site = settings.SITE_URL.rstrip("/") if absolute else ""

    def address(of: int, position: int) -> str:
        return site + reverse("committees:published_figure", args=[of, position])

    return _issued(paper, untouched(paper, edition), address) | {"site": site}


def published(paper: Paper, edition: Edition | None) -> dict[str, Any]:
    """The latest public content for anybody: its figures lead to their public pages, where they have one.

    Raises NotAsIssuedError as above.
    """
    issue = untouched(paper, edition)
    named = Paper.objects.filter(pk__in={paper.pk, *_papers_in(issue.content)})
    open_to_all = set(named.published(today()).values_list("pk", flat=True))

    def address(of: int, position: int) -> str:
        return reverse("published:figure", args=[of, position]) if of in open_to_all else ""

    shown = _issued(paper, issue, address)
    return shown | {"site": "", "anybody": True, "today": today().isoformat()}


def told_of(content: dict[str, Any], paper: int, position: int) -> list[str]:
    """The sentences that a paper prints in which a figure stands, each once, without their links.

    Those that could be made of a plan are kept with it, whether or not a section asks for them.
    """
    printed = [content.get(name, []) for name in ("sections", "restated", "balances")]
    return list(dict.fromkeys(_sentences(printed, lambda part: _is_of(part, paper, position))))


def line_of(content: dict[str, Any], position: int) -> dict[str, Any] | None:
    """The line of the printed ledger with that number; None where the paper prints none."""
    parts = [each for part in content.values() for each in (part if isinstance(part, list) else [part])]
    ledgers = [each["ledger"] for each in parts if isinstance(each, dict) and "ledger" in each]
    lines = [line for ledger in ledgers if isinstance(ledger, list) for line in ledger]
    return next((line for line in lines if line["position"] == position), None)


def _sentences(part: Any, wanted: Callable[[dict[str, Any]], bool]) -> Iterator[str]:
    if isinstance(part, dict):
        part = list(part.values())
    elif isinstance(part, list) and all(
        isinstance(each, dict) and ("text" in each or "break" in each) for each in part
    ):
        if any(wanted(each) for each in part):
            yield "".join(each.get("text", " ") for each in part)
        return
    for each in part if isinstance(part, list) else ():
        yield from _sentences(each, wanted)


def _papers_in(part: Any) -> Iterator[int]:
    """The papers whose figures are told beside those of its own."""
    if isinstance(part, dict) and "position" in part and "paper" in part:
        yield part["paper"]
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _papers_in(each)


def _is_of(part: dict[str, Any], paper: int, position: int) -> bool:
    return part.get("position") == position and part.get("paper", paper) == paper


def drafted(content: dict[str, Any], paper: Paper) -> dict[str, Any]:
    """The content a draft would have now. Its own figures lead to the live ones, others to the ledger."""

    def address(of: int, position: int) -> str:
        if of == paper.pk:
            return str(content["addresses"][position])
        return reverse("committees:published_figure", args=[of, position])

    return _shown(content, paper, address) | {"site": "", "live": False, "ahead": True}


Address = Callable[[int, int], str]


def _issued(paper: Paper, issue: Issue | Edition, address: Address) -> dict[str, Any]:
    ahead = issue.content["dates"]["published"] > today().isoformat()
    return _shown(issue.content, paper, address) | {"issue": issue, "live": True, "ahead": ahead}


def _shown(content: dict[str, Any], paper: Paper, address: Address) -> dict[str, Any]:
    """Content with its dates in words, its figures linked and its charts drawn."""
    linked = _linked(content, paper.pk, address)
    titles = linked["appendices"][1:]
    balances = {each["code"]: each | {"ledger": ledger(each)} for each in linked.get("balances", [])}
    plans = [
        drawn(plan) | {"appendix_title": title, "balance": balances.get(plan["code"])}
        for plan, title in zip(linked["plans"], titles, strict=False)
    ]
    _lay_out_parts(linked)
    draw_charts(linked["sections"])
    _send_to_annex(linked)
    for each in linked.get("clearances", []):
        each |= {"sent": in_full(each["sent"]), "returned": in_full(each["returned"])}
    days = {name: in_full(day) for name, day in content["dates"].items()}
    together = {"plans": plans, "moved_together": balances.get("")}
    return {"content": linked | together, "days": days, "paper": paper}


def _lay_out_parts(linked: dict[str, Any]) -> None:
    """The parts beside the plans, with their lines of the ledger, and an appendix where they have one."""
    of_their_own = [name for name in APPENDICES if name in linked]
    first = len(linked["appendices"]) - len(of_their_own)  # the last appendix is the ledger
    for number, name in enumerate(of_their_own, first):
        linked[name] |= {"number": number, "title": linked["appendices"][number - 1]}
    if "restated" in linked:
        linked["restated"] = [each | {"ledger": ledger(each)} for each in linked["restated"]]
    for name in [each for each in ("union", *APPENDICES) if each in linked]:
        linked[name] |= {"ledger": ledger(linked[name])}
    for each in linked.get("lifted", []):
        each["day"] = in_full(each["on"])
    linked["inserted"], linked["over_time"] = apart_over_time(linked.get("inserted", []))
    for each in linked["inserted"]:
        each |= {"ledger": ledger(each), "day": in_full(each["as_at"])}
    if "maturity" in linked:
        linked["maturity"] |= {"models": [shown(each, in_full) for each in linked["maturity"]["models"]]}


def _send_to_annex(linked: dict[str, Any]) -> None:
    """Lists that the author asked for, where they are too long to read: marked as standing in the annex."""
    for block in (block for section in linked["sections"] for block in section["blocks"]):
        if block["kind"] == "records":
            block["in_annex"] = len(block["rows"]) > LONGEST_TABLE


def _linked(part: Any, paper: int, address: Address) -> Any:
    """The same data, with `href` beside every position: the way to the rows behind that figure."""
    if isinstance(part, list):
        return [_linked(one, paper, address) for one in part]
    if not isinstance(part, dict):
        return part
    made = {name: _linked(one, paper, address) for name, one in part.items()}
    if "until" in part:
        made["day"] = in_full(part["until"])
    if "position" in part:
        made["href"] = address(part.get("paper", paper), part["position"])
    return made


def in_full(day: str) -> str:
    """24 October 2016, from the stored text; nothing stays nothing."""
    return long_date(date.fromisoformat(day)) if day else ""


def drawn(plan: dict[str, Any]) -> dict[str, Any]:
    """A plan of the paper with its chart, the chart's numbers, and the appendix in words."""
    bars = chart(plan)
    columns = [*(code for code, _ in bars.series), "total"]
    points = [
        (in_full(point["day"]), [point["figures"].get(name) for name in columns])
        for point in plan["progress"]
    ]
    points = points if len(points) > 1 else []  # one point says no more than the status table
    rows = [
        row
        | {"due": in_full(row["due"]), "since": in_full(row["since"])}
        | {"status": standing(row["status"]).word if row["status"] else ""}
        for row in plan["appendix"]
    ]
    drawn = {"chart": bars, "points": points, "appendix": rows, "ledger": ledger(plan)}
    return plan | drawn | {"in_annex": len(rows) > LONGEST_TABLE}


MOVED = {"entered": "Came in", "left": "Went out"}


def ledger(told: dict[str, Any]) -> dict[str, Any]:
    """The lines of the ledger by figure: its definition once, its value for the whole and in each part."""
    parts = dict.fromkeys(entry["part"] for entry in told["ledger"])
    columns = sorted(parts, key=lambda part: (part != "", part in MOVED))
    rows: dict[str, dict[str, Any]] = {}
    for entry in told["ledger"]:
        row = rows.setdefault(entry.get("row", entry["key"]), entry | {"by": {}})
        row["by"][entry["part"]] = entry
    return {
        "columns": [MOVED.get(part, part) or "All" for part in columns],
        "alone": len(columns) == 1,
        "rows": [row | {"cells": [row["by"].get(part) for part in columns]} for row in rows.values()],
        "areas": "table" in told and any(part and part not in MOVED for part in parts),
    }


def chart(plan: dict[str, Any]) -> StackedBars:
    """Progress over the meetings: one bar for each paper, its figures as they were issued."""
    rows = [
        (
            in_full(point["day"]),
            {name: point["figures"][name]["value"] for name in ORDER if name in point["figures"]},
        )
        for point in plan["progress"]
    ]
    return StackedBars(f"progress-{plan['code']}", f"Progress over the meetings: {plan['title']}", rows)
