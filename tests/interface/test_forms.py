"""How forms speak: five rules of the error summary, and no word of Django's own."""

import re

import pytest
from django import forms
from django.template import Context, Engine, Template
from django.test import Client
from django.utils.html import strip_tags

from governance.core.forms import Form, errors_of
from governance.core.gallery import ExampleForm


@pytest.fixture(autouse=True)
def _gallery(settings):
    settings.ROOT_URLCONF = "tests.interface.urls"


@pytest.fixture
def broken_page(client: Client, db: None) -> str:
    return client.get("/components/?state=errors").content.decode()


def test_the_summary_stands_before_the_heading_and_says_there_is_a_problem(broken_page: str) -> None:
    assert broken_page.index("There is a problem") < broken_page.index("<h1")
    assert broken_page.count("There is a problem") == 1


def test_the_summary_is_announced_and_takes_the_focus(broken_page: str) -> None:
    summary = broken_page.split('class="govuk-error-summary"')[1].split("<h1")[0]
    assert 'data-module="govuk-error-summary"' in summary
    assert 'role="alert"' in summary


def test_every_error_links_to_a_control_that_is_there(broken_page: str) -> None:
    summary = broken_page.split('class="govuk-error-summary"')[1].split("<h1")[0]
    links = re.findall(r'<li><a href="#([^"]+)"', summary)
    assert len(links) == summary.count("<li>") == 6
    for link in links:
        assert re.search(rf'<(input|select|textarea)[^>]* id="{link}"', broken_page), link


def test_the_summary_and_the_field_use_the_same_words(broken_page: str) -> None:
    summary = broken_page.split('class="govuk-error-summary"')[1].split("<h1")[0]
    for words in re.findall(r'<li><a href="[^"]+">([^<]+)</a>', summary):
        assert f'<span class="govuk-visually-hidden">Error:</span> {words}</p>' in broken_page


def test_the_title_begins_with_error(broken_page: str, client: Client) -> None:
    assert "<title>Error: Components" in broken_page
    assert "<title>Components" in client.get("/components/").content.decode()


def test_a_message_and_an_error_summary_never_stand_together() -> None:
    context = {"form": ExampleForm({}), "messages": ["Saved"]}
    drawn = Template("{% notices %}").render(Context(context))
    assert "There is a problem" in drawn
    assert "Saved" not in drawn
    assert "Saved" in Template("{% notices %}").render(
        Context({"form": ExampleForm(), "messages": ["Saved"]})
    )


def test_hint_and_error_are_tied_to_the_control() -> None:
    drawn = str(ExampleForm({}))
    control = re.search(r'<input[^>]*id="id_title"[^>]*>', drawn)
    assert control
    assert 'aria-describedby="id_title_helptext id_title_error"' in control[0]
    assert 'aria-invalid="true"' in control[0]
    assert 'id="id_title_helptext"' in drawn
    assert 'id="id_title_error"' in drawn


def test_choices_and_dates_are_groups_with_a_legend() -> None:
    drawn = ExampleForm({}).render()
    assert drawn.count("<fieldset") == drawn.count("<legend") == 3
    assert 'aria-describedby="id_status_error"' in drawn


def test_the_browser_never_speaks_before_the_summary_can() -> None:
    drawn = str(ExampleForm())
    assert " required" not in drawn
    assert "maxlength" not in drawn


class KeyForm(Form):
    is_key = forms.BooleanField(label="Key asset", help_text="Losing it would be severe")


def test_the_hint_of_a_single_box_stands_beneath_its_name_and_its_error_above() -> None:
    drawn = str(KeyForm({}))
    error, name, hint = (drawn.index(each) for each in ("Select the key asset", ">Key asset<", "Losing it"))
    assert error < name < hint
    assert drawn.count("Losing it") == 1
    described = re.search(r'aria-describedby="([^"]+)"', drawn)
    assert described
    assert all(f'id="{each}"' in drawn for each in described[1].split())


def test_fields_that_may_stay_empty_say_so() -> None:
    drawn = strip_tags(str(ExampleForm()))
    assert "Evidence (optional)" in drawn
    assert "Title (optional)" not in drawn


class Words(Form):
    owner = forms.ChoiceField(choices=[("a", "A")], label="Owner post")
    note = forms.CharField(max_length=5, label="ICO reference")
    change_reason = forms.CharField(label="Why are you making this change?")
    email = forms.EmailField(label="E-mail address")
    number = forms.IntegerField(min_value=1)


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("owner", "", "Select the owner post"),
        ("note", "", "Enter the ICO reference"),
        ("note", "too long", "ICO reference must be 5 characters or fewer"),
        ("change_reason", "", "Answer “Why are you making this change?”"),
        ("email", "nobody", "E-mail address must be an e-mail address, such as name@example.com"),
        ("number", "x", "Number must be a number, such as 12"),
        ("number", "0", "Number must be 1 or more"),
    ],
)
def test_errors_say_what_to_do_in_the_words_of_the_label(name: str, typed: str, sentence: str) -> None:
    assert Words({name: typed}).errors[name] == [sentence]


def test_an_error_of_the_whole_form_leads_to_its_first_field() -> None:
    form = Words({})
    form.add_error(None, "These do not fit together")
    assert errors_of(form)[0].text == "These do not fit together"
    assert errors_of(form)[0].href == "#id_owner"


def test_a_form_nobody_has_sent_has_no_errors() -> None:
    assert errors_of(Words()) == []


def test_every_template_of_the_house_compiles() -> None:
    engine = Engine.get_default()
    names = [
        "base.html",
        "400.html",
        "403.html",
        "403_csrf.html",
        "404.html",
        "500.html",
        "form/formset.html",
    ]
    assert [engine.get_template(name).name for name in names] == names
