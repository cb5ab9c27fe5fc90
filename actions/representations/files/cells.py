"""The cells of a file in which the facts of an action are kept: progress, dates, and what it answers."""

from __future__ import annotations

from actions.models import Status, Workstream
from governance.core.forms import LONGEST
from governance.people.models import Post
from governance.people.registers.sheet import Choice, Day, Lookup, SheetColumn, Text

OPENED = Day(
    name="opened_on",
    heading="Opened",
    aliases=("Opened on", "Date opened", "Start date", "Started", "Date agreed", "Agreed on"),
    help="Of a new action. Without one it is the first day of its plan",
)
STATUS = Choice(
    name="status",
    heading="Status",
    choices=Status.choices,
    aliases=("Action status", "Progress status", "State", "Current status"),
)
SINCE = Day(
    name="since",
    heading="Since",
    aliases=(
        "Status date",
        "Status from",
        "Effective date",
        "Effective from",
        "In effect from",
        "Date of status",
    ),
    help="The day on which the status took effect",
)
EVIDENCE = Text(
    name="evidence",
    heading="Evidence",
    longest=LONGEST,
    aliases=("Progress", "Update", "Progress update", "Latest update", "Comments", "Commentary"),
    help="What shows that it is so",
)
DOCUMENT = Text(
    name="source_document",
    heading="Source document",
    longest=200,
    aliases=("Document", "Source", "Paper"),
    help="The document that says so, kept with each new update of the row",
)
WAIVER = Text(
    name="waiver",
    heading="Why it goes ahead",
    longest=LONGEST,
    aliases=("Reason for going ahead", "Waiver"),
    help="Only where the action still waits on something",
)
FIRST_DUE = Day(
    name="first_due_on",
    heading="First due",
    aliases=("Original due date", "Original date", "Original target date", "First agreed date"),
    help="The day that was agreed first. It never changes",
)
DUE = Day(
    name="due_on",
    heading="Due",
    aliases=(
        "Due date",
        "Target date",
        "Deadline",
        "By when",
        "Revised date",
        "Revised due date",
        "Current due date",
    ),
    help="Another day than the one that stands moves the date, with its reason and who agreed",
)
DUE_REASON = Text(
    name="due_reason",
    heading="Why the date moved",
    longest=LONGEST,
    aliases=(
        "Reason for revision",
        "Reason for the date",
        "Reason for extension",
        "Reason for change of date",
    ),
)
AGREED_BY = Lookup(
    name="due_agreed_by",
    heading="Date agreed by",
    among=Post.objects.all,
    by=("code", "title"),
    aliases=("Who agreed the date", "Extension agreed by"),
    help="The code or title of the post that agreed to the new date, never a person's name",
)
AGREED_IN = Text(
    name="due_agreed_in",
    heading="Date agreed in",
    longest=300,
    aliases=("Decision on the date", "Extension agreed in"),
    help="Or the committee that agreed, such as Audit Committee",
)
MINUTE = Text(
    name="due_minute",
    heading="Minute",
    longest=100,
    aliases=("Minute of the date", "Minute reference", "Minute number", "Minute no"),
    help="Of a committee that agreed to the new date: the minute that records it",
)
AGREED_ON = Day(
    name="due_agreed_on",
    heading="Date agreed on",
    aliases=("Date of the agreement", "Extension agreed on"),
    help="Without one it is the day on which the file comes in",
)
RECOMMENDATIONS = Text(
    name="recommendations",
    heading="Recommendations",
    aliases=(
        "Recommendation", "Recommendation number", "Recommendation reference", "Recommendation no",
        "Rec", "Rec no",
    ),
    help="Their numbers in the audit that the plan answers, with semicolons between",
)  # fmt: skip
THEIRS = Text(
    name="source_reference",
    heading="Source reference",
    longest=LONGEST,
    aliases=(
        "Source ref", "Their reference", "Auditor's reference", "Auditor reference", "Consultant's reference",
        "Reference in the source", "External reference",
    ),
    help="What the auditor's or the consultant's list calls it, with semicolons between several. A row that "
    "has no reference of ours is matched by it, within its plan",
)  # fmt: skip
PRIORITY = Text(
    name="priority",
    heading="Priority",
    aliases=("Priority level", "Recommendation priority", "Auditor's priority", "Priority rating"),
    help="The auditor's, by its name: of a recommendation that has none yet",
)
AREA = Text(name="scope_area", heading="Scope area", aliases=("Area", "Audit area", "Scope"))
MILESTONE = Text(
    name="milestone",
    heading="Milestone",
    aliases=("Milestone of the plan", "Plan milestone", "Key milestone"),
    help="Its name on the plan. Milestones are entered on the page of the plan",
)
WORKSTREAM = Lookup(
    name="workstream",
    heading="Workstream",
    among=Workstream.objects.all,
    aliases=("Work stream", "Theme"),
)
PRINCIPLES = Text(
    name="principles",
    heading="Principles",
    aliases=("Principle",),
    help="Their names or codes, with semicolons between",
)
CELLS: tuple[SheetColumn, ...] = (
    THEIRS, RECOMMENDATIONS, PRIORITY, AREA, MILESTONE, WORKSTREAM, PRINCIPLES, OPENED, FIRST_DUE, DUE,
    DUE_REASON, AGREED_BY, AGREED_IN, MINUTE, AGREED_ON, STATUS, SINCE, EVIDENCE, DOCUMENT, WAIVER,
)  # fmt: skip
