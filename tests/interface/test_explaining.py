"""There is as much room to explain everywhere; how much is said beside the control and counted in it."""

import re

import pytest
from django import forms
from playwright.sync_api import expect

from governance.core.forms import LONGEST, Explanation, Form
from tests.browser import sign_in
from tests.factories import AssetFactory
from tests.forms import forms_of_rooms, name_of

REASONS = ("change_reason", "reason", "refusal", "waiver")


def whys(form):
    """The fields in which somebody types why; one of these names that offers a list asks something else."""
    asked = [form.base_fields[name] for name in REASONS if name in form.base_fields]
    return [field for field in asked if isinstance(field, forms.CharField)]


FORMS = [form for form in forms_of_rooms() if whys(form)]


class WhyForm(Form):
    """A form that asks why."""

    why = Explanation(label="Why?", help_text="For the record")


@pytest.mark.parametrize("form", FORMS, ids=name_of)
def test_every_why_takes_as_much(form):
    for field in whys(form):
        assert isinstance(field, Explanation)
        assert field.max_length == LONGEST


@pytest.mark.parametrize(
    "known", ["SectionForm", "StateForm", "AdoptForm", "HandOverForm", "ScreeningForm", "CorrectForm"]
)
def test_forms_that_ask_why_are_found_in_every_room(known):
    assert known in {form.__name__ for form in FORMS}


def test_how_much_is_said_beside_the_control_and_belongs_to_it():
    html = str(WhyForm())
    assert "You can enter up to 5,000 characters" in html
    described = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
    assert described == ["id_why_helptext", "id_why-info"]
    assert all(f'id="{each}"' in html for each in described)
    assert 'data-maxlength="5000"' in html
    assert " maxlength=" not in html


def test_the_end_of_a_line_counts_once_as_the_browser_counts_it():
    lines = "\r\n".join(["x" * 999] * 5)
    form = WhyForm({"why": lines})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["why"] == lines.replace("\r\n", "\n")


@pytest.mark.parametrize("number", [5001, 100_000])
def test_what_is_too_long_is_refused_in_words_and_kept(number):
    form = WhyForm({"why": "x" * number})
    assert form.errors["why"] == ["Your answer to “Why?” must be 5000 characters or fewer"]
    assert form["why"].value() == "x" * number


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_count_is_said_once_there_is_little_room_left(page, ig_officer):
    asset = AssetFactory()
    sign_in(page, ig_officer)
    page.goto(f"{asset.get_absolute_url()}state/")
    left = page.locator(".govuk-character-count__status")
    expect(left).to_have_class(re.compile("disabled"))
    page.get_by_label("Why are you making this change?").fill("x" * 4990)
    expect(left).to_have_text("You have 10 characters remaining")
    page.get_by_label("Why are you making this change?").fill("x" * 5003)
    expect(left).to_have_text("You have 3 characters too many")
