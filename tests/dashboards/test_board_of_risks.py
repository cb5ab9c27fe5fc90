"""The risks on the dashboards: every number opens its rows, and nothing is told of other directorates."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.core.dates import today
from governance.dashboards.board.risks import changed, days_between
from governance.people.models import Role
from risks.models import Assessment, Risk
from risks.representations.definition import shipped
from risks.services.matrix import adopt, begin
from tests.cast import play, signed_in
from tests.dashboards.test_board import board, directorate, numbers
from tests.factories import RiskFactory, UserFactory
from tests.risks.factories import cell, in_force, score
from tests.risks.passing import Passing, known

pytestmark = pytest.mark.django_db
LATELY = today() - timedelta(days=10)


@pytest.fixture
def kept(owner_connection):
    """The register is kept for longer than the dashboard looks back: of then there is a risk withdrawn."""
    time = Passing(owner_connection)
    RiskFactory(state="withdrawn")
    time.days(400)


@pytest.fixture
def council(kept):
    """People with three risks, two of them above appetite, and Place with one; all entered just now."""
    (people, (first, second)), (_, (other, _)) = directorate("People"), directorate("Place")
    risks = [
        RiskFactory(owner=post, title=f"Risk of {post.unit.name}") for post in (first, second, first, other)
    ]
    score(risks[0], 5, 5, reason="The supplier failed a test", on=LATELY)
    score(risks[1], 5, 4, on=LATELY)
    score(risks[3], 4, 5, reason="Told to nobody else", on=LATELY)
    return people, risks


def tile(page, words):
    return re.search(rf'app-tile__value">(\d+)</span> <span class="app-tile__label">{words}<', page).group(1)


def test_every_number_of_risks_opens_as_many_rows(siro, council):
    found = [each for each in numbers(board(siro)) if "/figures/risks." in each[0]]
    assert len(found) > 12
    client = signed_in(siro)
    for href in {href for href, _ in found}:
        opened = client.get(href).content.decode()
        value = next(value for address, value in found if address == href)
        assert re.search(rf"<h1[^>]*>[^<]+: {value}</h1>", opened), href


def test_the_tiles_say_what_changed_since_the_day_compared_with(siro, council):
    page = board(siro)
    assert tile(page, "Risks above appetite") == "3"
    assert tile(page, "Risks not scored") == "1"
    assert "3 more than on" in page


@pytest.mark.parametrize(
    ("more", "said"),
    [(0, "as many as on May"), (2, "2 more than on May"), (-1_200, "1,200 fewer than on May")],
)
def test_a_change_is_said_in_words(more, said):
    assert changed(more, "on May") == said


def test_the_heat_map_counts_each_cell_in_words_and_as_a_table(siro, council):
    page = board(siro)
    assert "1 at likelihood 5 Almost certain and impact 5" in page
    assert page.count('class="app-table app-matrix"') == 1


def test_what_moved_is_listed_with_the_reason(siro, council):
    page = board(siro)
    assert re.search(r'app-tile__value">4</span> <span class="app-tile__label">New<', page)
    assert "The supplier failed a test" in page


def test_an_owner_is_told_nothing_of_another_directorate_by_any_way(kept):
    _, (first, _) = directorate("People")
    _, (other, _) = directorate("Place")
    owner = play("the-owner", Role.IAO, first.unit)
    mine, theirs = RiskFactory(owner=first, title="Mine"), RiskFactory(owner=other, title="Theirs alone")
    score(mine, 2, 2, on=LATELY)
    score(theirs, 5, 5, reason="Told to nobody else", on=LATELY)
    client = signed_in(owner)
    pages = [board(owner), client.get(reverse("board:movement")).content.decode()]
    for page in pages:
        assert "Mine" in page
        for hidden in ("Theirs alone", theirs.reference, "Told to nobody else", other.unit.name):
            assert hidden not in page
    assert tile(pages[0], "Information risks") == "1"
    assert tile(pages[0], "Risks above appetite") == "0"
    for href, value in numbers(pages[0]):
        opened = client.get(href).content.decode()
        assert f": {value}</h1>" in opened or "movement" in href
        assert "that you may not open" not in opened
        assert theirs.reference not in opened


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PORTFOLIO_HOLDER, Role.IAO, Role.SERVICE_MANAGER])
def test_who_reads_nothing_of_the_whole_council_has_no_page_of_movement(role):
    response = signed_in(play("somebody", role)).get(reverse("board:movement"))
    assert response.status_code == 403


@pytest.mark.parametrize(("role", "shown"), [(Role.SIRO, True), (Role.DPO, True), (Role.IMSG_MEMBER, False)])
def test_incidents_are_counted_only_for_those_who_have_to_know(role, shown):
    page = board(play("reader", role))
    assert ("Open clocks" in page) is shown


def test_no_owner_is_told_how_many_incidents_there_are(owner):
    assert "Open clocks" not in board(owner)


def test_the_page_of_movement_lists_one_way_and_says_what_it_means(siro, council):
    page = signed_in(siro).get(reverse("board:movement"), {"kind": "new"}).content.decode()
    assert "New: 4. Open now, and not open or not in these units before." in page
    assert page.count('<th scope="row">') == 4
    none = signed_in(siro).get(reverse("board:movement"), {"kind": "down"}).content.decode()
    assert "No risk moved in this way" in none


def test_a_way_to_move_that_there_is_not_lists_all(siro, council):
    page = signed_in(siro).get(reverse("board:movement"), {"kind": "sideways"}).content.decode()
    assert "4 in all" in page


def test_many_that_moved_are_listed_page_by_page(siro, council):
    people, _ = council
    post = people.children.first().posts.first()
    RiskFactory.create_batch(55, owner=post)
    page = board(siro)
    assert "These are the first 10 of 59" in page
    second = signed_in(siro).get(reverse("board:movement"), {"page": 2}).content.decode()
    assert second.count('<th scope="row">') == 9


def test_a_wrong_day_is_told_on_the_page_of_movement_too(siro):
    response = signed_in(siro).get(reverse("board:movement"), {"since": "tomorrow"})
    assert response.status_code == 400
    assert "is not a date" in response.content.decode()


def test_before_a_matrix_is_in_force_the_page_says_so(siro):
    assert "No matrix was in force on" in board(siro)


def test_under_a_new_matrix_old_scores_are_to_be_made_again_and_stay_where_they_were(siro, owner_connection):
    time = Passing(owner_connection)
    _, (post, _) = directorate("People")
    for risk in RiskFactory.create_batch(3, owner=post):
        score(risk, 5, 5, on=LATELY, **known(10))
    time.days(20)
    adopt(begin(shipped()["four_by_four"]), from_on=today(), reason="Cabinet, minute 65")
    page = board(siro)
    assert tile(page, "Risks to be scored again") == "3"
    assert page.count('class="app-table app-matrix"') == 2
    before = board(siro, as_at=(today() - timedelta(days=1)).isoformat())
    assert tile(before, "Risks above tolerance") == tile(before, "Information risks") == "3"
    assert "Risks to be scored again" not in before
    assert before.count('class="app-table app-matrix"') == 1


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        (date(2025, 11, 22), date(2026, 11, 22), 13),
        (date(2026, 11, 21), date(2026, 11, 22), 2),
        (date(2016, 11, 22), date(2026, 11, 22), 21),
        (date(2025, 8, 31), date(2026, 2, 28), 7),
    ],
)
def test_a_trend_goes_from_the_first_day_to_the_last_in_even_steps(first, last, number):
    days = days_between(first, last)
    assert (days[0], days[-1], days) == (first, last, sorted(set(days)))
    assert len(days) <= 26
    assert abs(len(days) - number) <= 1, len(days)


def many(number):
    """So many risks of five services, each scored twice, the second time lately."""
    _, posts = directorate("People", services=5)
    by = UserFactory()
    risks = [
        Risk(reference=f"IR-9{n:03}", title=f"Risk {n}", owner=posts[n % 5], unit_id=posts[n % 5].unit_id)
        for n in range(number)
    ]
    Risk.objects.bulk_create(risks)
    for likelihood, day in ((2, date(2020, 1, 15)), (4, LATELY)):
        at = [cell(likelihood, 1 + n) for n in range(5)]
        Assessment.objects.bulk_create(
            Assessment(
                risk=risk,
                kind="current",
                cell=at[n % 5],
                reason="Made",
                effective_on=day,
                recorded_by=by,
                **known(10),
            )
            for n, risk in enumerate(risks)
        )


@pytest.mark.parametrize("number", [10, 200])
@pytest.mark.parametrize("ago", [0, 1])
@pytest.mark.parametrize("role", [Role.SIRO, Role.IMSG_MEMBER])
def test_the_number_of_queries_does_not_grow(role, number, ago, owner_connection):
    in_force()
    time = Passing(owner_connection)
    many(number)
    time.days(200)
    reader = play("reader", role)
    client = signed_in(reader)
    asked = {"as_at": (today() - timedelta(days=ago)).isoformat()}
    shown = board(reader, **asked)
    assert tile(shown, "Information risks") == str(number)
    assert tile(shown, "Risks not scored") == "0"
    for address in ("board:board", "board:movement"):
        assert queries(client, reverse(address), asked) <= 12


def test_nor_does_it_for_an_owner():
    _, (post, *_) = directorate("Place")
    many(20)
    owner = play("the-owner", Role.IAO, post.unit)
    assert queries(signed_in(owner), reverse("board:board"), {}) <= 12


def queries(client, address, asked):
    """How many a page asks, its transaction (a savepoint, where the test has its own) not counted."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, asked).status_code == 200
    of_transactions = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")
    return sum(not each["sql"].startswith(of_transactions) for each in captured.captured_queries)
