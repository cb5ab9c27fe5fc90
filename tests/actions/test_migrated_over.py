"""What the migrations make of actions that were entered before them."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from actions.models import (
    Action,
    ActionPlan,
    Assurance,
    AuditKind,
    Dependency,
    MaturityAssessment,
    MaturityModel,
    RecommendationRating,
)
from governance.core.dates import today
from governance.figures.moment import Moment
from governance.history.trail import signed
from tests.actions.factories_order import AssuranceFactory
from tests.actions.factories_sight import MilestoneFactory
from tests.actions.maturity import a_model, assessed
from tests.back import back_to
from tests.factories import ActionFactory, PlanFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
JUNE, SEPTEMBER, DECEMBER = (date(2016, month, 30) for month in (6, 9, 12))


def forward():
    call_command("migrate", verbosity=0)


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def due(action, day):
    run("UPDATE actions_action SET due_on = %s WHERE id = %s", day, action.pk)


def test_dates_that_were_changed_before_keep_their_past():
    moved, never, gone, late = (ActionFactory(due_on=day) for day in (JUNE, JUNE, JUNE, None))
    officer = UserFactory()
    back_to("actions", "0014")
    with signed(officer, reason="The supplier is late"):
        due(moved, SEPTEMBER)
        run("UPDATE actions_action SET title = 'Another title' WHERE id = %s", moved.pk)
    due(moved, DECEMBER)
    due(gone, None)
    due(late, SEPTEMBER)
    due(late, DECEMBER)
    forward()
    dates = dict.fromkeys((moved, never, gone, late))
    for action in dates:
        action.refresh_from_db()
        dates[action] = (action.original_due_on, action.due_on, action.date_revisions.count())
    assert list(dates.values()) == [
        (JUNE, DECEMBER, 2), (JUNE, JUNE, 0), (None, None, 0), (SEPTEMBER, DECEMBER, 1)
    ]  # fmt: skip
    first, second = moved.date_revisions.order_by("place")
    assert (first.due_on, first.reason, first.recorded_by) == (SEPTEMBER, "The supplier is late", officer)
    assert (second.due_on, second.recorded_as) == (DECEMBER, "nobody whom the history names")
    assert first.effective_on == second.effective_on == today()
    assert first.known_at < second.known_at < first.recorded_at
    assert moved.date_revisions.standing(Moment.now()).get() == second
    version = Action.history.filter(id=moved.pk).latest("history_date")
    assert "first due date is kept apart" in version.history_change_reason


def test_lists_and_doubled_waits_survive_going_back_and_forward_again():
    waiting, needed = ActionFactory(), ActionFactory()
    Dependency.objects.create(action=waiting, needs_action=needed, holds_up="finish", from_on=JUNE)
    AuditKind.objects.filter(code="peer").update(name="By a neighbour")
    kinds, ratings = AuditKind.objects.count(), RecommendationRating.objects.count()
    back_to("actions", "0008")
    for step in ("start", "finish"):
        run(
            "INSERT INTO actions_dependency (action_id, needs_action_id, holds_up, from_on, note)"
            " VALUES (%s, %s, %s, %s, '')",
            waiting.pk, needed.pk, step, SEPTEMBER,
        )  # fmt: skip
    back_to("actions", "0006")
    forward()
    assert (AuditKind.objects.count(), RecommendationRating.objects.count()) == (kinds, ratings)
    assert AuditKind.objects.get(code="peer").name == "By a neighbour"
    (kept,) = waiting.dependencies.filter(until_on=None)
    assert kept.holds_up == "start"
    ended = waiting.dependencies.exclude(until_on=None)
    assert ended.count() == 2
    for each in ended:
        assert Dependency.history.filter(id=each.pk).latest("history_date").history_change_reason == (
            "Said twice: the other stays"
        )


def test_what_was_entered_twice_before_keeps_standing_under_a_name_of_its_own():
    plan, model = PlanFactory(code="own-2026"), a_model()
    first = assessed(model, [2, 3])
    given = AssuranceFactory(plan=plan)
    back_to("actions", "0020")
    run(
        "INSERT INTO actions_actionplan (code, title, opened_on, note, approving_body)"
        " VALUES ('OWN-2026', 'Another', '2026-01-05', '', '')"
    )
    run(
        "INSERT INTO actions_maturityassessment (reference, model_id, kind, assessor, as_at, overall, note,"
        " source_document) VALUES ('MA-0002', %s, 'self', %s, %s, '', '', '')",
        model.pk, first.assessor.upper(), first.as_at,
    )  # fmt: skip
    run(
        "INSERT INTO actions_assurance (plan_id, text, given_on, given_where, due_on)"
        " SELECT plan_id, text, given_on, 'Elsewhere', due_on FROM actions_assurance"
    )
    there = MilestoneFactory(plan=plan, title="All adopted")
    run(
        "INSERT INTO actions_milestone (plan_id, title, due_on) VALUES (%s, 'All ADOPTED', %s)",
        plan.pk, DECEMBER,
    )  # fmt: skip
    for code in ("one", "two"):
        run(
            "INSERT INTO actions_maturitymodel (code, name, source, note, in_use)"
            " VALUES (%s, 'Ladder', '', '', false)",
            code,
        )
    forward()
    later = ActionPlan.objects.exclude(pk=plan.pk).get()
    assert later.code == f"OWN-2026-{later.pk}"
    assert (
        MaturityAssessment.objects.get(reference="MA-0002").assessor == f"{first.assessor.upper()} (MA-0002)"
    )
    assert sorted(MaturityModel.objects.filter(in_use=False).values_list("name", flat=True)) == [
        "Ladder", "Ladder (two)"
    ]  # fmt: skip
    (alike,) = plan.milestones.exclude(pk=there.pk)
    assert alike.title == f"All ADOPTED ({alike.pk})"
    (twice,) = Assurance.objects.exclude(pk=given.pk)
    assert twice.mistaken_because == "It was recorded twice"
    assert Assurance.objects.standing().get() == given
    version = ActionPlan.history.filter(id=later.pk).latest("history_date")
    assert version.history_change_reason == "It had the name of another, which the product now refuses"
