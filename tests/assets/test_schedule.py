"""The retention schedule on its pages: a period is read back before it counts."""

from datetime import date

import pytest
from django.urls import reverse

from assets.models import RetentionRule
from tests.assets.factories_retention import RuleFactory
from tests.cast import signed_in
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db


def typed(words, **said):
    return {
        "code": "hr-1",
        "record_type": "Personnel files",
        "words": words,
        "trigger": "",
        "action": "destroy",
        "authority": "business",
    } | said


def confirmed(words, reading="as_read", **said):
    return typed(words, read_words=words, reading=reading, **said)


@pytest.fixture
def client(records_manager):
    return signed_in(records_manager)


def add(client, said):
    return client.post(reverse("assets:new_rule"), said)


def change(client, rule, **said):
    kept = {name: getattr(rule, name) or "" for name in ("code", "record_type", "words", "trigger", "action")}
    kept |= {"authority": rule.authority, "source": rule.source, "seen_version": rule.standing_version()}
    kept |= {"read_words": rule.words, "reading": "as_read", "change_reason": "Put right"}
    return client.post(reverse("assets:edit_rule", args=[rule.code]), kept | said)


def test_what_was_understood_is_shown_before_anything_is_saved(client):
    page = add(client, typed("6 years after employment ceases")).content.decode()
    assert "Yes: 6 years after the end of employment" in page
    assert "leave it to judgement" in page
    assert "Personnel files" in page
    assert not RetentionRule.objects.exists()


def test_what_is_confirmed_is_reckoned_with(client):
    assert add(client, confirmed("6 years after employment ceases")).status_code == 302
    rule = RetentionRule.objects.get()
    assert (rule.months, rule.trigger, rule.adds_current_year) == (72, "end_of_employment", False)
    assert rule.words == "6 years after employment ceases"


def test_what_is_left_to_judgement_is_not_reckoned_with(client):
    assert add(client, confirmed("6 years after employment ceases", "judgement")).status_code == 302
    rule = RetentionRule.objects.get()
    assert (rule.months, rule.days) == (None, None)


def test_a_period_that_cannot_be_read_says_what_was_understood_and_why_not_the_rest(client):
    page = add(client, typed("6 years or longer if ban over six years")).content.decode()
    assert "“6 years” was understood, but not the rest" in page
    assert "It depends on a condition" in page
    assert "Yes:" not in page
    said = confirmed("6 years or longer if ban over six years", "judgement", trigger="event")
    assert add(client, said).status_code == 302


def test_other_words_are_asked_about_anew(client):
    page = add(client, confirmed("6 years", trigger="closure") | {"words": "7 years"}).content.decode()
    assert "Yes: 7 years" in page
    assert not RetentionRule.objects.exists()


def test_current_year_is_said_to_mean_the_financial_year(client):
    page = add(client, typed("current year plus 6", trigger="creation")).content.decode()
    assert "reckoned from the end of the financial year (31 March)" in page
    add(client, confirmed("current year plus 6", trigger="creation"))
    assert RetentionRule.objects.get().adds_current_year


def test_a_permanent_rule_is_permanent_in_both_its_columns(client):
    assert "Select “Retain permanently”" in add(client, confirmed("permanent")).content.decode()
    assert add(client, confirmed("permanent", action="permanent")).status_code == 302
    assert RetentionRule.objects.get().is_permanent
    page = add(client, confirmed("6 years", code="x", action="permanent", trigger="closure")).content.decode()
    assert "The period ends after 6 years" in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (confirmed("6 years"), "Select from when the period runs: the words do not say it"),
        (confirmed("6 years after closure", trigger="creation"), "The words say “closure of the file”"),
        (confirmed("6 years after closure", authority="statute"), "Enter the Act or regulation"),
        (confirmed("6 years after closure", code="a b"), "Code"),
        (confirmed("6 years after closure", code=""), "Enter the code"),
        (typed(""), "Enter the period in words"),
        (typed("x" * 400), "must be 300 characters or fewer"),
        (confirmed("6 years after closure", action="lose"), "Select the disposal action from the list"),
    ],
)
def test_what_is_wrong_is_said(client, said, sentence):
    answer = add(client, said)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not RetentionRule.objects.exists()


def test_a_code_is_used_once(client):
    RuleFactory(code="hr-1")
    assert (
        "There is a rule with this code already"
        in add(client, confirmed("6 years after closure")).content.decode()
    )


def test_a_rule_is_changed_with_a_reason_and_its_period_stays(client):
    rule = RuleFactory(words="6 years after closure")
    assert change(client, rule, record_type="Other files").status_code == 302
    rule.refresh_from_db()
    assert (rule.record_type, rule.months) == ("Other files", 72)
    assert rule.history.latest().history_change_reason == "Put right"


def test_a_changed_period_is_asked_about_again(client):
    rule = RuleFactory(words="6 years after closure")
    assert "Yes: 7 years" in change(client, rule, words="7 years after closure").content.decode()
    assert (
        change(client, rule, words="7 years after closure", read_words="7 years after closure").status_code
        == 302
    )
    rule.refresh_from_db()
    assert rule.months == 84


def test_a_rule_brought_in_by_words_alone_can_be_confirmed_later(client):
    rule = RuleFactory(words="6 years after closure", months=None)
    assert change(client, rule).status_code == 302
    rule.refresh_from_db()
    assert rule.months == 72


def test_whoever_was_slower_gets_the_conflict_page(client):
    rule = RuleFactory()
    seen = rule.standing_version()
    RetentionRule.objects.update(record_type="Somebody else's words")
    assert change(client, rule, record_type="Mine", seen_version=seen).status_code == 409


def test_a_retired_rule_keeps_its_assets_and_says_so(client):
    rule = RuleFactory()
    AssetFactory(retention_rule=rule)
    assert change(client, rule, is_retired="on").status_code == 302
    page = client.get(reverse("assets:rule", args=[rule.code])).content.decode()
    assert "No longer offered" in page
    assert "assets under this rule" in page


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "limitation"}, {"a"}),
        ({"authority": "statute"}, {"a"}),
        ({"action": "review"}, {"b"}),
        ({"reckoned": "no"}, {"b"}),
        ({"reckoned": "never"}, {"c"}),
        ({"reckoned": "yes"}, {"a", "d"}),
        ({"review": "due"}, {"a"}),
        ({"offered": "True"}, {"d"}),
        ({}, {"a", "b", "c", "d"}),
    ],
)
def test_rules_are_found_by_what_they_say(client, asked, expected):
    RuleFactory(code="a", authority="statute", source="Limitation Act 1980", review_on=date(2016, 1, 1))
    RuleFactory(code="b", action="review", months=None)
    RuleFactory(code="c", months=None, is_permanent=True, action="permanent")
    RuleFactory(code="d", is_retired=True)
    page = client.get(reverse("assets:schedule"), asked).content.decode()
    assert {code for code in "abcd" if f">{code}</a>" in page} == expected


def test_the_rule_opens_its_assets(client):
    rule = RuleFactory(code="hr-9")
    assets = AssetFactory.create_batch(3, retention_rule=rule)
    AssetFactory(retention_rule=RuleFactory())
    page = client.get(reverse("assets:rule", args=["hr-9"]))
    rows = client.get(page.context["href"]).content.decode()
    assert page.context["number"] == 3
    assert all(asset.reference in rows for asset in assets)
    assert rows.count('<th scope="row"') == 3
