"""How every form is drawn, allauth's too: our templates before Django's, GOV.UK's classes on each control."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.renderers import TemplatesSetting
from django.template.loader import select_template

from governance.core.components import Link
from governance.core.forms.dates import DateInput

WIDTHS = (2, 3, 4, 5, 10, 20, 30)
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),  # is a RadioSelect too: it comes first
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Select, "govuk-select"),
    (forms.widgets.Input, "govuk-input"),
)


class BoundField(forms.BoundField):
    """A field of a form on a page: its control's class, what describes it, where an error leads."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes, less those that let the browser speak before our error summary can."""
        widget = widget or self.field.widget
        found: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        found.pop("required", None)
        if widget.is_hidden:
            return found
        widget.attrs.pop("maxlength", None)  # silently cutting what was pasted loses words
        if classes := [*widget.attrs.get("class", "").split(), *self.classes(widget)]:
            found["class"] = " ".join(classes)
        if any(each.endswith("__input") for each in classes):
            found.pop("aria-invalid", None)  # not for a single choice: the group says it
        if wrong := self.wrong_parts:
            found["data-wrong"] = " ".join(wrong)
        if self.longest:
            told = [found.get("aria-describedby", ""), f"{self.auto_id}-info"]
            found["aria-describedby"] = " ".join(filter(None, told))
        return found

    def classes(self, widget: forms.Widget) -> list[str]:
        """The classes of the control: its kind, its width, whether it is in error."""
        base = next((name for kind, name in KINDS if isinstance(widget, kind)), "")
        if not base:
            return []
        classes = [base]
        if base == "govuk-input" and (width := self.width):
            classes.append(f"govuk-input--width-{width}")
        if self.longest:
            classes.append("govuk-js-character-count")
        if self.errors and not base.endswith("__input"):
            classes.append(f"{base}--error")
        return classes

    @property
    def width(self) -> int:
        """The width that fits the longest answer; 0 where that is the whole line."""
        longest = getattr(self.field, "max_length", None) or 0
        return next((width for width in WIDTHS if 0 < longest <= width), 0)

    @property
    def longest(self) -> int:
        """How many characters a text of several lines may have, said beside it; 0 where nothing is."""
        several = isinstance(self.field.widget, forms.Textarea)
        return (getattr(self.field, "max_length", None) or 0) if several else 0

    @property
    def wrong_parts(self) -> list[str]:
        """The parts of a date that its error is about."""
        errors = self.form.errors.as_data().get(self.name, []) if self.form.is_bound else []
        return [part for error in errors for part in (error.params or {}).get("parts", ())]

    @property
    def kind(self) -> str:
        """How the field is laid out: a checkbox stands before its label, a date's parts are a group."""
        widget = type(self.field.widget)
        return (
            "checkbox"
            if widget is forms.CheckboxInput
            else "date"
            if issubclass(widget, DateInput)
            else "field"
        )

    @property
    def is_optional(self) -> bool:
        """Is the field to be marked as optional? Not in filters, where everything is, nor one of those that
        the form names as needed on a condition, which its hint says."""
        marked = getattr(self.form, "mark_optional", True) and self.kind != "checkbox"
        conditional = self.name in getattr(self.form, "needed_if", ())
        return marked and not self.field.required and not conditional

    @property
    def anchor(self) -> str:
        """The id that the error summary leads to: the control, the first choice, the first wrong part."""
        if wrong := self.wrong_parts:
            return f"{self.auto_id}_{wrong[0]}"
        if isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id


class Renderer(TemplatesSetting):
    """Django's own template names lead to templates/form/ where we have a template of that name."""

    form_template_name = "form/form.html"
    field_template_name = "form/field.html"
    formset_template_name = "form/formset.html"
    bound_field_class = BoundField

    def get_template(self, template_name: str) -> Any:
        """Our template, else Django's."""
        return select_template([template_name.replace("django/forms/", "form/", 1), template_name])


def errors_of(form: Any) -> list[Link]:
    """What is wrong with a form or formset, in the order of its fields, each with a link to its field."""
    if not getattr(form, "is_bound", False):
        return []
    if isinstance(form, forms.BaseFormSet):
        whole = [Link(str(text), "") for text in form.non_form_errors()]
        return whole + [error for each in form for error in errors_of(each)]
    first = next((anchor_of(bound) for bound in form.visible_fields()), "")
    whole = [Link(str(text), first) for text in form.errors.get(NON_FIELD_ERRORS, [])]
    return whole + [Link(str(text), anchor_of(bound)) for bound in form for text in bound.errors]


def anchor_of(bound: forms.BoundField) -> str:
    """Where an error of this field leads, "" for one that cannot be seen."""
    found = getattr(bound, "anchor", bound.id_for_label)
    return f"#{found}" if found and not bound.is_hidden else ""
