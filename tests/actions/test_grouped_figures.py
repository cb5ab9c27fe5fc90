"""The grouped forms of the figures, and the filters named after figures, cannot differ from them."""

from collections import Counter
from datetime import date

import pytest
from django.http import QueryDict

from actions import figures
from actions.figures.by_facet import _held
from actions.filters import ActionFilter, occurring
from actions.models import ActionPlan, Status
from actions.models.colour import COLOURED
from actions.views.paging import rows_of
from governance.colours.models import with_colours
from governance.figures.figure import get_figure
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


@pytest.mark.parametrize("moment", [*MOMENTS, Moment.of(FEBRUARY, FEBRUARY)], ids=str)
@pytest.mark.parametrize("plans", [("ico-2015",), ("ifc-2016",), ()], ids=str)
def test_what_is_gathered_at_once_counts_what_each_figure_counts_by_itself(moment, plans):
    scope = Scope(plans=plans)
    counted = figures.counts_by_facet(moment, scope, UserFactory())
    for name in _held(moment).keys() - {"open"}:
        assert sum(row[name] for row in counted) == get_figure(f"actions.{name}").value(moment, scope), name
    by_colour = Counter()
    for row in counted:
        by_colour[row["colour"]] += row["rows"]
    del by_colour[None]
    assert by_colour == figures.colour.by_rag.by(moment, scope, "colour")


@pytest.mark.parametrize("moment", [Moment.of(JULY, JULY), Moment.now()], ids=str)
def test_the_page_found_along_with_the_counts_is_what_the_list_would_ask_for(moment):
    reader = holder(Role.IG_OFFICER)
    _, shown = figures.counts_with_rows(moment, ICO, reader, rows=slice(50, 100))
    listed = with_colours(figures.standing(moment, ICO), COLOURED, moment).for_register(moment)
    columns = ("colour", "override", "due_then", "is_overdue", "is_ownerless", "called", "status")
    told = [
        (row.action.reference, *(getattr(row, name) for name in columns)) for row in rows_of(shown, moment)
    ]
    asked = listed.order_by("action__reference").values_list("action__reference", *columns)[50:100]
    assert told == list(asked)
    assert len(told) == 27


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
