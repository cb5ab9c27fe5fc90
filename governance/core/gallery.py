"""The component gallery's examples: each component with its variants, each page state by ?state=."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from governance.core.bars import CountBars
from governance.core.charts import StackedBars
from governance.core.components import RATINGS, STANDINGS, Change, Column, TimelineEntry
from governance.core.dates import today
from governance.core.filtering import paginate
from governance.core.forms import Conflict, Form
from governance.core.forms.conflict import Difference
from governance.core.forms.dates import DateField

STATES = {
    "": "As usual",
    "errors": "A form with errors",
    "message": "A message",
    "past": "A past moment",
    "pending": "Work under way",
    "conflict": "Two people at once",
}
CODES = [(code, shown.word) for code, shown in STANDINGS.items()]
COLUMNS = [
    Column("Reference", "reference"),
    Column("Action", "title"),
    Column("Status"),
    Column("Due", "due_on"),
    Column("Updates", "updates", numeric=True),
]


class ExampleForm(Form):
    """Every kind of field."""

    title = forms.CharField(max_length=300, help_text="As the committee will read it")
    reference = forms.CharField(max_length=12)
    due_on = DateField(label="Due date", help_text="For example, 24 10 2016 or 24 oct 2016", latest=today)
    status = forms.ChoiceField(choices=CODES, widget=forms.RadioSelect)
    scope = forms.ChoiceField(
        label="Scope area",
        choices=[("", "Choose one"), ("training", "Training"), ("sharing", "Data sharing")],
    )
    units = forms.MultipleChoiceField(
        choices=[("hr", "Human Resources"), ("it", "ICT")], widget=forms.CheckboxSelectMultiple
    )
    evidence = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False)
    count = forms.IntegerField(label="Number of records", required=False, min_value=0)
    paper = forms.FileField(label="Evidence file", required=False)
    personal = forms.BooleanField(label="Holds personal data", required=False)


class ExampleFilter(Form):
    """A register's filters."""

    q = forms.CharField(label="Search", required=False)
    status = forms.MultipleChoiceField(choices=CODES, widget=forms.CheckboxSelectMultiple, required=False)
    unit = forms.ChoiceField(choices=[("", "Any"), ("hr", "Human Resources"), ("it", "ICT")], required=False)
    due_before = DateField(label="Due before", required=False)


def examples(request: HttpRequest) -> tuple[str, int, dict[str, Any]]:
    """Template, status and context of the gallery in the state asked for."""
    state = request.GET.get("state", "")
    context: dict[str, Any] = {
        "states": STATES,
        "state": state,
        "codes": [code for code, _ in CODES],
        "ratings": list(RATINGS),
        "columns": COLUMNS,
        "page": paginate(request, rows(), per_page=5),
        "first_rows": rows()[:3],
        "filters": ExampleFilter(request.GET),
        "form": ExampleForm({"due_on_day": "31", "due_on_month": "foo"} if state == "errors" else None),
        "events": events(),
        "chart": chart(),
        "counts": CountBars(
            "counts", "Example actions by priority", [("High", 18), ("Medium", 15), ("Low", 7)]
        ),
        "working": state == "pending",
        "moment": SimpleNamespace(
            as_at=date(2016, 7, 25), known_at=date(2016, 10, 24), is_past=state == "past"
        ),
    }
    if state == "message":
        messages.success(request, "IA-0042 updated")
    if state == "conflict":
        return "components/conflict.html", 409, {"form": ConflictForm(), "conflict": conflict()}
    return "components/gallery.html", 200, context


def rows() -> list[dict[str, Any]]:
    """Rows of a register, made up."""
    return [
        {"reference": f"EX-{number:03}", "title": f"Example action {number}", "status": CODES[number % 5][0],
         "overdue": number == 3, "due_on": date(2016, 1 + number % 12, 24), "updates": number * 37}
        for number in range(1, 43)
    ]  # fmt: skip


def events() -> list[TimelineEntry]:
    """A timeline: a change with a reason, a value set, a value cleared, an event without changes."""
    return [
        TimelineEntry("Progress reported", datetime(2016, 10, 10, 14, 30, tzinfo=UTC), "an officer",
                      "Head of Governance", "The July entry was made against the wrong action",
                      [Change("Status", "In progress", "Not started")], "#"),
        TimelineEntry("Changed", datetime(2016, 7, 8, 9, 0, tzinfo=UTC), "", "Records Manager", "",
                      [Change("Due date", "", "24 October 2016"), Change("Note", "To be confirmed", "")]),
        TimelineEntry("Opened", datetime(2015, 12, 1, 10, 15, tzinfo=UTC)),
    ]  # fmt: skip


def chart() -> StackedBars:
    """A chart of progress, made up."""
    return StackedBars("example", "Progress of the example plan", [
        ("25 July 2016", {"completed": 3, "in_progress": 20, "not_started": 17}),
        ("24 October 2016", {"completed": 18, "awaiting_approval": 1, "in_progress": 15, "not_started": 6}),
        ("20 February 2017", {"completed": 34, "awaiting_approval": 4, "withdrawn": 2}),
    ])  # fmt: skip


LONG_TEXT = "Accounts of council tax with what was billed and paid, what is owed, and reductions and reasons."


class ConflictForm(Form):
    """The part of a VersionedForm that its conflict page reads."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)


def conflict() -> Conflict:
    """Two people who differ in three fields, one of them a long text."""
    differences = [
        Difference("title", "Title", "Council tax accounts", "Council tax records", before="Council tax"),
        Difference("unit", "Unit", "Revenues", "Revenues and Benefits"),
        Difference("text", "Description", f"{LONG_TEXT} Kept by year.", LONG_TEXT, may_join=True),
    ]
    when = datetime(2016, 10, 10, 14, 30, tzinfo=UTC)
    return Conflict(
        8,
        "Records Manager",
        when,
        "Names follow the structure chart",
        differences,
        [("title", "Council tax accounts")],
        only_theirs=[
            Difference("owner", "Owner", "Head of Revenues", "Revenues Manager", theirs_stands=True)
        ],
        only_mine=[Difference("note", "Note", "Moved in May", "", mine_stands=True)],
    )
