"""What must be true of the data of an asset, and what is found wrong with it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from playwright.sync_api import expect

from assets.figures import open_issues
from assets.models import QualityIssue, QualityRule
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from tests.assets.factories_quality import QualityIssueFactory, QualityRuleFactory
from tests.browser import axe, sign_in
from tests.cast import signed_in
from tests.factories import AssetFactory, PostFactory

pytestmark = pytest.mark.django_db


def parts(day):
    return {"day": day.day, "month": day.month, "year": day.year}


def spread(name, day):
    return {f"{name}_{part}": number for part, number in parts(day).items()}


def log(person, asset, **typed):
    given = {"what": "Dates of birth are missing", "records": "12", "source": "Revenues system"}
    address = reverse("assets:log_issue", args=[asset.reference])
    return signed_in(person).post(address, given | spread("found_on", today()) | typed)


def end(person, issue, **typed):
    given = {"state": "corrected", "outcome": "Put right in the revenues system"}
    given |= {"seen_version": issue.standing_version()} | spread("ended_on", today())
    return signed_in(person).post(reverse("assets:end_issue", args=[issue.reference]), given | typed)


def test_an_issue_is_logged_under_the_next_number(owner):
    QualityIssueFactory(reference="DQ-0041")
    assert log(owner, owner.asset).status_code == 302
    issue = QualityIssue.objects.get(asset=owner.asset)
    assert (issue.reference, issue.records, issue.state) == ("DQ-0042", 12, "open")
    page = signed_in(owner).get(owner.asset.get_absolute_url()).content.decode()
    assert issue.get_absolute_url() in page


def test_an_issue_says_what_is_wrong_and_was_not_found_tomorrow(owner):
    page = log(owner, owner.asset, what="", **spread("found_on", today() + timedelta(days=1)))
    said = page.content.decode()
    assert "There is a problem" in said
    assert "The day it was found must be today or in the past" in said
    assert not QualityIssue.objects.exists()


def test_only_rules_of_the_same_asset_can_be_broken(owner):
    other = QualityRuleFactory()
    assert "Select" in log(owner, owner.asset, rule=other.pk).content.decode()
    assert not QualityIssue.objects.exists()


def test_an_issue_ends_with_words_and_a_day_and_its_history_tells(owner):
    issue = QualityIssueFactory(asset=owner.asset)
    assert end(owner, issue).status_code == 302
    issue.refresh_from_db()
    assert (issue.state, issue.ended_on) == ("corrected", today())
    page = signed_in(owner).get(issue.get_absolute_url()).content.decode()
    assert "<del>Open</del>" in page
    assert "Put right in the revenues system" in page


def test_an_issue_does_not_end_before_it_was_found(owner):
    issue = QualityIssueFactory(asset=owner.asset, found_on=date(2016, 5, 5))
    page = end(owner, issue, **spread("ended_on", date(2016, 5, 4)))
    assert "must be on or after the day it was found" in page.content.decode()
    issue.refresh_from_db()
    assert issue.state == "open"


def test_two_who_end_one_issue_meet_on_the_conflict_page(owner):
    issue = QualityIssueFactory(asset=owner.asset)
    seen = issue.standing_version()
    end(owner, issue)
    assert end(owner, issue, seen_version=seen, outcome="Something else").status_code == 409


def test_a_rule_is_added_changed_and_retired(owner):
    client = signed_in(owner)
    client.post(
        reverse("assets:add_rule", args=[owner.asset.reference]), {"words": "Every child has a carer"}
    )
    rule = QualityRule.objects.get()
    page = client.get(owner.asset.get_absolute_url()).content.decode()
    assert "Every child has a carer" in page
    address = reverse("assets:change_rule", args=[owner.asset.reference, rule.pk])
    client.post(address, {"words": rule.words, "is_retired": "on", "seen_version": rule.standing_version()})
    assert "Every child has a carer" not in client.get(owner.asset.get_absolute_url()).content.decode()


def test_a_rule_is_said_once_of_an_asset_and_the_form_says_so(owner):
    first = QualityRuleFactory(asset=owner.asset, words="Every child has a carer")
    second = QualityRuleFactory(asset=owner.asset)
    client = signed_in(owner)
    added = client.post(
        reverse("assets:add_rule", args=[owner.asset.reference]), {"words": "every child has a carer"}
    )
    changed = client.post(
        reverse("assets:change_rule", args=[owner.asset.reference, second.pk]),
        {"words": first.words, "seen_version": second.standing_version()},
    )
    for answer in (added, changed):
        assert "This rule is already there" in answer.content.decode()
    assert QualityRule.objects.count() == 2


def test_a_rule_of_another_asset_is_not_changed_under_this_one(owner):
    rule = QualityRuleFactory()
    address = reverse("assets:change_rule", args=[owner.asset.reference, rule.pk])
    assert signed_in(owner).get(address).status_code == 404


def test_issues_of_assets_that_the_reader_may_not_open_are_not_listed(owner, other_owner, ig_officer):
    theirs = QualityIssueFactory(asset=other_owner.asset)
    assert theirs.reference not in signed_in(owner).get(reverse("assets:quality")).content.decode()
    assert theirs.reference in signed_in(ig_officer).get(reverse("assets:quality")).content.decode()


def test_issues_are_found_by_words_and_state(ig_officer):
    one = QualityIssueFactory(what="Postcodes are wrong")
    other = QualityIssueFactory(state="accepted", ended_on=today(), outcome="Left")
    address = reverse("assets:quality")
    found = signed_in(ig_officer).get(address, {"q": "postcodes"}).content.decode()
    assert (one.reference in found, other.reference in found) == (True, False)
    found = signed_in(ig_officer).get(address, {"state": "accepted"}).content.decode()
    assert (one.reference in found, other.reference in found) == (False, True)


def test_the_figure_counts_open_issues_and_opens_them(ig_officer):
    open_one = QualityIssueFactory()
    QualityIssueFactory(state="corrected", ended_on=today(), outcome="Done")
    rows = open_issues.rows(Moment.now(), Scope())
    assert [row.reference for row in rows] == [open_one.reference]
    unit = open_one.asset.unit.code
    assert open_issues.value(Moment.now(), Scope(units=frozenset({unit}))) == 1
    assert open_issues.value(Moment.now(), Scope(units=frozenset({"elsewhere"}))) == 0
    page = signed_in(ig_officer).get(open_issues.address(Moment.now(), Scope())).content.decode()
    assert open_one.reference in page


def test_the_list_costs_the_same_for_two_and_for_forty(ig_officer, django_assert_max_num_queries):
    asset = AssetFactory(owner=PostFactory())
    client = signed_in(ig_officer)
    for number in (2, 38):
        QualityIssueFactory.create_batch(number, asset=asset)
        with django_assert_max_num_queries(12):
            client.get(reverse("assets:quality"))


WRONG = {
    "a number unlike DQ-0042": {"reference": "X-1"},
    "nothing wrong": {"what": ""},
    "a state nobody knows": {"state": "lost", "ended_on": date(2016, 6, 1), "outcome": "x"},
    "ended without a day": {"state": "corrected", "outcome": "x"},
    "ended without words": {"state": "corrected", "ended_on": date(2016, 6, 1)},
    "open and yet ended": {"ended_on": date(2016, 6, 1)},
    "ended before it was found": {"state": "corrected", "outcome": "x", "ended_on": date(2010, 1, 1)},
}


@pytest.mark.parametrize("fields", WRONG.values(), ids=WRONG)
def test_the_database_refuses(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        QualityIssueFactory(**fields)


def test_the_database_refuses_a_rule_of_another_asset():
    rule = QualityRuleFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        QualityIssueFactory(rule=rule)


def test_the_database_refuses_a_rule_without_words_and_a_rule_said_twice():
    rule = QualityRuleFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        QualityRuleFactory(asset=rule.asset, words=rule.words)
    with pytest.raises(IntegrityError), transaction.atomic():
        QualityRuleFactory(words="")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_owner_logs_an_issue_and_ends_it(any_page, owner):
    page = any_page
    sign_in(page, owner)
    page.goto(owner.asset.get_absolute_url())
    page.get_by_role("link", name="log an issue").click()
    axe(page)
    page.get_by_role("button", name="Log the issue").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    axe(page)
    page.get_by_label("What is wrong").fill("Two people share one number")
    page.get_by_role("button", name="Log the issue").click()
    page.get_by_role("link", name="DQ-0001").click()
    axe(page)
    page.get_by_role("button", name="Say what became of it").click()
    axe(page)
    page.get_by_label("Corrected at the source").check()
    today_ = today()
    for part, number in parts(today_).items():
        page.get_by_label(part.capitalize()).fill(str(number))
    page.get_by_label("What was done, or why it is left").fill("Merged")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("DQ-0001 is now corrected at the source")).to_be_visible()
    page.goto(reverse("assets:quality"))
    axe(page)
