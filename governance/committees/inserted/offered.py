"""What can be put into a text: each figure with the words to copy, and its value now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse

from governance.committees.inserted.asked import insertable
from governance.committees.inserted.days import began
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import count_together

if TYPE_CHECKING:
    from governance.committees.models import Paper

MOST_PLANS = 4
BURN_UP = "actions.total,actions.completed,actions.remaining"
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Offered:
    """A figure that can be put into a text with its value now, or a chart, which has none."""

    title: str
    words: str
    value: int | None
    href: str


def offered(paper: Paper) -> list[tuple[str, list[Offered]]]:
    """Under headings: the actions of each plan of the paper, then what belongs to the whole council.

    A plan that has begun has its burn-up too. Two queries for each heading.
    """
    moment = Moment.of(min(paper.as_at or today(), today()))
    plans = [
        (plan.title, f" plan={plan.code}", Scope(plans=(plan.code,)))
        for plan in paper.plans.order_by("paper_links__position")[:MOST_PLANS]
    ]
    every = insertable()
    actions = [each for each in every if each.shape.evidence_kind == "actions.progressupdate"]
    others = [each for each in every if each not in actions]
    groups = [(title, said, scope, actions) for title, said, scope in plans]
    groups.append(("The whole council", "", Scope(), others if plans else every))
    found = []
    for title, said, scope, figures in groups:
        values = count_together(figures, moment, scope)
        rows = [
            Offered(
                each.title, f"{{{{figure {each.key}{said}}}}}", values[each.key], each.address(moment, scope)
            )
            for each in figures
        ]
        found.append((title, [*rows, *_burn_up(scope, moment.as_at)]))
    return found


def _burn_up(scope: Scope, last: date) -> list[Offered]:
    """The chart of how a plan went in the year to that day, or since it began; none for the whole council."""
    first = began("actions.progressupdate", scope) if scope.plans else None
    since = max(first, last - A_YEAR) if first else last
    if (since.year, since.month) >= (last.year, last.month):
        return []
    words = f"{{{{chart {BURN_UP} over={since:%Y-%m}.. plan={scope.plans[0]}}}}}"
    page = reverse("actions:burn_up", args=scope.plans)
    return [Offered("Actions, completed and remaining, month by month", words, None, page)]
