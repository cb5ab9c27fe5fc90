"""The register shows where each risk stands, and finds those that are too high, overdue or not scored."""

from datetime import date, timedelta

import pytest

from governance.core.dates import today
from risks.models import Risk, RiskCategory
from tests.cast import signed_in
from tests.colours.factories import in_force as coloured
from tests.factories import RiskFactory
from tests.risks.factories import in_force, score

pytestmark = pytest.mark.django_db


@pytest.fixture
def risks():
    """One above tolerance, one above appetite and overdue, one within, one not scored."""
    in_force()
    high, due, low, never = RiskFactory.create_batch(4)
    score(high, 5, 5, on=today())
    score(due, 3, 4, on=date(2020, 1, 15))
    score(low, 1, 1, on=today())
    return {"high": high, "due": due, "low": low, "never": never}


def listed(person, risks, query=""):
    page = signed_in(person).get(f"/risks/{query}").content.decode()
    return {name for name, risk in risks.items() if f">{risk.reference}</a>" in page}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?level=Very+high", {"high"}),
        ("?level=Low", {"low"}),
        ("?stands=above_tolerance", {"high"}),
        ("?stands=above_appetite", {"high", "due"}),
        ("?stands=overdue", {"due"}),
        ("?stands=unscored", {"never"}),
        ("?level=Nonsense", {"high", "due", "low", "never"}),
    ],
)
def test_a_filter_finds_those_and_no_others(ig_officer, risks, query, found):
    assert listed(ig_officer, risks, query) == found


def test_risks_are_found_by_treatment_category_and_register(ig_officer, risks):
    category = RiskCategory.objects.get(code="legal")
    Risk.objects.filter(pk=risks["low"].pk).update(
        treatment="tolerate", category=category, register_level="siro"
    )
    for query in ("?treatment=tolerate", f"?category={category.pk}", "?register_level=siro"):
        assert listed(ig_officer, risks, query) == {"low"}


def test_the_register_says_level_score_and_next_review_of_each(ig_officer, risks):
    page = signed_in(ig_officer).get("/risks/").content.decode()
    for words in ("Very high", "(overdue)", "Not scored", '<td class="app-number">25</td>'):
        assert words in page


@pytest.mark.parametrize("order", ["level_rank", "-score", "next_review_on", "treatment"])
def test_the_register_is_ordered_by_what_it_shows(ig_officer, risks, order):
    assert listed(ig_officer, risks, f"?sort={order}") == set(risks)
    page = signed_in(ig_officer).get("/risks/?sort=-score").content.decode()
    assert page.index(risks["due"].reference) < page.index(risks["low"].reference)


def test_a_past_day_shows_the_levels_of_that_day(ig_officer, risks):
    yesterday = today() - timedelta(days=1)
    page = signed_in(ig_officer).get(f"/risks/?as_at={yesterday}").content.decode()
    assert "The register was empty then" in page


@pytest.mark.parametrize("number", [10, 200])
def test_the_register_asks_as_often_for_many_risks_as_for_few(
    ig_officer, number, django_assert_max_num_queries
):
    post = RiskFactory().owner
    in_force()
    Risk.objects.bulk_create(
        Risk(reference=f"IR-{n}", title=f"Risk {n}", owner=post, unit=post.unit)
        for n in range(5000, 5000 + number)
    )
    score(Risk.objects.first(), 3, 3)
    coloured("risks")
    browser = signed_in(ig_officer)
    browser.get("/risks/")
    with django_assert_max_num_queries(12 + 2):  # and two that begin and end the transaction
        assert browser.get("/risks/").status_code == 200
