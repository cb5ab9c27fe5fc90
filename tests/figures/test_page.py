"""The page that opens a figure: exactly the rows that make it, as far as the reader may see them."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from actions.models import Status
from governance.people.models import Role
from tests.factories import (
    ActionFactory,
    PlanFactory,
    PostFactory,
    PostHoldingFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
OPENED = date(2016, 1, 1)
PAST = {"known_at": datetime(2016, 1, 1, 12, tzinfo=UTC), "source_document": "Workbook"}


def somebody(role=None, unit=None):
    holding = PostHoldingFactory()
    if role:
        RoleAssignmentFactory(post=holding.post, role=role, unit=unit)
    return holding.person


@pytest.fixture
def officer(client):
    person = somebody(Role.IG_OFFICER)
    client.force_login(person)
    return person


@pytest.fixture
def plan():
    return PlanFactory(code="ico", opened_on=OPENED)


def told(plan, status, *, owner=None, count=1, day=OPENED):
    owner = owner or PostFactory()
    by = UserFactory()
    made = [ActionFactory(plan=plan, owner=owner, opened_on=OPENED, by=by, **PAST) for _ in range(count)]
    for action in made:
        known = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        action.append(status, effective_on=day, by=by, known_at=known, source_document="Workbook")
    return made


def opened(client, key="actions.completed", **asked):
    return client.get(reverse("figures:figure", args=[key]), {"plans": "ico"} | asked)


def references(page):
    return [line.reference for line in page.context["page"]]


def test_a_figure_opens_to_exactly_the_rows_that_make_it(client, officer, plan):
    done = told(plan, Status.COMPLETED, count=3)
    told(plan, Status.IN_PROGRESS, count=2)
    told(PlanFactory(), Status.COMPLETED)
    page = opened(client)
    assert references(page) == [action.reference for action in done]
    assert page.context["value"] == 3
    assert "Actions completed: 3" in page.content.decode()


def test_each_row_shows_the_update_that_put_it_there(client, officer, plan):
    (action,) = told(plan, Status.IN_PROGRESS)
    action.append(
        Status.COMPLETED, effective_on=date(2016, 5, 5), by=officer, evidence="Approved by the group on 5 May"
    )
    text = opened(client).content.decode()
    assert "Approved by the group on 5 May" in text
    assert "5 May 2016" in text
    assert action.get_absolute_url() in text


def test_the_past_opens_as_it_was_known_then(client, officer, plan):
    (action,) = told(plan, Status.COMPLETED, day=date(2016, 5, 5))
    wrong = action.standing()
    action.correct(wrong, by=officer, reason="Another action was meant", void=True)
    assert references(opened(client)) == []
    past = opened(client, as_at="2016-05-05", known_at="2016-05-05")
    assert references(past) == [action.reference]
    assert "as at <strong>5 May 2016</strong>" in past.content.decode()
    assert references(opened(client, as_at="2016-05-04", known_at="2016-05-05")) == []


def test_a_dimension_narrows_the_rows(client, officer, plan):
    (done,) = told(plan, Status.COMPLETED)
    told(plan, Status.IN_PROGRESS)
    assert references(opened(client, "actions.total", status="completed")) == [done.reference]


def test_since_lists_what_came_into_a_figure_and_what_left_it(client, officer, plan):
    told(plan, Status.COMPLETED, day=date(2016, 2, 2))
    (reopened,) = told(plan, Status.COMPLETED, day=date(2016, 2, 2))
    (new,) = told(plan, Status.COMPLETED, day=date(2016, 6, 6))
    reopened.append(Status.IN_PROGRESS, effective_on=date(2016, 6, 6), by=officer)
    page = opened(client, since="2016-03-03")
    assert references(page) == [new.reference]
    assert page.context["value"] == 1
    assert [line.reference for line in page.context["left"]] == [reopened.reference]


def test_rows_that_the_reader_may_not_open_are_counted_and_not_shown(client, plan):
    mine = PostFactory()
    person = somebody(Role.IAO, unit=mine.unit)
    client.force_login(person)
    (own,) = told(plan, Status.COMPLETED, owner=mine)
    (other,) = told(plan, Status.COMPLETED)
    page = opened(client)
    assert references(page) == [own.reference]
    assert page.context["value"] == 2
    text = page.content.decode()
    assert "And 1 that you may not open" in text
    assert other.reference not in text


def test_somebody_without_a_role_opens_no_figure(client, plan):
    client.force_login(somebody())
    assert opened(client).status_code == 403


@pytest.mark.parametrize(
    ("key", "asked", "status", "sentence"),
    [
        ("actions.wished", {}, 404, ""),
        ("actions.total", {"plans": "ifc"}, 400, "There is no plan “ifc”."),
        ("actions.total", {"as_at": "soon"}, 400, "is not a date"),
        ("actions.total", {"as_at": "2999-01-01"}, 400, "must be today or in the past"),
        ("actions.total", {"known_at": "2016-13-01"}, 400, "is not a date"),
        ("actions.total", {"since": "yesterday"}, 400, "is not a date"),
        ("actions.total", {"units": "nowhere"}, 400, "There is no unit “nowhere”"),
    ],
)
def test_what_makes_no_sense_is_answered_with_a_sentence(client, officer, plan, key, asked, status, sentence):
    page = opened(client, key, **asked)
    assert page.status_code == status
    assert sentence in page.content.decode()


@pytest.mark.parametrize("part", ["plans", "units"])
def test_a_code_that_nobody_knows_is_answered_without_the_codes_there_are(client, plan, part):
    elsewhere = PlanFactory(code="secret-plan"), UnitFactory(code="secret-unit")
    client.force_login(somebody(Role.IAO, UnitFactory()))
    page = opened(client, **{part: "guessed"})
    assert page.status_code == 400
    assert "“guessed”" in page.content.decode()
    assert [one.code for one in elsewhere if one.code in page.content.decode()] == []


def test_an_empty_figure_says_so(client, officer, plan):
    assert "There are none." in opened(client).content.decode()


def test_a_figure_costs_the_same_for_ten_rows_and_for_many(
    client, officer, plan, django_assert_max_num_queries, django_assert_num_queries
):
    told(plan, Status.COMPLETED, count=10)
    with django_assert_max_num_queries(12) as first:
        opened(client)
    told(plan, Status.COMPLETED, count=90)
    with django_assert_num_queries(len(first)):
        page = opened(client)
    assert page.context["value"] == 100
    assert len(references(page)) == 50


def test_every_figure_is_listed_with_its_definition(client, officer):
    text = client.get(reverse("figures:figures")).content.decode()
    assert "Actions whose latest progress update effective on or before the date is “Completed”." in text


def test_the_grouped_counts_equal_the_figures_one_by_one(plan):
    from actions.figures import BY_STATUS, counts, total
    from governance.figures.moment import Moment, Scope

    for number, status in enumerate(Status, start=1):
        told(plan, status, count=number)
    moment, scope = Moment.now(), Scope(plans=("ico",))
    assert counts(moment, scope) == {"total": total.value(moment, scope)} | {
        status.value: BY_STATUS[status].value(moment, scope) for status in Status
    }
    assert counts(moment, scope)["total"] == 15
