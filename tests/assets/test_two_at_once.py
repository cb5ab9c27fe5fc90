"""Two who enter the same at once: the second is told by the form itself, and nothing typed is lost."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django import forms
from django.db import connection
from django.http import QueryDict

from assets.forms.duplicates import KinshipForm
from assets.forms.holds import WidenForm
from assets.forms.kept import form_for
from assets.forms.quality import QualityRuleForm
from assets.models import Asset, Function, QualityRule
from governance.core.forms import ModelForm
from governance.people.models import SavedView
from governance.people.registers.saved import SaveViewForm
from tests.cast import signed_in
from tests.factories import AssetFactory
from tests.forms import forms_of_rooms, name_of

pytestmark = pytest.mark.django_db


def typed(**said):
    data = QueryDict(mutable=True)
    for name, value in said.items():
        data[name] = value
    return data


def refused_in_words(form, sentence):
    """The form was right when it was looked through, and is refused when it is written."""
    assert form.written() is None
    assert sentence in " ".join(str(each) for errors in form.errors.values() for each in errors)


@pytest.mark.parametrize("form", forms_of_rooms(forms.ModelForm), ids=name_of)
def test_every_form_that_writes_an_entry_knows_what_to_say_when_the_database_refuses_it(form):
    """One of Django's own would end in an error page for the second of two."""
    is_part = getattr(form, "_meta").model is None  # noqa: B009 - of another form, and never used alone
    assert is_part or issubclass(form, ModelForm)


def test_a_code_that_somebody_else_has_just_entered(ig_officer):
    said = {"code": "allotments", "name": "Allotments", "position": "1"}
    form = form_for(Function, new=True, person=ig_officer)(typed(**said))
    assert form.is_valid()
    Function.objects.create(**said)
    refused_in_words(form, "is taken already")
    assert form["name"].value() == "Allotments"
    assert Function.objects.filter(code="allotments").count() == 1


def test_a_rule_of_data_that_somebody_else_has_just_said(ig_officer):
    asset = AssetFactory()
    form = QualityRuleForm(typed(words="Every row has a date"), asset=asset)
    assert form.is_valid()
    QualityRule.objects.create(asset=asset, words="Every row has a date")
    refused_in_words(form, "This rule is already there")


def test_a_golden_record_that_has_just_become_a_duplicate(ig_officer):
    asset, golden, other = AssetFactory.create_batch(3)
    said = {"duplicate_of": golden.reference, "change_reason": "Held twice"}
    form = KinshipForm(
        typed(seen_version=asset.standing_version(), **said), instance=asset, person=ig_officer
    )
    assert form.is_valid(), form.errors
    Asset.objects.filter(pk=golden.pk).update(duplicate_of=other)
    refused_in_words(form, "is itself a duplicate")
    assert Asset.objects.get(pk=asset.pk).duplicate_of is None


def test_a_rule_of_the_database_that_no_form_knows_is_named(ig_officer):
    class Knows(ModelForm):
        class Meta:
            model = Asset
            fields = ("title",)

        def _post_clean(self):
            """Nothing is looked at."""

        def save(self, commit=True):
            return Asset.objects.filter(pk=asset.pk).update(stars=9)

    asset = AssetFactory()
    form = Knows({"title": "x"}, instance=asset)
    assert form.is_valid()
    refused_in_words(form, "The rule is: asset stars are 0 to 5")


def test_a_view_of_a_name_that_this_person_has_just_used_in_another_window(ig_officer):
    said = {"name": "Ours", "query": "kind=paper"}
    form = SaveViewForm(typed(**said), person=ig_officer, register="assets", may_share=False)
    assert form.is_valid()
    SavedView.objects.create(person=ig_officer, register="assets", name="Ours", query="kind=data")
    assert form.save() is None
    assert "You have a view called “Ours” already" in str(form.errors)
    assert SavedView.objects.get().query == "kind=data"


@pytest.mark.django_db(transaction=True)
def test_of_many_who_enter_the_same_word_at_once_one_does_and_the_others_are_told(ig_officer):
    ready, browsers = Barrier(4), [signed_in(ig_officer) for _ in range(4)]
    said = {"code": "allotments", "name": "Allotments", "position": "1"}

    def enter(browser):
        try:
            ready.wait(timeout=60)
            return browser.post("/assets/lists/function/new/", said).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        assert Counter(people.map(enter, browsers)) == {302: 1, 200: 3}
    assert Function.objects.filter(code="allotments").count() == 1


# Holds


def test_a_hold_takes_only_assets_that_the_person_may_open(owner, other_owner):
    said = {"assets": f"{owner.asset.reference}, {other_owner.asset.reference}", "reason": "A claim"}
    form = WidenForm(typed(**said), person=owner)
    assert not form.is_valid()
    assert form.errors["assets"] == [
        f"There is no asset {other_owner.asset.reference} that you may open. Check the reference"
    ]
    form = WidenForm(typed(**said | {"assets": owner.asset.reference}), person=owner)
    assert form.is_valid()
