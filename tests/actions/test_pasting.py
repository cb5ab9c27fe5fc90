"""Several recommendations are entered at once, from the rows of a table, once they were shown."""

import pytest
from django.urls import reverse

from actions.forms.pasting import SeveralForm
from actions.models import Recommendation, RecommendationPriority
from tests.actions.pages import a_plan, area, text
from tests.cast import signed_in
from tests.factories import RecommendationFactory

pytestmark = pytest.mark.django_db

ROWS = "Reference\tText\tPriority\r\nA01\tAdopt a policy\tUrgent\r\n\r\nA02\tTrain everybody\t\tTraining\r\n"


@pytest.fixture
def audit(db):
    plan = a_plan()
    area(plan, "Training")
    RecommendationPriority.objects.get_or_create(code="urgent", defaults={"name": "Urgent", "position": 1})
    return plan.audit


def several(audit):
    return reverse("actions:paste_recommendations", args=[audit.code])


def test_rows_are_shown_before_they_are_entered(ig_officer, audit):
    browser = signed_in(ig_officer)
    page = browser.post(several(audit), {"rows": ROWS})
    assert page.status_code == 200
    assert "Check what will be entered" in text(page)
    assert [each.reference for each in page.context["read"]] == ["A01", "A02"]
    assert not audit.recommendations.exists()
    checked = page.context["form"]["checked"].value()
    answer = browser.post(several(audit), {"rows": ROWS, "checked": checked})
    assert answer.url == audit.get_absolute_url()
    first, second = audit.recommendations.order_by("reference")
    assert (first.reference, first.text, first.priority, first.scope_area) == (
        "A01", "Adopt a policy", "urgent", None
    )  # fmt: skip
    assert (second.text, second.priority, second.scope_area.title) == ("Train everybody", "", "Training")
    said = {each.history_change_reason for each in Recommendation.history.filter(audit=audit)}
    assert said == {f"Entered for {audit.code}, 2 at once"}


def test_rows_that_were_changed_after_they_were_shown_are_shown_again(ig_officer, audit):
    browser = signed_in(ig_officer)
    checked = browser.post(several(audit), {"rows": ROWS}).context["form"]["checked"].value()
    page = browser.post(several(audit), {"rows": ROWS + "A03\tMore", "checked": checked})
    assert len(page.context["read"]) == 3
    assert not audit.recommendations.exists()


def test_a_cell_of_several_lines_is_one_cell(ig_officer, audit):
    page = signed_in(ig_officer).post(several(audit), {"rows": 'A01\t"One line\nand another"\tUrgent'})
    (read,) = page.context["read"]
    assert read.text == "One line\nand another"


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [("", "Enter the rows"), ("A01", "Row 1: enter the text"), ("\tNo reference", "Row 1: enter a reference"),
     ("A/1\tText", "cannot hold a slash"), ("A, B\tText", "a comma"), ("A;B\tText", "a semicolon"),
     ('"A\nB"\tText', "Row 1: the reference cannot hold a line break"), ("..\tText", "points alone"),
     ("A" * 21 + "\tText", "at most 20 characters"),
     ("B01\tOne\nb01\tTwo", "Row 2: b01 stands in row 1 already"),
     ("OLD\tText", "OLD is entered for this audit"),
     ("B01\tText\tWhenever", "Row 1: there is no priority “Whenever”"),
     ("B01\tText\t\tNowhere", "Row 1: there is no scope area “Nowhere”"),
     ("B01\tText\t\t\tMore", "more than four columns"), ("B01\tText\x00", "cannot be kept"),
     ("\n".join(f"B{n}\tText" for n in range(501)), "Enter at most 500 at a time"),
     ("B01\t" + "x" * 140_000, "cannot be read as a table")],
)  # fmt: skip
def test_rows_that_cannot_be_read_are_named_and_kept(ig_officer, audit, rows, sentence):
    RecommendationFactory(audit=audit, reference="OLD")
    page = signed_in(ig_officer).post(several(audit), {"rows": rows})
    assert page.status_code == 200
    assert sentence in " ".join(page.context["form"].errors["rows"])
    assert page.context["form"]["rows"].value() == rows
    assert audit.recommendations.count() == 1


def test_of_two_who_enter_the_same_the_second_is_told(audit):
    form = SeveralForm({"rows": "A01\tText"}, audit=audit)
    assert form.is_valid()
    RecommendationFactory(audit=audit, reference="A01")
    assert not form.saved()
    assert "Somebody else entered one of these meanwhile" in form.errors["rows"][0]


def test_the_audit_leads_keepers_to_entering_several(ig_officer, auditor, audit):
    for person, led in ((ig_officer, True), (auditor, False)):
        assert (several(audit) in text(signed_in(person).get(audit.get_absolute_url()))) is led
