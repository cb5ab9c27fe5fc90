"""Opening an action on a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.http import QueryDict

from actions.models import Action, ActionPlan, ActionRisk
from assets.models.numbering import next_reference
from governance.core.dates import today
from governance.core.forms import DateField, Form
from governance.core.steps import StepError
from governance.history.trail import because
from governance.people.models import Post

if TYPE_CHECKING:
    from actions.models.plan import ActionPlanQuerySet
    from governance.people.models import User
    from risks.models import Risk

PREFIX = "ACT"
TWICE = "{} says just this already, on the same plan since today. Say here what is different"
AUDITED = "Ask the Information Governance Team for an action on a plan that answers an audit"


class NewActionForm(Form):
    """What is to be done, by which post, by when, on which plan; it may treat a risk."""

    title = forms.CharField(label="What is to be done?", max_length=300)
    plan = forms.ModelChoiceField(
        ActionPlan.objects.none(), label="On which action plan?", empty_label="Choose a plan"
    )
    owner = forms.ModelChoiceField(
        Post.objects.none(),
        label="Which post does it?",
        empty_label="Choose a post",
        help_text="It reports how the action gets on",
    )
    due_on = DateField(label="By when?", subject="the day by which it is done", required=False)

    def __init__(self, data: QueryDict | None, *, person: User, risk: Risk | None) -> None:
        super().__init__(data, initial={"owner": risk.owner_id} if risk else {})
        self.person, self.risk = person, risk
        self.offer_plans(ActionPlan.objects.visible_to(person))
        self.offer("owner", Post.objects.filled(today()).order_by("title"))

    def offer_plans(self, plans: ActionPlanQuerySet) -> None:
        """Of these, the plans that the person may add to; where an audit's are left out, who adds to them."""
        if not self.person.has_perm("actions.add_to_audited"):
            plans = plans.answering_no_audit()
            self.fields["plan"].help_text = AUDITED
        self.offer("plan", plans)

    def offer(self, name: str, choices: Any) -> None:
        """What may be chosen there."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choices

    def clean(self) -> dict[str, Any]:
        """Refuses the post of another unit, for whoever does not keep all plans; and a day that is past."""
        typed = super().clean() or {}
        owner, due = typed.get("owner"), typed.get("due_on")
        if owner and not self.person.has_perm("actions.report_progress", Action(owner=owner)):
            self.add_error("owner", "Choose a post of your own, or ask the Information Governance Team")
        if due and due < today():
            self.add_error("due_on", "The day by which it is done must not be past")
        return typed

    def open(self) -> Action:
        """The action, on its plan. Only of a form without errors. Raises StepError where one that was opened
        today says just the same: the form was sent twice."""
        said = {name: self.cleaned_data[name] for name in ("title", "owner", "due_on")}
        why = "Opened against a risk" if self.risk else "Opened on the plan"
        with transaction.atomic(), because(why):
            plan = ActionPlan.objects.select_for_update().get(pk=self.cleaned_data["plan"].pk)
            treats = {"risk_links__risk": self.risk} if self.risk else {}
            if found := plan.says_already(today(), **said, **treats):
                raise StepError(TWICE.format(found.reference), "title")
            reference = next_reference(Action, PREFIX)
            opened = plan.open_action(by=self.person, opened_on=today(), reference=reference, **said)
            if self.risk:
                ActionRisk.objects.create(action=opened, risk=self.risk)
        return opened
