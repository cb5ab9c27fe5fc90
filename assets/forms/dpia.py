"""Screening an activity, writing a DPIA step by step, advising on it, signing it off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.functional import cached_property

from assets.models import Dpia, DpiaCriterion, DpiaRisk, ProcessingActivity, Screening
from assets.representations.dpia import Step
from governance.core.dates import today
from governance.core.forms import DateField, Form, VersionedForm
from governance.people.models import Post

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
    reason = forms.CharField(
        label="Reason",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed where no DPIA is made",
    )

    def __init__(self, *args: Any, activity: ProcessingActivity, **options: Any) -> None:
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
            self.initial |= {"decision": screening.decision, "reason": screening.reason}  # type: ignore[operator]

    @cached_property
    def criteria(self) -> list[DpiaCriterion]:
        """Everything that was ticked."""
        return [each for source in DpiaCriterion.Source.values for each in self.cleaned_data.get(source, ())]


class StepForm(VersionedForm):
    """One of the steps that are written as text. Whoever writes does not sign off."""

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 6

    def _update_errors(self, errors: ValidationError) -> None:
        """Django's, less the names of constraints: forms and services say it in sentences."""
        if hasattr(errors, "error_dict"):
            errors.error_dict.pop(NON_FIELD_ERRORS, None)
        super()._update_errors(errors)  # type: ignore[misc]


def step_form(step: Step) -> type[StepForm]:
    """The form of a step."""
    found: Any = forms.modelform_factory(Dpia, form=StepForm, fields=step.fields)
    made: type[StepForm] = found
    return made


class DpiaRiskForm(StepForm):
    """A risk to people, and the measure against it."""

    class Meta:
        model = DpiaRisk
        fields = (
            "description", "likelihood", "severity", "overall", "measure", "effect", "residual"
        )  # fmt: skip

    def __init__(self, *args: Any, dpia: Dpia, **options: Any) -> None:
        super().__init__(*args, **options)
        self.instance.dpia = dpia

    def clean(self) -> dict[str, Any]:
        """Measure, effect and what is left over go together; an accepted risk stays as it is."""
        cleaned = super().clean()
        said = [bool(cleaned.get(name)) for name in ("measure", "effect", "residual")]
        if any(said) and not all(said):
            self.add_error("measure", "Enter the measure, its effect and the risk left over together")
        if cleaned.get("effect") == "accepted" and cleaned.get("residual") != cleaned.get("overall"):
            self.add_error("residual", "A risk that is accepted stays as high as it is")
        return cleaned


class AdviceForm(Form):
    """What the data protection officer advises. It stands as it is given."""

    text = forms.CharField(label="Your advice", widget=forms.Textarea(attrs={"rows": 6}))


class SignOffForm(Form):
    """Step 7: what is approved, what was done with the advice, who keeps it under review."""

    post = forms.ModelChoiceField(Post.objects.none(), label="You sign as")
    answer = forms.ChoiceField(label="The advice is", choices=Dpia.Answer.choices, widget=forms.RadioSelect)
    overruled_reason = forms.CharField(
        label="Why the advice is overruled", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    ico_consulted_on = DateField(
        label="ICO consulted on",
        required=False,
        latest=today,
        help_text="Needed first where the risk left over is high (Article 36)",
    )
    ico_outcome = forms.CharField(
        label="What the ICO said", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    consultation_reviewed_by = forms.ModelChoiceField(
        Post.objects.all(), label="Post that reviewed the consultation", required=False
    )
    kept_under_review_by = forms.ModelChoiceField(Post.objects.all(), label="Post that keeps it under review")
    next_review_on = DateField(label="Next review", earliest=today)

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        post = self.fields["post"]
        assert isinstance(post, forms.ModelChoiceField)
        post.queryset = Post.objects.filter(pk__in=person.posts())

    def clean(self) -> dict[str, Any]:
        """Overruling needs a reason."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") == "overruled" and not cleaned.get("overruled_reason"):
            self.add_error("overruled_reason", "Say why the advice is overruled")
        return cleaned
