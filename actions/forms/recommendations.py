"""Entering recommendations, answering them, and saying which actions answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.http import QueryDict

from actions.forms.audits import PERMISSION, areas_of
from actions.models import (
    Action,
    ActionRecommendation,
    Audit,
    Recommendation,
    RecommendationPriority,
)
from actions.models.audit_references import wrong_in
from assets.forms.held import HeldForm, RowForm
from governance.core.dates import long_date, today

if TYPE_CHECKING:
    from governance.people.models import User

TAKEN = "Another recommendation of this audit has this reference already"
SENTENCES: dict[str, tuple[tuple[str, ...], str]] = {
    "recommendation_reference_once_in_audit": (("reference",), TAKEN),
    "recommendation_reference_once_in_whatever_letters": (("reference",), TAKEN),
    "recommendation_reference_fits_an_address": (
        ("reference",),
        "The reference cannot hold a slash: enter it with a hyphen or a point instead",
    ),
    "recommendation_is_not_rejected_without_reason": (
        ("response_reason",),
        "Say why it is rejected: a recommendation is not rejected without a reason",
    ),
    "recommendation_answered_on_a_day_is_answered": (
        ("response",),
        "Select the answer, or leave its day empty",
    ),
}
FIELDS = ("reference", "scope_area", "paragraph", "priority", "text", "illustrative")


class NamedForm(forms.Form):
    """A form with the auditor's reference, which a file and an address can name."""

    def clean_reference(self) -> str:
        """The reference; one that stands since before may stay."""
        typed: str = self.cleaned_data["reference"]
        if "reference" in self.changed_data and (wrong := wrong_in(typed)):
            raise forms.ValidationError(wrong)
        return typed


def priorities_of(form: forms.BaseForm, chosen: str) -> None:
    """Offer the priorities that are offered today, and the one chosen before; the auditor may give none."""
    offered = RecommendationPriority.objects.offered(also=chosen, key="code").values_list("code", "name")
    known = dict(offered)
    others = [(chosen, chosen)] if chosen and chosen not in known else []
    label = form.fields["priority"].label
    form.fields["priority"] = forms.ChoiceField(
        label=label, required=False, choices=[("", "None given"), *known.items(), *others]
    )


class NewRecommendationForm(NamedForm, RowForm):
    """Enter what the auditor asks for."""

    taken = TAKEN
    SENTENCES: ClassVar[dict[str, Any]] = SENTENCES

    class Meta:
        model = Recommendation
        fields = FIELDS
        help_texts: ClassVar[dict[str, str]] = {
            "reference": "The auditor’s own number, such as A01",
            "paragraph": "Where it stands in the report, such as 3.12 or page 7",
        }

    def __init__(self, data: QueryDict | None, *, audit: Audit) -> None:
        super().__init__(data, instance=Recommendation(audit=audit))
        areas_of(self, audit)
        priorities_of(self, "")


class RecommendationForm(NamedForm, HeldForm):
    """Put right what the auditor asks for."""

    permission = PERMISSION
    SENTENCES: ClassVar[dict[str, Any]] = SENTENCES

    class Meta(NewRecommendationForm.Meta):
        pass

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        areas_of(self, self.instance.audit)
        priorities_of(self, self.instance.priority)


class AnswerForm(HeldForm):
    """Accept a recommendation, accept it in part, or reject it with a reason."""

    permission = PERMISSION
    SENTENCES: ClassVar[dict[str, Any]] = SENTENCES

    class Meta:
        model = Recommendation
        fields = ("response", "responded_on", "response_reason")
        widgets: ClassVar[dict[str, Any]] = {"response": forms.RadioSelect}
        help_texts: ClassVar[dict[str, str]] = {
            "response_reason": "Needed where it is rejected; of one accepted in part, say which part",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        response = self.fields["response"]
        assert isinstance(response, forms.ChoiceField)
        response.required = False
        response.choices = [*Recommendation.Response.choices, ("", "Not answered yet")]

    def clean(self) -> dict[str, Any]:
        """Refuses to accept in part without a word about which part."""
        typed: dict[str, Any] = super().clean()
        if typed.get("response") == Recommendation.Response.PARTIALLY and not typed.get("response_reason"):
            self.add_error("response_reason", "Say which part is accepted, and why the rest is not")
        return typed

    def clean_responded_on(self) -> Any:
        """A day that has come, and on which the audit had begun."""
        day, begun = self.cleaned_data["responded_on"], self.instance.audit.audited_from
        if day and day > today():
            raise forms.ValidationError("The day of the answer must be today or in the past")
        if day and begun and day < begun:
            said = f"The day of the answer must be on or after {long_date(begun)}, when the audit began"
            raise forms.ValidationError(said)
        return day


class AnsweredByForm(RowForm):
    """Say that a further action answers the recommendation."""

    action = forms.CharField(label="Reference of the action", max_length=20, help_text="Such as ICO-07")
    taken = "It is recorded already that this action answers it"
    SENTENCES: ClassVar[dict[str, Any]] = {"action_answers_a_recommendation_once": (("action",), taken)}

    class Meta:
        model = ActionRecommendation
        fields = ("action", "note")

    def __init__(self, data: QueryDict | None, *, recommendation: Recommendation, person: User) -> None:
        super().__init__(data, instance=ActionRecommendation(recommendation=recommendation))
        self.person = person

    def clean_action(self) -> Action:
        """The action, among those that the person may open, unless it was agreed for this one."""
        typed = self.cleaned_data["action"]
        found = Action.objects.to_name(typed, self.person)
        if found is None:
            raise forms.ValidationError(f"There is no action “{typed}” that you may open")
        if found.recommendation_id == self.instance.recommendation_id:
            raise forms.ValidationError(f"{found.reference} was agreed for this recommendation already")
        return found
