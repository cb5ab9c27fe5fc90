"""Bodies, meetings and papers, those older than the product too."""

from __future__ import annotations

from actions.models import Status
from governance.committees.models import Body, Classing, Clearer, Meeting, Paper, PaperSection
from governance.demo import checks
from governance.demo.cells import day, of, whole, words
from governance.demo.shape import Column, Refers, Table, to

BODIES = Table(
    "bodies.csv",
    tuple(of(Body, name) for name in ("code", "name", "kind")),
    unique=("code",),
)
MEETINGS = Table(
    "meetings.csv",
    (Column("body"), *(of(Meeting, name) for name in ("held_on", "place", "title"))),
    unique=("body", "held_on"),
    refers=to("bodies.csv", "code", "body"),
)
PAPERS = Table(
    "papers.csv",
    (
        Column("code", note="for paper_sections.csv"),
        Column("meeting_body"),
        Column("meeting_on", day),
        of(Paper, "title"),
        Column("report_of", note="code of a post"),
        Column("plans", words, note="codes of plans, with spaces between"),
        Column("frozen_on", day, note="figures are as at the end of this day"),
        of(Paper, "published_on", required=True),
        of(Paper, "wards"),
        of(Paper, "key_decision", required=True),
        Column("director_approving", note="code of a post"),
        Column("cabinet_member", note="code of a post"),
        of(Paper, "kind", required=True),
        Column("follows", required=False, note="code of the same report to another body, further up"),
    ),
    unique=("code",),
    refers=(
        Refers(("meeting_body", "meeting_on"), "meetings.csv", ("body", "held_on")),
        *to("posts.csv", "code", "report_of", "director_approving", "cabinet_member"),
        *to("plans.csv", "code", "plans"),
        *to("papers.csv", "code", "follows"),
    ),
    checks=(checks.frozen_then_published_then_met, checks.follows_a_report_to_another_body),
)
PAPER_SECTIONS = Table(
    "paper_sections.csv",
    (Column("paper"), *(of(PaperSection, name) for name in ("number", "heading", "text"))),
    unique=("paper", "number", "heading"),
    refers=to("papers.csv", "code", "paper"),
)
CLEARANCES = Table(
    "clearances.csv",
    (
        Column("paper"),
        Column("post"),
        of(Clearer, "part"),
        Column("sent_on", day),
        Column("returned_on", day, note="on which it was cleared"),
        Column("document", note="that says so"),
    ),
    unique=("paper", "post"),
    refers=to("papers.csv", "code", "paper") + to("posts.csv", "code", "post"),
    checks=(checks.cleared_before_it_is_frozen,),
)
PAST_PAPERS = Table(
    "past_papers.csv",
    (
        Column("body"),
        Column("meeting_on", day),
        of(Paper, "title"),
        Column("plan"),
        Column("as_at", day, note="the day the paper's figures are as at"),
        *(
            Column(status.value, whole, note=f"how many actions the paper says: {status.label.lower()}")
            for status in Status
        ),
        Column("file", note="name of the paper's own file, in this folder"),
    ),
    unique=("body", "meeting_on", "title", "plan"),
    refers=to("bodies.csv", "code", "body") + to("plans.csv", "code", "plan"),
    checks=(checks.past_paper_can_be_read,),
)

RESTATEMENTS = Table(
    "restatements.csv",
    (
        Column("plan"),
        Column("classed_on", day, note="what is known by the end of this day is classed"),
        of(Classing, "kind", "class"),
        of(Classing, "reason"),
        Column("classed_by", note="e-mail address of a person who recorded none of what moved the figures"),
    ),
    unique=("plan", "classed_on"),
    refers=to("plans.csv", "code", "plan") + to("people.csv", "email", "classed_by"),
)

COMMITTEES = (BODIES, MEETINGS, PAPERS, PAPER_SECTIONS, CLEARANCES, RESTATEMENTS)
PAST = (BODIES, MEETINGS, PAST_PAPERS)
