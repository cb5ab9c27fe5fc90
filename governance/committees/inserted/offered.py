"""What can be put into a text: each figure with the words to copy, and its value now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from governance.committees.inserted.asked import insertable
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.figures.tiles import count_together

if TYPE_CHECKING:
    from governance.committees.models import Paper

MOST_PLANS = 4


@dataclass(frozen=True)
class Offered:
    """A figure that can be put into a text."""

    title: str
    words: str
    value: int
    href: str


def offered(paper: Paper) -> list[tuple[str, list[Offered]]]:
    """Under headings: the actions of each plan of the paper, then what belongs to the whole council.

    One query for each heading.
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
        found.append((title, rows))
    return found
