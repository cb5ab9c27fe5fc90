"""Writing forms of reports: beginning one, its name, its sections, withdrawing it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction

from governance.committees.form import Form as ShippedForm
from governance.committees.form import shipped_forms
from governance.committees.models import PaperTemplate, TemplateSection
from governance.committees.models.placing import place_among
from governance.core.forms import Explanation, Form, VersionedForm
from governance.core.steps import StepError
from governance.history.adopting import draft_of

MOST_SECTIONS = 60


class BeginTemplateForm(Form):
    """Which form a new one begins as."""

    start = forms.ChoiceField(label="What should it begin as?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        start = self.fields["start"]
        assert isinstance(start, forms.ChoiceField)
        start.choices = [(code, form.name) for code, form in shipped_forms().items()]

    def chosen(self) -> ShippedForm:
        """The form as it is shipped."""
        return shipped_forms()[self.cleaned_data["start"]]


class WithdrawTemplateForm(Form):
    """Why no paper is to be made from a form any more."""

    reason = Explanation(label="Why is it withdrawn?")


class TemplateForm(VersionedForm):
    """The name of a form, while it is a draft."""

    class Meta:
        model = PaperTemplate
        fields = ["name", "code", "source", "names_clearers"]
        help_texts = {
            "code": "Versions with the same short name follow each other",
            "source": "For example whose reports its headings come from",
            "names_clearers": "A paper names posts in any case",
        }

    def clean(self) -> dict[str, Any]:
        """Nothing of an adopted version changes."""
        cleaned = super().clean()
        keep_draft(self, self.instance)
        return cleaned


class TemplateSectionForm(VersionedForm):
    """One section of a form. `place` moves it among the others."""

    place = forms.IntegerField(label="Place in the form", min_value=1, help_text="1 is the first")

    class Meta:
        model = TemplateSection
        fields = ["heading", "level", "help", "text", "mandatory", "clearance", "lists"]
        widgets = {"help": forms.Textarea(attrs={"rows": 3}), "text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "help": "Shown to who writes the report, never printed",
            "text": "{{of the kind}} alone on a line stands for what the kind of paper begins with; "
            "{{summary}}, {{movement}} and {{waiting}} for sentences made from the figures, "
            "{{outstanding}} for the list of what the body still waits for, {{assurances}} for that of what "
            "was assured of the plans",
            "mandatory": "A report without it is issued only if the proper officer says why",
        }

    def __init__(self, *args: Any, template: PaperTemplate, **options: Any) -> None:
        super().__init__(*args, **options)
        self.template = template
        self.instance.template = template
        self.last = template.sections.count() + (0 if self.instance.pk else 1)
        self.fields["place"].initial = self.instance.position or self.last

    def clean(self) -> dict[str, Any]:
        """Nothing of an adopted version changes, and a form has no more sections than a paper may have."""
        cleaned = super().clean()
        keep_draft(self, self.template)
        if self.last > MOST_SECTIONS:
            self.add_error(None, f"A form has at most {MOST_SECTIONS} sections")
        return cleaned

    def save(self, commit: bool = True) -> TemplateSection:  # noqa: FBT001, FBT002 - Django's signature
        """The section, with all of them numbered anew from 1 in their order."""
        with transaction.atomic():
            draft_of(self.template)
            place_among(self.template.sections.all(), self.instance, self.cleaned_data["place"])
            saved: TemplateSection = super().save(commit)
        return saved


def keep_draft(form: forms.BaseForm, version: PaperTemplate) -> None:
    """Say on the form that the version is adopted, if it is."""
    try:
        draft_of(version)
    except StepError as adopted:
        form.add_error(None, str(adopted))
