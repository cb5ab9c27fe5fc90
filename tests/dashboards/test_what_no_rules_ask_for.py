"""Where no rules ask for something, the dashboard says so: a nought would say that all is well."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.core.dates import today
from governance.figures.moment import Moment
from governance.figures.statement import ask
from risks.figures import asked, escalation, promotion
from tests.cast import signed_in
from tests.factories import RiskFactory
from tests.risks.factories import in_force, score
from tests.risks.factories_rules import critical, rules_in_force
from tests.risks.passing import Passing

pytestmark = pytest.mark.django_db
ASSETS, DPIAS, REVIEWS = promotion.missing, promotion.dpias, escalation.escalated_overdue


def board(person, **said):
    response = signed_in(person).get(reverse("board:board"), said)
    assert response.status_code == 200
    page = " ".join(response.content.decode().split())
    return page.split("What waits for a decision")[1].split("</main>")[0]


def asks(moment=None):
    (rows,) = ask(asked.question(moment or Moment.now(), "now"))
    return asked.answer(rows)


def test_without_rules_it_says_so_in_place_of_a_nought(siro):
    in_force()
    critical(4)
    page = board(siro)
    for figure in (ASSETS, DPIAS, REVIEWS):
        assert f"{figure.title}: no rules are in force." in page
        assert f"/figures/{figure.key}/" not in page
    assert f"/figures/{escalation.escalated.key}/" in page


def test_with_rules_each_is_counted(siro):
    in_force()
    rules_in_force(asset_from=3, dpia_from="high", days_within=5, days_above=5, days_beyond=5)
    critical(4)
    page = board(siro)
    for figure in (ASSETS, DPIAS, REVIEWS):
        assert f"/figures/{figure.key}/" in page
    assert "no rules are in force" not in page
    assert "do not ask for it" not in page


def test_what_the_rules_in_force_leave_out_is_said_to_be_left_out(siro):
    in_force()
    rules_in_force(asset_from=3, dpia_from="", days_within=None, days_above=None, days_beyond=5)
    page = board(siro)
    assert f"{DPIAS.title}: the rules in force do not ask for it." in page
    assert f"/figures/{ASSETS.key}/" in page
    assert f"/figures/{REVIEWS.key}/" in page


def test_a_moment_before_the_rules_has_none():
    rules_in_force()
    assert asks().in_force
    yesterday = asks(Moment.of(today() - timedelta(days=1)))
    assert not yesterday.in_force
    assert yesterday.not_asked == {ASSETS.key, DPIAS.key, REVIEWS.key}
    assert yesterday.why_not("risks.escalated") == ""


def test_a_day_before_the_register_has_no_noughts(siro, owner_connection):
    time = Passing(owner_connection)
    in_force()
    rules_in_force()
    score(RiskFactory(), 1, 1)
    time.days(30)
    page = board(siro, as_at=(today() - timedelta(days=60)).isoformat())
    assert "was not yet kept on" in page.split("What moved")[0]
    assert f"/figures/{escalation.escalated.key}/" not in page
    later = board(siro, as_at=(today() - timedelta(days=10)).isoformat())
    assert f"/figures/{escalation.escalated.key}/" in later
