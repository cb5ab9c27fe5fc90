"""The demonstration has claims of each kind: waiting, approved, verified and refused; and one replaced."""

import pytest

from actions.figures import completions
from actions.models import Action, Completion, Status
from governance.figures.moment import Moment, Scope
from governance.people.models import Role, User
from governance.people.waiting import all_waiting

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]


def test_the_board_approved_three_sent_one_back_and_has_one_before_it():
    now, scope = Moment.now(), Scope(plans=("ifc-2016",))
    assert completions.approved.value(now, scope) == 3
    assert completions.verified.value(now, scope) == 1
    assert Completion.objects.filter(kind=Completion.Kind.REFUSED).count() == 1
    officer = next(each for each in User.objects.active() if each.holds(Role.COMMITTEE_OFFICER))
    (waiting,) = [each for each in all_waiting(officer) if each.kind == "approve"]
    assert waiting.references == ("IFC-08",)


def test_the_siro_approved_three_of_the_plan_that_answers_the_audit_and_none_of_their_own():
    now, scope = Moment.now(), Scope(plans=("ico-2015",))
    assert completions.approved.value(now, scope) == 3
    assert completions.verified.value(now, scope) == 0
    for row in Completion.objects.filter(claim__action__plan__code="ico-2015").select_related("recorded_by"):
        assert row.recorded_by.has_perm("actions.approve_completion", row.action)


def test_who_verified_may_do_so_on_the_page():
    row = Completion.objects.select_related("action__owner", "recorded_by").get(kind="verified")
    assert row.recorded_by.has_perm("actions.verify_completion", row.action)


def test_what_was_withdrawn_says_why_and_what_took_its_place():
    action = Action.objects.get(reference="IFC-13")
    assert action.status == Status.WITHDRAWN
    assert "search within team sites" in action.standing().why
    assert [link.replacement.reference for link in action.replacement_links.all()] == ["IFC-12"]
