"""There is as much room to explain everywhere; how much is said beside the control and counted in it."""

import re

import pytest
from playwright.sync_api import expect

from assets.forms.bulk import ValueForm
from assets.forms.duplicates import KinshipForm
from assets.forms.entry import StateForm
from assets.forms.holds import LiftForm, WidenForm
from assets.forms.kept import ChangeKeptForm, KeepingForm
from assets.forms.processing import EndForm, GoLiveForm
from assets.forms.schedule import RuleForm
from assets.forms.section import SectionForm
from governance.core.forms import LONGEST, Explanation, Form
from governance.people.forms import ControllerForm
from risks.forms import WithdrawForm
from risks.forms.incident import IncidentForm
from risks.forms.incident_steps import DecideForm, MoveForm
from risks.forms.matrix import AdoptForm, TakeBackForm
from tests.browser import sign_in
from tests.factories import AssetFactory

REASONS = ("change_reason", "reason")
FORMS = (
    ValueForm, KinshipForm, StateForm, LiftForm, WidenForm, ChangeKeptForm, KeepingForm, EndForm, GoLiveForm,
    RuleForm, SectionForm, ControllerForm, AdoptForm, TakeBackForm, WithdrawForm,
    IncidentForm, DecideForm, MoveForm,
)  # fmt: skip


class WhyForm(Form):
    """A form that asks why."""

    why = Explanation(label="Why?", help_text="For the record")


@pytest.mark.parametrize("form", FORMS)
def test_every_why_takes_as_much(form):
    asked = [form.base_fields[name] for name in REASONS if name in form.base_fields]
    assert [field.max_length for field in asked] == [LONGEST]
    assert isinstance(asked[0], Explanation)


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
