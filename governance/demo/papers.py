"""Bodies, meetings and papers: those issued on the way, and those older than the product."""

from __future__ import annotations

from actions.models import Status
from governance.committees import services
from governance.committees.models import Body, Meeting, Paper, PaperPlan, PaperSection, Restatement
from governance.committees.restating.finding import find
from governance.committees.services import clearance
from governance.committees.services.restatements import class_as
from governance.core.dates import end_of_day
from governance.demo.brought import CLERKS, Brought
from governance.demo.shape import Row
from governance.history.trail import signed
from governance.people.models import User

NAMED_BY_POST = ("report_of", "director_approving", "cabinet_member")


def bring_in_meetings(brought: Brought) -> None:
    """Bodies, then their meetings."""
    brought.each("bodies.csv", _body)
    brought.each("meetings.csv", _meeting)


def issue(brought: Brought, row: Row) -> None:
    """Write the paper and issue it, its figures frozen at the end of the day that the row names."""
    clerk = brought.holder(*CLERKS)
    with brought.of(row), signed(clerk, reason=f"Paper of {row['published_on']} brought in"):
        paper = brought.papers[row["code"]] = _paper(brought, row, clerk)
        _clear(brought, row["code"], paper, clerk)
        services.issue(paper, by=clerk, frozen_on=row["frozen_on"])


def class_restatements(brought: Brought, row: Row) -> None:
    """Find what was known otherwise of a plan by the end of that day, and class all of it."""
    officer = brought.people[row["classed_by"]]
    with brought.of(row), signed(officer, reason=row["reason"]):
        find(end_of_day(row["classed_on"]))
        for found in Restatement.objects.to_class().filter(figure__scope__plans__contains=[row["plan"]]):
            class_as(found, row["class"], row["reason"], by=officer)


def enter_past_paper(brought: Brought, row: Row) -> None:
    """Enter a paper that is older than the product; its meeting is made if no file names it."""
    clerk = brought.holder(*CLERKS)
    with brought.of(row), signed(clerk, reason=f"Issued before the product: {row['file']}"):
        place = row["body"], row["meeting_on"]
        if place not in brought.meetings:
            body = brought.bodies[row["body"]]
            brought.meetings[place] = Meeting.objects.create(body=body, held_on=row["meeting_on"])
        services.enter_past_paper(
            brought.meetings[place],
            row["title"],
            [brought.plans[row["plan"]]],
            as_at=row["as_at"],
            figures={status.value: row[status.value] for status in Status},
            file=(brought.files.folder / row["file"]).read_bytes(),
            filename=row["file"],
            by=clerk,
        )


def _clear(brought: Brought, code: str, paper: Paper, clerk: User) -> None:
    """Who contributed to the paper and cleared it, by the document that says so."""
    for row in [each for each in brought.files["clearances.csv"] if each["paper"] == code]:
        clearer = clearance.name_clearer(paper, post=brought.posts[row["post"]], part=row["part"])
        told = {"by": clerk, "document": row["document"]}
        (sent,) = clearance.send(paper, [clearer], sent_on=row["sent_on"], **told)
        clearance.bring_in(sent, outcome="cleared", answered_on=row["returned_on"], **told)


def _body(brought: Brought, row: Row) -> None:
    brought.bodies[row["code"]] = Body.objects.create(**row.cells)


def _meeting(brought: Brought, row: Row) -> None:
    body = brought.bodies[row["body"]]
    brought.meetings[row.key(("body", "held_on"))] = Meeting.objects.create(**{**row.cells, "body": body})


def _paper(brought: Brought, row: Row, clerk: User) -> Paper:
    """The draft: written anew, or the report that another body had before."""
    meeting = brought.meetings[row.key(("meeting_body", "meeting_on"))]
    if row["follows"]:
        paper = services.follow(brought.papers[row["follows"]], meeting, by=clerk)
        paper.as_at, paper.published_on = row["frozen_on"], row["published_on"]
        paper.save(update_fields=["as_at", "published_on"])
        return paper
    return _written(brought, row, meeting, clerk)


def _written(brought: Brought, row: Row, meeting: Meeting, clerk: User) -> Paper:
    paper = Paper.objects.create(
        meeting=meeting,
        kind=row["kind"],
        title=row["title"],
        wards=row["wards"],
        key_decision=row["key_decision"],
        as_at=row["frozen_on"],
        published_on=row["published_on"],
        created_by=clerk,
        **{name: brought.posts[row[name]].title for name in NAMED_BY_POST},
    )
    for position, code in enumerate(row["plans"], start=1):
        PaperPlan.objects.create(paper=paper, plan=brought.plans[code], position=position)
    sections = [section for section in brought.files["paper_sections.csv"] if section["paper"] == row["code"]]
    PaperSection.objects.bulk_create(
        PaperSection(**{**section.cells, "paper": paper, "position": position})
        for position, section in enumerate(sections, start=1)
    )
    return paper
