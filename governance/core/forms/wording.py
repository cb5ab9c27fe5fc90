"""What forms say when something is wrong: what to do, in the words of the label (GOV.UK error messages)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import IntegrityError, transaction

from governance.core.forms.dates import DateField
from governance.core.forms.moments import MomentField
from governance.core.refusals import rule_of

if TYPE_CHECKING:
    _Mixed = forms.BaseForm
else:
    _Mixed = object

DASHES = "---------"
OURS: dict[type[forms.Field], type[DateField]] = {
    forms.DateField: DateField,
    forms.DateTimeField: MomentField,
}
ARTICLES = ("the ", "your ", "a ", "an ", "how ", "what ", "why ", "when ", "who ", "which ", "where ")
# Labels with which "Enter the" makes no sentence begin or end so: "Signed by the post", "Answers given from".
HANGING_STARTS = frozenset(("as", "by", "confirmed", "from", "lapse", "signed", "until", "warn", "you"))
HANGING_ENDS = frozenset(("as", "at", "before", "by", "from", "is", "of", "on", "to", "until", "with"))


def phrase(label: str) -> str:
    """A label within a sentence: "Due date" is "the due date", "ICO reference" is "the ICO reference"."""
    words = label if label[:2].isupper() else label[:1].lower() + label[1:]
    return words if words.startswith(ARTICLES) else f"the {words}"


def hangs(label: str) -> bool:
    """Is it a part of a sentence that cannot follow "Enter the"?"""
    said = label.lower().split()
    return bool(said) and (said[0] in HANGING_STARTS or said[-1] in HANGING_ENDS)


def asking_day(field: DateField, label: str) -> str:
    """What to do about a missing date: by its own subject, else by its label."""
    if field.subject:
        return f"Enter {phrase(field.subject)}"
    return f"Enter the day for “{label}”" if hangs(label) else f"Enter {phrase(label)}"


def asking(field: forms.Field, label: str) -> str:
    """What to do about a missing answer."""
    if isinstance(field, DateField) and not label.endswith("?"):
        return asking_day(field, label)
    if label.endswith("?") or hangs(label):
        return f"Answer “{label}”"
    chosen = (forms.ChoiceField, forms.ModelChoiceField, forms.BooleanField, forms.FileField)
    return f"{'Select' if isinstance(field, chosen) else 'Enter'} {phrase(label)}"


def choosing(label: str) -> str:
    """What a select says before anything is chosen: "Choose a unit" (u as in unit), "Choose an owner",
    "Choose what it is about"."""
    if label.endswith("?") or hangs(label):
        return "Choose an answer"
    if label.lower().startswith(ARTICLES):
        return f"Choose {phrase(label)}"
    article = "an" if label[:1].lower() in "aeio" else "a"
    return f"Choose {article} {label if label[:2].isupper() else label.lower()}"


def choose_in_words(field: forms.Field, label: str) -> None:
    """Django's row of dashes as words; a select that already says something keeps it."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = choosing(label)
    elif isinstance(field, forms.ChoiceField):
        # Among radio buttons a row of dashes is no answer, so there it is left out.
        chosen_from = "" if isinstance(field.widget, forms.RadioSelect) else choosing(label)
        field.choices = [  # type: ignore[misc]
            (value, chosen_from if (value, said) == ("", DASHES) else said)
            for value, said in field.choices  # type: ignore[union-attr]
            if chosen_from or (value, said) != ("", DASHES)
        ]


def word(field: forms.Field, label: str) -> None:
    """Give a field our sentences wherever it still has Django's."""
    standard = forms.Field.default_error_messages["required"]
    if str(field.error_messages.get("required")) == str(standard):
        field.error_messages["required"] = asking(field, label)
    choose_in_words(field, label)
    if "invalid_choice" in field.error_messages:
        field.error_messages["invalid_choice"] = f"{asking(field, label)} from the list"
    named = f"Your answer to “{label}”" if label.endswith("?") else label
    field.error_messages |= {
        "max_length": f"{named} must be %(limit_value)d characters or fewer",
        "min_length": f"{named} must be %(limit_value)d characters or more",
        "max_value": f"{named} must be %(limit_value)s or less",
        "min_value": f"{named} must be %(limit_value)s or more",
        "null_characters_not_allowed": f"{named} has a character that cannot be kept. Type it anew",
    }
    # What two entries may not share; a form that says more says it itself.
    field.error_messages.setdefault("unique", f"{named} is taken already. Enter another")
    if isinstance(field, forms.IntegerField):
        field.error_messages["invalid"] = f"{named} must be a number, such as 12"
    elif isinstance(field, forms.EmailField):
        field.error_messages["invalid"] = f"{named} must be an e-mail address, such as name@example.com"
    elif isinstance(field, forms.SlugField):
        field.error_messages["invalid"] = (
            f"{named} must be letters, numbers and hyphens only, such as ico-2015"
        )


def as_ours(field: forms.Field) -> forms.Field:
    """Django's one-line fields for a date or a time as ours with their parts; any other field as it is."""
    if type(field) not in OURS:
        return field
    return OURS[type(field)](
        required=field.required,
        label=field.label,
        help_text=field.help_text,
        initial=field.initial,
        disabled=field.disabled,
    )


class InPlainWords(_Mixed):
    """For any form: its sentences in plain words, its dates in three fields."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            self.fields[name] = ours = as_ours(field)
            word(ours, str(ours.label or name.replace("_", " ").capitalize()))


class Form(InPlainWords, forms.Form):
    """A form without a model behind it."""


class ModelForm(InPlainWords, forms.ModelForm):  # type: ignore[type-arg]
    """A form that makes one new entry; to change one that others may be changing, take VersionedForm."""

    def written(self) -> Any:
        """The entry, saved; None where the database refused it, since somebody else was faster.

        The form, which now sees what the other person wrote, then says what is wrong in its own words.
        """
        try:
            with transaction.atomic():
                return self.save()
        except IntegrityError as refused:
            self.full_clean()
            if not self.errors:
                self.add_error(None, f"Somebody else was faster. The rule is: {rule_of(refused)}. Look again")
            return None
