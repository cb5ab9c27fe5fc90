"""What a new paper says before anybody wrote in it: the sections of its form and of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from governance.committees.form import sections_of
from governance.committees.inserted.refusing import problem_with
from governance.committees.models import PaperSection
from governance.core.dates import long_date, months_before, today
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from datetime import date

    from actions.models import ActionPlan
    from governance.committees.models import Paper

# In the text of a kind: a line for each plan, its title, and the day of the figures one year earlier.
EACH_PLAN, TITLE_OF_EACH, YEAR_BEFORE = "plan=each-plan", "«each plan»", "a-year-before"
DAY_BEFORE = "«a year before»"


def lay_out(paper: Paper) -> None:
    """Give a new paper the sections of its form, or of the council's form as shipped, and of its kind."""
    plans, day = list(paper.plans.order_by("paper_links__position")), paper.as_at or today()
    sections = sections_of(paper.template, paper.kind)
    for words in sections:
        words["text"] = written_out(words["text"], plans, day)
    PaperSection.objects.bulk_create(
        PaperSection(paper=paper, position=position, **words) for position, words in enumerate(sections, 1)
    )


def written_out(text: str, plans: Sequence[ActionPlan], day: date) -> str:
    """The text of a kind with a line for each plan and with the day one year before the paper's figures.

    Lines that ask for a day on which the register had not begun are left out; where nothing is left, or no
    plan is there to be told of, a sentence says so.
    """
    before, moment = months_before(day, 12), Moment.of(min(day, today()))
    lines: list[str] = []
    for line in text.strip().splitlines():
        of_plans = [
            line.replace(EACH_PLAN, f"plan={plan.code}").replace(TITLE_OF_EACH, plan.title) for plan in plans
        ]
        for each in of_plans if EACH_PLAN in line else [line]:
            said = each.replace(YEAR_BEFORE, before.isoformat()).replace(DAY_BEFORE, long_date(before))
            if YEAR_BEFORE not in each or not problem_with([said], moment):
                lines.append(said)
    if YEAR_BEFORE in text and not any(lines):
        return f"There are no figures as at {long_date(before)}: the register had not begun."
    return "\n".join(lines).strip()
