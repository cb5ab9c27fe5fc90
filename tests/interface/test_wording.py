"""What a form says of an answer that is missing or wrong names the question, in a whole sentence."""

import pytest
from django import forms

from governance.core.forms import DateField, Form


class Asked(Form):
    about = forms.CharField(label="What is it about?", max_length=10)
    weeks = forms.IntegerField(label="How many weeks?", max_value=9)
    code = forms.SlugField(label="Code")
    signed_by = forms.CharField(label="Signed by the post")
    authority = forms.CharField(label="By whose authority")
    from_on = DateField(label="Answers given from")
    named_on = DateField(label="From", subject="The first day of the new name")
    due_on = DateField(label="Due date")
    when = DateField(label="When was it done?", subject="The day")
    post = forms.ChoiceField(label="You sign as", choices=[("a", "A post")])


def said(field: str, typed: str) -> list[str]:
    return Asked({field: typed}).errors[field]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("about", "x" * 11, "Your answer to “What is it about?” must be 10 characters or fewer"),
        ("weeks", "10", "Your answer to “How many weeks?” must be 9 or less"),
        ("weeks", "ten", "Your answer to “How many weeks?” must be a number, such as 12"),
    ],
)
def test_of_two_questions_that_are_wrong_each_is_named(field: str, typed: str, sentence: str) -> None:
    assert said(field, typed) == [sentence]


@pytest.mark.parametrize("typed", ["road closures", "road/closures", "straße"])
def test_a_code_is_explained_without_jargon(typed: str) -> None:
    assert said("code", typed) == ["Code must be letters, numbers and hyphens only, such as ico-2015"]


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("about", "Answer “What is it about?”"),
        ("code", "Enter the code"),
        ("signed_by", "Answer “Signed by the post”"),
        ("authority", "Answer “By whose authority”"),
        ("post", "Answer “You sign as”"),
        ("from_on", "Enter the day for “Answers given from”"),
        ("named_on", "Enter the first day of the new name"),
        ("due_on", "Enter the due date"),
        ("when", "Answer “When was it done?”"),
    ],
)
def test_what_is_missing_is_asked_for_in_a_whole_sentence(field: str, sentence: str) -> None:
    assert said(field, "") == [sentence]


class Chosen(Form):
    who = forms.ChoiceField(label="Who is it?", choices=[("", "---------"), ("a", "A post")])
    radio = forms.ChoiceField(
        label="What took place?", choices=[("", "---------"), ("a", "A call")], widget=forms.RadioSelect
    )
    unit = forms.ChoiceField(label="Unit", choices=[("", "---------"), ("a", "Parks")])
    minutes = forms.ChoiceField(label="In the minutes of", choices=[("", "---------"), ("a", "July")])


def test_no_row_of_dashes_is_offered_as_an_answer() -> None:
    offered = {name: [said for _, said in field.choices] for name, field in Chosen().fields.items()}
    assert offered == {
        "who": ["Choose an answer", "A post"],
        "radio": ["A call"],
        "unit": ["Choose a unit", "Parks"],
        "minutes": ["Choose an answer", "July"],
    }
