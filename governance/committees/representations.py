"""An issued paper made ready for its templates: the same for the page and for the PDF."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings

from governance.committees.models import Issue, Paper
from governance.core.charts import ORDER, StackedBars
from governance.core.components import standing
from governance.core.dates import long_date, today


class NotAsIssuedError(Exception):
    """What is stored of a paper is not what was issued: nobody may take it for the paper."""


def printed(paper: Paper, *, absolute: bool) -> dict[str, Any]:
    """The stored content of an issued paper. `absolute` makes its links whole addresses, for the PDF.

    Raises NotAsIssuedError when the content has no longer the fingerprint it was issued with.
    """
    issue = Issue.objects.get(paper=paper)
    if not issue.is_as_issued():
        raise NotAsIssuedError(f"the content of paper {paper.pk} is not what was issued")
    return shown(issue.content, absolute=absolute) | {"paper": paper, "issue": issue}


def shown(content: dict[str, Any], *, absolute: bool, live: bool = True) -> dict[str, Any]:
    """Content with its dates in words and its charts drawn.

    `live` says whether the paper is issued, so that its figures can be opened. `ahead`, in what comes back,
    whether it is still to be published.
    """
    plans = [drawn(plan) for plan in content["plans"]]
    days = {name: in_full(day) for name, day in content["dates"].items()}
    site = settings.SITE_URL.rstrip("/") if absolute else ""
    ahead = not live or content["dates"]["published"] > today().isoformat()
    return {
        "content": content | {"plans": plans}, "days": days, "site": site, "live": live, "ahead": ahead
    }  # fmt: skip


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
        | {"due": in_full(row["due"]), "since": in_full(row["since"]), "status": standing(row["status"]).word}
        for row in plan["appendix"]
    ]
    return plan | {"chart": bars, "points": points, "appendix": rows}


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
