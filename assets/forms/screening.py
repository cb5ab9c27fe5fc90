"""Screening an activity, advising on it, deciding that it goes ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property

from assets.models import Advice, DpiaCriterion, ProcessingActivity, Screening
from governance.core.forms import Explanation, Form
from governance.people.models import Role
from governance.people.registers.sections import go_on_with

if TYPE_CHECKING:
    from governance.people.models import User

    _Many = forms.ModelMultipleChoiceField[DpiaCriterion]
else:
    _Many = forms.ModelMultipleChoiceField


class CriteriaField(_Many):
    """Criteria as checkboxes, each with its list and what it means."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, criterion: Any) -> str:
        """The name, what it means, and whether it counts alone."""
        alone = " (counts only with another)" if criterion.needs_another else ""
        return f"{criterion.name}{alone}{': ' if criterion.explanation else ''}{criterion.explanation}"


class ScreeningForm(Form):
    """Which criteria apply to an activity, and what is decided."""

    decision = forms.ChoiceField(
        label="What is decided?", choices=Screening.Decision.choices, widget=forms.RadioSelect
    )
    reason = Explanation(label="Reason", required=False, rows=4, help_text="Needed where no DPIA is made")

    def __init__(
        self, *args: Any, activity: ProcessingActivity, draft: QueryDict | None = None, **options: Any
    ) -> None:
        screening = Screening.objects.filter(activity=activity).first()
        super().__init__(*args, **options)
        self.activity = activity
        chosen = list(screening.criterion_links.values_list("criterion_id", flat=True)) if screening else []
        for source, label in DpiaCriterion.Source.choices:
            entries = DpiaCriterion.objects.filter(source=source)
            self.fields[source] = CriteriaField(
                entries.filter(is_retired=False) | entries.filter(pk__in=chosen), label=label, required=False
            )
            self.initial[source] = chosen
        self.order_fields([*DpiaCriterion.Source.values, "decision", "reason"])
        if screening:
            self.initial["decision"], self.initial["reason"] = screening.decision, screening.reason
        go_on_with(self, draft)

    @cached_property
    def criteria(self) -> list[DpiaCriterion]:
        """Everything that was ticked."""
        return [each for source in DpiaCriterion.Source.values for each in self.cleaned_data.get(source, ())]


class AdviceForm(Form):
    """What an adviser advises. It stands as it is given; who holds both roles says as which."""

    text = forms.CharField(label="Your advice", widget=forms.Textarea(attrs={"rows": 6}))
    given_as = forms.ChoiceField(label="You advise as", widget=forms.RadioSelect)

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        held = [choice for choice in Advice.GivenAs.choices if person.holds(Role(choice[0]))]
        field = self.fields["given_as"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = held
        if len(held) < 2:
            del self.fields["given_as"]


class GoAheadForm(Form):
    """Why an activity goes ahead before its DPIA is signed off."""

    reason = Explanation(
        label="Why may it be live before its DPIA is signed off?",
        help_text="It stands as you give it, with your post and the day",
        rows=6,
    )
