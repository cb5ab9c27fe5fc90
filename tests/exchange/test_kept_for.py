"""How long a thing is kept comes in as the council says it: a rule of the schedule, or words in the note."""

import pytest
from django.urls import reverse

from assets.models import Asset, RetentionRule
from assets.representations.sheet_kept_for import KEPT_FOR
from governance.exchange.importing import commit, undo
from governance.exchange.importing.words import words_of
from tests.assets.factories_retention import RuleFactory
from tests.cast import signed_in
from tests.exchange.uploads import HEADINGS, brought, csv_file, row_of

pytestmark = pytest.mark.django_db

Trigger = RetentionRule.Trigger


@pytest.fixture
def closure():
    """Six years after closure."""
    return RuleFactory(code="cc-1", record_type="Complaints", words="6 years after closure", months=72)


@pytest.fixture
def employment():
    """Six years after the end of employment."""
    return RuleFactory(
        code="hr-1", record_type="Staff files", words="6 years after employment ends",
        trigger=Trigger.END_OF_EMPLOYMENT, months=72,
    )  # fmt: skip


@pytest.fixture
def permanent():
    """For ever."""
    return RuleFactory(
        code="dem-1", record_type="Minutes", words="Permanent", is_permanent=True, months=None,
        action="permanent",
    )  # fmt: skip


def kept_for(asset, ig_officer, words, heading="Kept for", **options):
    """A batch that says of the asset how long it is kept."""
    return brought(csv_file([[*HEADINGS, heading], [*row_of(asset), words]]), ig_officer, **options)


def understood(text):
    """What the column reads in a cell."""
    return KEPT_FOR.reader()(text)


@pytest.mark.parametrize(
    "words", ["hr-1", "STAFF FILES", "Staff files: 6 years after employment ceases",
              "hr-1, six years following termination of employment",
              "6 years after employment ends (rule HR-1)"]
)  # fmt: skip
def test_the_name_of_a_rule_alone_or_with_its_period_is_that_rule(closure, employment, permanent, words):
    found = understood(words)
    assert found.values == {"retention_rule": employment.pk}
    assert not found.is_open


def test_what_was_understood_is_said_with_its_rule(employment):
    assert understood("hr-1: 6 years after employment ceases").said == (
        "“hr-1: 6 years after employment ceases” is read as 6 years after the end of employment, "
        "which is rule hr-1 Staff files"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("permanent", "permanent, which one rule says: dem-1 Minutes. "),
        ("to be kept indefinitely", "permanent, which one rule says: dem-1 Minutes. "),
        (
            "6 years after closure",
            "6 years after closure of the file, which one rule says: cc-1 Complaints. ",
        ),
    ],
)
def test_a_length_alone_chooses_no_rule_even_where_one_alone_says_it(closure, permanent, words, said):
    found = understood(words)
    assert found.values == {"retention_note": words}
    assert found.is_open
    assert f"“{words}” stays as words in the retention note. It is read as {said}" in found.said
    assert "match it once under “Words of the file”" in found.said


@pytest.mark.parametrize(
    "words", ["Complaints, 3 years after closure", "cc-10: 6 years after closure", "Complaints, permanent"]
)
def test_a_name_with_another_period_or_only_like_a_rule_s_is_not_that_rule(closure, permanent, words):
    assert understood(words).values == {"retention_note": words}


def test_a_name_that_two_rules_have_is_neither(closure):
    RuleFactory(code="cc-2", record_type="Complaints", words="6 years after closure", months=72)
    assert understood("Complaints").is_open
    assert understood("Complaints, 6 years after closure").is_open
    assert understood("cc-1, 6 years after closure").values == {"retention_rule": closure.pk}


def test_the_rules_that_words_may_be_are_named_where_they_are_matched_and_none_is_chosen(
    ig_officer, owner, closure, permanent
):
    officer = signed_in(ig_officer)
    batch = kept_for(owner.asset, ig_officer, "for ever")
    assert batch.rows.get().patch == {"retention_note": "for ever"}
    page = officer.get(reverse("exchange:words", args=[batch.pk]))
    (field,) = page.context["form"].columns()[0].fields
    assert field.help_text == "1 row. Nearest: dem-1 Minutes: Permanent"
    assert field.value() == ""
    officer.post(
        reverse("exchange:words", args=[batch.pk]),
        {field.name: f"rule-{permanent.pk}", **page.context["form"].seen},
    )
    assert batch.rows.get().patch == {"retention_rule_id": permanent.pk}


def test_the_current_year_and_some_years_more_is_the_rule_in_those_words(closure):
    fin = RuleFactory(
        words="Current year plus 6 years", trigger=Trigger.END_OF_YEAR, months=72, adds_current_year=True
    )
    assert understood(f"{fin.code}: CY + 6").values == {"retention_rule": fin.pk}


def test_an_event_of_the_council_s_own_is_matched_by_its_words():
    for event in ("the election", "demolition"):
        RuleFactory(code=event[:3], words=f"2 years after {event}", trigger=Trigger.EVENT, months=24)
    assert understood("2 years after demolition").near[0].startswith("dem ")
    assert len(understood("2 years after demolition").near) == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("life of building", "since nobody can reckon how long a life of something will be"),
        ("6 years or life of building", "Only “6 years” was understood: "),
        ("3 years after closure", "It is read as 3 years after closure of the file, which no rule of"),
    ],
)
def test_what_no_rule_says_is_left_to_judgement_in_the_note_with_why(closure, words, why):
    found = understood(words)
    assert found.values == {"retention_note": words}
    assert found.is_open
    assert f"“{words}” stays as words in the retention note" in found.said
    assert why in found.said


def test_a_length_without_from_when_is_not_guessed_to_be_a_rule(closure):
    assert understood("6 years").values == {"retention_note": "6 years"}


def test_of_several_rules_that_say_so_none_is_chosen_and_the_first_are_named(closure):
    RuleFactory.create_batch(3)
    found = understood("6 years after closure")
    assert found.values == {"retention_note": "6 years after closure"}
    assert "which several rules say: cc-1 Complaints; rule-" in found.said
    assert " and 1 more. " in found.said


def test_a_rule_that_is_no_longer_offered_is_not_chosen(closure):
    RetentionRule.objects.update(is_retired=True)
    assert understood("cc-1").values == {"retention_note": "cc-1"}
    assert KEPT_FOR.options() == []


def test_the_check_says_of_each_row_how_it_was_read_and_the_commit_does_it(ig_officer, owner, closure):
    batch = kept_for(owner.asset, ig_officer, "Complaints: 6 years after the file is closed")
    row = batch.rows.get()
    assert row.patch == {"retention_rule_id": closure.pk}
    page = signed_in(ig_officer).get(batch.get_absolute_url()).content.decode()
    assert "is read as 6 years after closure of the file, which is rule cc-1 Complaints" in page
    commit(batch.pk)
    owner.asset.refresh_from_db()
    assert owner.asset.retention_rule == closure
    undo(batch.pk)
    owner.asset.refresh_from_db()
    assert owner.asset.retention_rule is None


def test_words_left_to_judgement_come_in_and_are_asked_for_once(ig_officer, owner, closure):
    officer = signed_in(ig_officer)
    batch = kept_for(owner.asset, ig_officer, "Life of building")
    assert batch.rows.get().patch == {"retention_note": "Life of building"}
    (word,) = words_of(batch)
    assert (word.word, word.likely, word.is_matched) == ("Life of building", None, False)
    page = officer.get(reverse("exchange:words", args=[batch.pk]))
    (field,) = page.context["form"].columns()[0].fields
    assert field.field.choices[0] == ("", "Not matched: it stays as words in the retention note")
    said = {field.name: f"rule-{closure.pk}", **page.context["form"].seen}
    officer.post(reverse("exchange:words", args=[batch.pk]), said)
    assert batch.rows.get().patch == {"retention_rule_id": closure.pk}
    again = kept_for(owner.asset, ig_officer, "life of Building", heading="Retention period")
    assert again.rows.get().patch == {"retention_rule_id": closure.pk}


def test_a_rule_of_the_file_s_own_goes_before_what_is_understood(ig_officer, owner, closure, employment):
    headings = [*HEADINGS, "Retention rule", "Kept for"]
    cells = [*row_of(owner.asset), "hr-1", "cc-1"]
    batch = brought(csv_file([headings, cells]), ig_officer)
    assert batch.rows.get().patch == {"retention_rule_id": employment.pk}


@pytest.mark.parametrize(("counts", "patch"), [(False, {}), (True, {"retention_rule_id": None})])
def test_a_blank_cell_says_nothing_unless_blanks_count(ig_officer, owner, closure, counts, patch):
    owner.asset.retention_rule = closure
    owner.asset.save()
    batch = kept_for(owner.asset, ig_officer, "", blank_means_empty=counts)
    assert [row.patch for row in batch.rows.all()] == ([patch] if patch else [])


def test_what_was_said_of_rows_goes_with_the_file(ig_officer, owner, closure):
    batch = kept_for(owner.asset, ig_officer, "Life of building")
    commit(batch.pk)
    assert batch.rows.get().remarks
    batch.rows.forget("committed")
    assert batch.rows.get().remarks == []
    assert Asset.objects.get(pk=owner.asset.pk).retention_note == "Life of building"


def test_words_that_contradict_the_rule_of_an_asset_are_decided_on(ig_officer, owner, closure):
    Asset.objects.filter(pk=owner.asset.pk).update(retention_rule=closure)
    batch = kept_for(owner.asset, ig_officer, "10 years after closure")
    row = batch.rows.get()
    assert (row.kind, row.patch) == ("conflict", {})
    assert row.contested == {"retention_note": "10 years after closure", "retention_rule_id": None}
    batch.choose("file", None, seen=batch.rows.seen())
    commit(batch.pk)
    owner.asset.refresh_from_db()
    assert (owner.asset.retention_rule, owner.asset.retention_note) == (None, "10 years after closure")
    assert undo(batch.pk) == 0
    owner.asset.refresh_from_db()
    assert owner.asset.retention_rule == closure


def test_the_rule_that_counts_keeps_words_that_contradict_it_out(ig_officer, owner, closure):
    Asset.objects.filter(pk=owner.asset.pk).update(retention_rule=closure)
    batch = kept_for(owner.asset, ig_officer, "10 years after closure")
    batch.choose("register", None, seen=batch.rows.seen())
    commit(batch.pk)
    owner.asset.refresh_from_db()
    assert (owner.asset.retention_rule, owner.asset.retention_note) == (closure, "")


def test_words_that_say_what_the_rule_says_contradict_nothing(ig_officer, owner, closure):
    Asset.objects.filter(pk=owner.asset.pk).update(retention_rule=closure)
    row = kept_for(owner.asset, ig_officer, "6 years after closure").rows.get()
    assert (row.kind, row.contested) == ("changed", {})
