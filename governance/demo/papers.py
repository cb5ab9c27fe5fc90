"""Bodies, meetings and papers: those issued while the history is told again, and those older than the product."""

from __future__ import annotations

from governance.committees.models import Body, Meeting, Paper, PaperPlan, PaperSection
from governance.demo.brought import CLERKS, Brought
from governance.demo.shape import Row
from governance.history.trail import signed
from governance.people.models import User


def bring_in_meetings(brought: Brought) -> None:
    """Bodies, then their meetings."""
    brought.each("bodies.csv", _body)
    brought.each("meetings.csv", _meeting)


def issue(brought: Brought, row: Row) -> None:
    """Write the paper and issue it, its figures frozen at the end of the day that the row names."""
    from governance.committees import services

    clerk = brought.holder(*CLERKS)
    with brought.of(row), signed(clerk, reason=f"Paper of {row['published_on']} brought in"):
        paper = _paper(brought, row, clerk)
        services.issue(paper, by=clerk, frozen_on=row["frozen_on"])


def _body(brought: Brought, row: Row) -> None:
    brought.bodies[row["code"]] = Body.objects.create(**row.cells)


def _meeting(brought: Brought, row: Row) -> None:
    body = brought.bodies[row["body"]]
    brought.meetings[row.key(("body", "held_on"))] = Meeting.objects.create(**{**row.cells, "body": body})


def _paper(brought: Brought, row: Row, clerk: User) -> Paper:
    paper = Paper.objects.create(
        meeting=brought.meetings[row.key(("meeting_body", "meeting_on"))],
        title=row["title"],
        wards=row["wards"],
        key_decision=row["key_decision"],
        as_at=row["frozen_on"],
        published_on=row["published_on"],
        created_by=clerk,
        **{name: brought.posts[row[name]].title for name in ("report_of", "director_approving", "cabinet_member")},
    )
    for position, code in enumerate(row["plans"], start=1):
        PaperPlan.objects.create(paper=paper, plan=brought.plans[code], position=position)
    sections = [section for section in brought.files["paper_sections.csv"] if section["paper"] == row["code"]]
    for position, section in enumerate(sections, start=1):
        PaperSection.objects.create(**{**section.cells, "paper": paper, "position": position})
    return paper
