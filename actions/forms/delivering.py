"""Entering an action as a plan was delivered."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict

from actions.forms.plan import not_to_come
from actions.models import Action, ActionPlan, Milestone, Principle, Recommendation, ScopeArea, Workstream
from assets.models.periods import EARLIEST, LATEST
from governance.core.dates import long_date, today
from governance.core.forms import DateField, Form
from governance.people.models import Post

if TYPE_CHECKING:
    from collections.abc import Sequence

RESERVED = ("mine", "new")  # addresses of other pages
OURS = re.compile(r"ACT-\d+", re.IGNORECASE)
BETWEEN = re.compile(r"[,;\n]")


class DeliveredForm(Form):
    """An action of one plan: what is to be done, since when, by when, what it answers and where it stands."""

    title = forms.CharField(label="What is to be done?", max_length=300)
    reference = forms.CharField(
        label="Reference in the plan",
        max_length=20,
        required=False,
        help_text="As the plan has it, such as ICO-001. Left empty, it gets the next one",
    )
    source_reference = forms.CharField(
        label="Reference in the auditor’s or the consultant’s list",
        max_length=40,
        required=False,
        help_text="Where that is another, such as A3. It is found by it too, on pages and in files",
    )
    owner = forms.ModelChoiceField(
        Post.objects.order_by("title"),
        label="Which post does it?",
        empty_label="Choose a post",
        help_text="Also one that is vacant: the action then shows that it has no owner",
    )
    opened_on = DateField(
        label="When was it opened?",
        subject="the day on which it was opened",
        help_text="It is “Not started” from that day. It may be past, though not before the plan",
        earliest=EARLIEST,
        latest=LATEST,
    )
    due_on = DateField(
        label="By when, as first agreed?",
        subject="the day by which it is done",
        required=False,
        help_text="It may be past, where the plan is older. Later ones are entered on the action’s page",
        earliest=EARLIEST,
        latest=LATEST,
    )
    recommendations = forms.CharField(
        label="Recommendations it answers",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The auditor’s references with commas between, such as A01, A02. The first is the one for "
        "which it was agreed",
    )
    scope_area = forms.ModelChoiceField(
        ScopeArea.objects.none(), label="Scope area", required=False, empty_label="No area of its own"
    )
    milestone = forms.ModelChoiceField(
        Milestone.objects.none(), label="Milestone of the plan", required=False, empty_label="No milestone"
    )
    workstream = forms.ModelChoiceField(
        Workstream.objects.none(), label="Workstream", required=False, empty_label="No workstream"
    )
    principles = forms.ModelMultipleChoiceField(
        Principle.objects.none(),
        label="Principles it puts into practice",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    document = forms.CharField(
        label="In which document does it stand?",
        required=False,
        max_length=200,
        help_text="With its day, figures of that time then count the action. Without, it is known from today",
    )
    known_on = DateField(
        label="Day of that document",
        subject="the day of the document",
        required=False,
        earliest=EARLIEST,
        latest=LATEST,
    )

    def __init__(self, data: QueryDict | None, *, plan: ActionPlan, answers: Recommendation | None) -> None:
        carried = (
            {"recommendations": answers.reference, "scope_area": answers.scope_area_id} if answers else {}
        )
        super().__init__(data, initial={"opened_on": today(), **carried})
        self.plan = plan
        self.offer("workstream", Workstream.objects.offered())
        self.offer("principles", Principle.objects.offered())
        self.offer("milestone", plan.milestones.for_page())
        self.offer("scope_area", ScopeArea.objects.filter(audit=plan.audit_id))
        if plan.audit_id is None:
            del self.fields["recommendations"]

    def offer(self, name: str, choices: Any) -> None:
        """What may be chosen there; a question with nothing to choose is not asked."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choices
        if not choices.exists():
            del self.fields[name]

    def clean_reference(self) -> str:
        """A reference that no action has, in whatever letters, and that is no address of another page."""
        typed: str = self.cleaned_data["reference"]
        if "/" in typed or ";" in typed or typed.lower() in RESERVED:
            raise forms.ValidationError(
                "The reference must not have a slash or a semicolon in it, nor be “new” or “mine”"
            )
        if OURS.fullmatch(typed):
            raise forms.ValidationError(
                "References such as ACT-0001 are given in turn: leave it empty for one"
            )
        if typed and (found := Action.objects.filter(reference__iexact=typed).first()):
            raise forms.ValidationError(
                f"{found.reference} is another action already. Choose another reference"
            )
        return typed

    def clean_source_reference(self) -> str:
        """One reference, since cells of files hold several with semicolons between."""
        typed: str = self.cleaned_data["source_reference"]
        if ";" in typed:
            raise forms.ValidationError("Enter one reference, without a semicolon in it")
        return typed

    def clean_opened_on(self) -> date:
        """A day of the plan's life that has come."""
        day = not_to_come(self.cleaned_data["opened_on"], "The day on which it was opened")
        if day < self.plan.opened_on:
            since = long_date(self.plan.opened_on)
            raise forms.ValidationError(f"The plan was opened on {since}. Enter that day or a later one")
        return day

    def clean_recommendations(self) -> Sequence[Recommendation]:
        """The recommendations of the plan's audit with these references, each once, in the order typed."""
        typed = dict.fromkeys(
            part.strip().lower() for part in BETWEEN.split(self.cleaned_data["recommendations"])
        )
        there = {
            each.reference.lower(): each
            for each in Recommendation.objects.filter(audit=self.plan.audit_id).order_by("-reference")
        }
        wanted = [name for name in typed if name]
        if unknown := [name for name in wanted if name not in there]:
            said = ", ".join(unknown).upper()
            raise forms.ValidationError(
                f"The audit has no recommendation {said}. Enter it on the audit’s page first"
            )
        return [there[name] for name in wanted]

    def clean_known_on(self) -> date | None:
        """A day that has come."""
        day: date | None = self.cleaned_data["known_on"]
        return not_to_come(day, "The day of the document") if day else None

    def clean(self) -> dict[str, Any]:
        """Refuses a due date before the opening, and a document without its day or the other way round."""
        typed = super().clean() or self.cleaned_data
        due, opened = typed.get("due_on"), typed.get("opened_on")
        if due and opened and due < opened:
            self.add_error("due_on", "The day by which it is done must not be before the day it was opened")
        if "known_on" in typed and bool(typed["known_on"]) != bool(typed.get("document")):
            wrong = "document" if typed["known_on"] else "known_on"
            self.add_error(wrong, "Enter the document and its day, or neither")
        return typed
