"""Fields of filters are drawn once for many pages, and never show what another person typed."""

import pytest
from django import forms

from governance.core.forms import Form, drawn, group_of


class Filters(Form):
    q = forms.CharField(label="Words", required=False, max_length=100)
    colour = forms.ChoiceField(label="Colour", choices=[("", "Any"), ("r", "Red")], required=False)


class Others(Form):
    colour = forms.ChoiceField(label="Colour", choices=[("", "Any"), ("b", "Blue")], required=False)


@pytest.fixture(autouse=True)
def nothing_drawn(monkeypatch):
    monkeypatch.setattr(drawn, "_drawn", {})


@pytest.mark.parametrize("asked", [{}, {"q": "<b>"}, {"colour": "r"}, {"colour": "green"}])
def test_a_field_is_drawn_as_any_form_draws_it(asked):
    for _ in range(2):
        form = Filters(asked)
        form.is_valid()
        assert [group_of(bound) for bound in form] == [bound.as_field_group() for bound in form]


def test_what_somebody_typed_is_not_kept_and_not_shown_to_the_next():
    first = Filters({"q": "secret", "colour": "r"})
    assert "secret" in group_of(first["q"])
    assert "secret" not in group_of(Filters({})["q"])
    assert not any("secret" in each for each in drawn._drawn.values())


def test_only_what_is_empty_is_kept_so_that_nobody_fills_the_store_by_choosing():
    group_of(Filters({"colour": "r"})["colour"])
    assert drawn._drawn == {}


def test_a_store_that_another_thread_empties_meanwhile_costs_no_page(monkeypatch):
    class Emptied(dict):
        def __setitem__(self, key, value):
            super().__setitem__(key, value)
            self.clear()

    monkeypatch.setattr(drawn, "_drawn", Emptied())
    assert "Red" in group_of(Filters({})["colour"])


def test_fields_of_one_name_with_other_choices_are_other_fields():
    assert "Red" in group_of(Filters({})["colour"])
    assert "Blue" in group_of(Others({})["colour"])
    assert "selected" not in group_of(Filters({})["colour"]).replace('value="" selected', "")
    assert 'value="r" selected' in group_of(Filters({"colour": "r"})["colour"])


def test_an_error_is_drawn_for_who_made_it_alone():
    wrong = Filters({"colour": "green"})
    wrong.is_valid()
    assert "govuk-error-message" in group_of(wrong["colour"])
    assert "govuk-error-message" not in group_of(Filters({})["colour"])


def test_no_more_than_so_many_are_kept(monkeypatch):
    monkeypatch.setattr(drawn, "MOST", 3)
    for n in range(9):
        form = Filters({}, auto_id=f"n{n}_%s")
        assert f'id="n{n}_colour"' in group_of(form["colour"])
        assert len(drawn._drawn) <= 3
