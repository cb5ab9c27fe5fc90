"""Opening and changing a plan, and its milestones."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db import IntegrityError, transaction
from django.http import QueryDict

from actions.models import ActionPlan, Milestone
from assets.forms.held import RowForm, Worded
from governance.core.dates import long_date, today
from governance.core.forms import ChangeReason, DateField, VersionedForm
from governance.core.refusals import rule_of
from governance.history.trail import because

CODE_TAKEN = "Another plan has this code already, if in other letters. Choose another"
PLACED = "Actions of this plan, such as {}, stand in scope areas of “{}”: so it goes on answering that"
ALIKE = "The plan has the milestone “{}” already, which differs by capital letters alone. Choose another name"
RESERVED = ("new",)  # the address of the page on which plans are opened


def not_to_come(day: date, what: str) -> date:
    """The day. Raises ValidationError for one in the future."""
    if day > today():
        raise forms.ValidationError(f"{what} is in the future. Enter today, {long_date(today())}, or earlier")
    return day


class NewPlanForm(RowForm):
    """Open a plan. One source may have several."""

    opened_on = DateField(label="When was it opened?", subject="the day on which the plan was opened")
    taken = CODE_TAKEN
    SENTENCES: ClassVar[dict[str, Any]] = {"plan_code_once_in_whatever_letters": (("code",), CODE_TAKEN)}

    class Meta:
        model = ActionPlan
        fields = ("title", "code", "audit", "opened_on", "note")
        labels: ClassVar[dict[str, str]] = {"audit": "Which audit or assessment does it answer?"}
        help_texts: ClassVar[dict[str, str]] = {
            "code": "Short, such as ico-2015. It stands in addresses and in what is published, and stays",
            "audit": "One audit may have several plans; leave it out for a plan of the council’s own",
        }

    def clean_code(self) -> str:
        """A code that is no address of another page."""
        code: str = self.cleaned_data["code"]
        if code in RESERVED:
            raise forms.ValidationError(f"“{code}” is the address of another page. Choose another code")
        return code

    def clean_opened_on(self) -> date:
        """A day that has come."""
        return not_to_come(self.cleaned_data["opened_on"], "The day on which the plan was opened")


class ReasonedForm(VersionedForm):
    """A change that is saved with its reason beside it."""

    change_reason = ChangeReason()

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """What was changed, with the reason."""
        with transaction.atomic(), because(self.cleaned_data["change_reason"]):
            return super().save(commit)


class ChangePlanForm(ReasonedForm):
    """Change the title of a plan, what it answers and its note. Its code and opening stay."""

    class Meta:
        model = ActionPlan
        fields = ("title", "audit", "note")
        labels: ClassVar[dict[str, str]] = NewPlanForm.Meta.labels

    def clean_audit(self) -> Any:
        """The audit, of which are the scope areas in which actions of the plan stand."""
        audit, placed = self.cleaned_data["audit"], self.instance.actions.exclude(scope_area=None)
        elsewhere = placed.exclude(scope_area__audit=audit).select_related("scope_area__audit")
        if "audit" in self.changed_data and (first := elsewhere.order_by("reference").first()):
            raise forms.ValidationError(PLACED.format(first.reference, first.scope_area.audit))
        return audit


class MilestoneForm(Worded, ReasonedForm):
    """Enter a milestone of a plan, or change one; and say that it was reached."""

    due_on = DateField(label="By when is it to be reached?", subject="the day by which it is to be reached")
    reached_on = DateField(
        label="When was it reached?", subject="the day on which it was reached", required=False
    )
    taken = "The plan has a milestone of this name already"
    SENTENCES = {"milestone_once_in_a_plan": (("title",), taken)}

    class Meta:
        model = Milestone
        fields = ("title", "due_on", "reached_on")
        labels: ClassVar[dict[str, str]] = {"title": "What is to be reached?"}

    def __init__(self, data: QueryDict | None, *, milestone: Milestone) -> None:
        super().__init__(data, instance=milestone)

    def clean_title(self) -> str:
        """A name that no other milestone of the plan has, not in other letters either: the other is named."""
        title: str = self.cleaned_data["title"]
        others = self.instance.plan.milestones.exclude(pk=self.instance.pk).exclude(title=title)
        if alike := others.filter(title__iexact=title).first():
            raise forms.ValidationError(ALIKE.format(alike))
        return title

    def clean_due_on(self) -> date:
        """A day of the plan's life."""
        return self._in_the_plan(self.cleaned_data["due_on"])

    def clean_reached_on(self) -> date | None:
        """A day of the plan's life that has come."""
        day: date | None = self.cleaned_data["reached_on"]
        return self._in_the_plan(not_to_come(day, "The day on which it was reached")) if day else None

    def _in_the_plan(self, day: date) -> date:
        opened = self.instance.plan.opened_on
        if day < opened:
            raise forms.ValidationError(
                f"The plan was opened on {long_date(opened)}. Enter that day or a later one"
            )
        return day

    def saved(self) -> bool:
        """Write it. False where somebody else was faster with one of this name; the form then says so."""
        try:
            self.save()
        except IntegrityError as refused:
            if rule_of(refused) != "milestone once in a plan":
                raise
            self.add_error("title", self.taken)
            return False
        return True
