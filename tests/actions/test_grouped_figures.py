"""The grouped forms of the figures, and the filters named after figures, cannot differ from them."""

from collections import Counter
from datetime import date

import pytest
from django.http import QueryDict

from actions import figures
from actions.filters import ActionFilter, occurring
from actions.models import ActionPlan, Status
from governance.figures.moment import Moment, Scope
from governance.people.models import Role, User
from tests.factories import UserFactory

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]

JULY, OCTOBER, FEBRUARY = date(2016, 7, 25), date(2016, 10, 24), date(2017, 2, 20)
MOMENTS = [
    Moment.of(JULY, JULY),
    Moment.of(JULY, OCTOBER),
    Moment.of(OCTOBER),
    Moment.of(FEBRUARY),
    Moment.now(),
]
ICO = Scope(plans=("ico-2015",))


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_the_counts_by_facet_add_up_to_each_figure(moment):
    counted = figures.counts_by_facet(moment, ICO, UserFactory())
    for status, figure in figures.BY_STATUS.items():
        assert sum(row["rows"] for row in counted if row["status"] == status) == figure.value(moment, ICO)
    for name, figure in figures.ACROSS.items():
        assert sum(row[name] for row in counted) == figure.value(moment, ICO), name
    assert sum(row["rows"] for row in counted) == figures.total.value(moment, ICO) == 77


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_each_area_and_status_is_the_figure_broken_down(moment):
    counted = Counter()
    for row in figures.counts_by_facet(moment, ICO, UserFactory()):
        counted[row["area"], row["status"]] += row["rows"]
    assert counted == figures.total.by(moment, ICO, "scope_area", "status")


def test_the_counts_by_plan_are_those_of_each_plan():
    now = Moment.now()
    counted = figures.counts_by_plan(now)
    assert set(counted) == {"ico-2015", "ifc-2016"}
    for code, found in counted.items():
        whole = figures.counts(now, Scope(plans=(code,)))
        assert {name: found.get(name, 0) for name in whole} == whole


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
@pytest.mark.parametrize(
    ("asked", "figure"),
    [
        ("overdue=on", figures.overdue),
        ("waiting=actions", figures.waiting_for_actions),
        ("waiting=posts", figures.waiting_for_posts),
        *((f"status={status}", figures.BY_STATUS[status]) for status in Status),
    ],
)
def test_a_filter_lists_the_rows_of_the_figure_of_its_name(moment, asked, figure):
    rows = figures.standing(moment, ICO)
    reader = holder(Role.IG_OFFICER)
    found = ActionFilter(QueryDict(asked), rows, moment=moment, scope=ICO, person=reader, counted=[]).qs
    assert set(found.values_list("pk", flat=True)) == set(
        figure.rows(moment, ICO).values_list("pk", flat=True)
    )


def test_only_areas_posts_and_units_of_the_plan_are_offered():
    plan, reader = ActionPlan.objects.get(code="ico-2015"), holder(Role.IG_OFFICER)
    offered = occurring(figures.counts_by_facet(Moment.now(), ICO, reader))
    assert offered["area"] == [(area.code, area.title) for area in plan.audit.scope_areas.all()]
    assert {code for code, _ in offered["owner"]} == set(plan.actions.values_list("owner__code", flat=True))
    assert {code for code, _ in offered["unit"]} == set(
        plan.actions.values_list("owner__unit__code", flat=True)
    )


def holder(role):
    return next(person for person in User.objects.active() if person.holds(role))
