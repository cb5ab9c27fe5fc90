"""Writing a DPIA step by step, and signing it off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict

from assets.models import Dpia, DpiaRisk
from assets.representations.dpia import Step
from governance.core.dates import today
from governance.core.forms import DateField, Form
from governance.people.models import Post
from governance.people.registers.sections import SectionOf, go_on_with

if TYPE_CHECKING:
    from governance.people.models import User


# What the ICO's sample asks under each question (domain.md 2.4).
HELP = {
    "need": "What the project is to achieve, what is done with personal data, and why a DPIA is needed",
    "nature": "How data are collected, used, kept and deleted; where they come from; who is given them",
    "scope": "Which data, and whether they are special category or about offences; how much, how often, how "
    "long; how many people, and where",
    "context": "Who the people are to the council, what they expect and can control; children or other "
    "vulnerable people; anything new, or of public concern",
    "purposes": "What you want to achieve, the effect on people, the benefits for them and for others",
    "consultation": "When and how you ask people for their views, or why that is not right; whom else you "
    "ask: services, processors, security experts",
    "necessity": "The lawful basis; whether it works and whether less would do; how data are kept good and "
    "few; what people are told; their rights; processors and transfers",
    "description": "Where the risk comes from, and how it could harm people: their rights, their money, "
    "their safety",
    "measure": "What you could do to reduce or remove the risk. Needed before the DPIA is sent",
    "effect": "What the measure does to the risk",
    "residual": "How high the risk is with the measure in place",
}


class StepForm(SectionOf):
    """One of the steps that are written as text. Whoever writes does not sign off."""

    mark_optional = False  # a draft may be saved half written, but not sent so

    def __init__(self, *args: Any, person: User, draft: QueryDict | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        go_on_with(self, draft)
        for name, field in self.fields.items():
            field.help_text = HELP.get(name, field.help_text)
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 6

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Write what was changed in this step, and nothing beside it."""
        return self.write()

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


class SignOffForm(Form):
    """Step 7: what is approved, what was done with the advice, who keeps it under review."""

    post = forms.ModelChoiceField(Post.objects.none(), label="Post in which you sign")
    answer = forms.ChoiceField(
        label="Decision on the advice", choices=Dpia.Answer.choices, widget=forms.RadioSelect
    )
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
    next_review_on = DateField(label="Day of the next review", earliest=today)

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        post = self.fields["post"]
        assert isinstance(post, forms.ModelChoiceField)
        held = person.posts()
        post.queryset = Post.objects.filter(pk__in=held)
        self.initial["post"] = held[0] if len(held) == 1 else None

    def clean(self) -> dict[str, Any]:
        """Overruling needs a reason."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("answer") == "overruled" and not cleaned.get("overruled_reason"):
            self.add_error("overruled_reason", "Say why the advice is overruled")
        return cleaned
