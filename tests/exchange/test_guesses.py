"""What a column may be is guessed by its heading and by its values, and shown as a guess."""

from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.exchange.forms.imports import LEAVE_OUT
from governance.exchange.importing import guess
from governance.exchange.importing.likely import by_heading
from governance.exchange.models import Batch
from governance.people.registers.finding import folded
from governance.people.registers.sheet import SHEETS
from tests.cast import signed_in
from tests.exchange.uploads import csv_file
from tests.factories import PostFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Blurb / description", "description"),
        ("Personal data Y/N", "contains_personal_data"),
        ("Security class", "marking"),
        ("Who's responsible", "owner"),
        ("Dept", "unit"),
        ("Owning department (2016)", "unit"),
        ("Purpose of the asset", "purpose"),
        ("Who answers for it now", "owner"),
        ("Where it is kept (2016)", "where_kept"),
        ("Retention period, years", "kept_for"),
        ("What we hold it for", "purpose"),
    ],
)
def test_a_whole_name_within_a_heading_is_a_guess(heading, column):
    assert by_heading(SHEETS["assets"], heading) == column


@pytest.mark.parametrize(
    "heading",
    ["Colour of the folder", "Contact name", "Access to building", "Shelf", "", "???", "Title and Owner"],
)
def test_a_heading_that_says_little_or_two_things_is_no_guess(heading):
    assert by_heading(SHEETS["assets"], heading) == ""


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("What we hold", "title"),
        ("Who answers for it", "owner"),
        ("Kept for", "kept_for"),
        ("Retention period", "kept_for"),
        ("Where kept", "where_kept"),
        ("Location", "where_kept"),
        ("Retention note", "retention_note"),
        ("Places", "places"),
        ("Which team", "unit"),
        ("Why we hold it", "purpose"),
    ],
)
def test_headings_in_plain_words_are_known(heading, column):
    assert guess(SHEETS["assets"], [heading], {}) == {heading: column}


@pytest.mark.parametrize("register", ["activities", "assets"])
def test_no_heading_means_two_columns_of_a_register(register):
    words = {
        (folded(word), column.name)
        for column in SHEETS[register].all_columns
        for word in (column.heading, column.name, *column.aliases)
    }
    often = Counter(word for word, _ in words)
    assert [word for word, columns in often.items() if columns > 1] == []


def matching(ig_officer, headings, *rows):
    """The questions about the columns of a file, by heading."""
    officer = signed_in(ig_officer)
    said = {
        "register": "assets",
        "file": SimpleUploadedFile("a.csv", csv_file([headings, *rows])),
        "source": "A",
    }
    officer.post(reverse("exchange:upload"), said)
    form = officer.get(reverse("exchange:match", args=[Batch.objects.get().pk])).context["form"]
    return {field.label: field for field in form.columns()}


def test_values_speak_for_a_column_where_its_heading_does_not(ig_officer):
    posts, unit = PostFactory.create_batch(2), UnitFactory(name="Parks")
    found = matching(
        ig_officer,
        ["Wer", "Wo", "Wie", "Was"],
        [posts[0].title, "parks", "OFFICIAL", "Files"],
        [posts[1].code, unit.code, "official", "Maps"],
    )
    assert {heading: field.value() for heading, field in found.items()} == {
        "Wer": "owner", "Wo": "unit", "Wie": "marking", "Was": "",
    }  # fmt: skip
    assert "This is a guess by its values: look at it" in found["Wer"].help_text


def test_values_that_fit_several_lists_or_none_are_no_guess(ig_officer):
    found = matching(ig_officer, ["C", "Flag"], ["2", "Yes"], ["3", "No"])
    assert {field.value() for field in found.values()} == {""}


def test_some_mistakes_among_the_values_do_not_hide_the_list(ig_officer):
    units = UnitFactory.create_batch(9)
    found = matching(ig_officer, ["Wo", "Was"], ["Nowhere", "A"], *([unit.name, "B"] for unit in units))
    assert found["Wo"].value() == "unit"


def test_a_name_goes_before_a_guess_and_no_column_is_guessed_twice(ig_officer):
    found = matching(ig_officer, ["Dept", "Service", "Owner of title"], ["Parks", "Trees", "x"])
    assert {heading: field.value() for heading, field in found.items()} == {
        "Dept": "unit", "Service": "", "Owner of title": "",
    }  # fmt: skip
    assert "guess" not in found["Dept"].help_text  # it is one of the names


def test_a_guess_is_shown_as_one_and_nothing_unknown_is_left_out_in_silence(ig_officer):
    found = matching(ig_officer, ["Asset title (short)", "Shelf"], ["Files", "12"])
    assert found["Asset title (short)"].value() == "title"
    assert found["Asset title (short)"].help_text == (
        "For example: Files. This is a guess by a word of its heading: look at it"
    )
    assert found["Shelf"].value() == ""


def test_the_columns_to_choose_from_stand_under_headings(ig_officer):
    (field,) = matching(ig_officer, ["Shelf"], ["12"]).values()
    groups = [said for said in field.field.choices if isinstance(said[1], list)]
    assert [title for title, _ in groups][:3] == ["Which entry", "What it is", "Who answers for it"]
    offered = [code for _, columns in groups for code, _ in columns]
    assert sorted(offered) == sorted(column.name for column in SHEETS["assets"].all_columns)


@pytest.mark.parametrize("heading", ["Last reviewed", "Date last looked at", "REVIEW DATE (if known)"])
def test_a_date_of_review_is_said_to_be_no_confirmation_and_is_not_left_out_in_silence(ig_officer, heading):
    (field,) = matching(ig_officer, [heading], ["3 May 2016"]).values()
    assert field.value() == LEAVE_OUT
    assert "no file confirms an asset" in field.help_text


@pytest.mark.parametrize(
    "heading", ["Next review date", "Retention review date", "Preview date", "Review date due"]
)
def test_a_day_to_come_is_not_said_to_be_a_confirmation(ig_officer, heading):
    (field,) = matching(ig_officer, [heading], ["3 May 2030"]).values()
    assert "no file confirms an asset" not in field.help_text


def test_a_date_from_which_something_is_kept_is_no_review(ig_officer):
    (field,) = matching(ig_officer, ["Retention start"], ["3 May 2016"]).values()
    assert field.value() == "retention_from"
    assert "confirms" not in field.help_text
