"""What the database refuses about people, posts and roles, whoever writes it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from governance.people.models import OrganisationalUnit, PostHolding, Role, RoleAssignment, User
from tests.factories import (
    LONG_AGO,
    PostFactory,
    PostHoldingFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
THE_DAY_BEFORE = date(2015, 3, 31)


def assert_refused(constraint, write):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


def test_a_unit_does_not_end_before_it_begins():
    assert_refused(
        "people_organisationalunit_ends_after_it_begins", lambda: UnitFactory(until_on=THE_DAY_BEFORE)
    )


def test_a_unit_is_not_its_own_parent():
    unit = UnitFactory()
    assert_refused(
        "unit_is_not_its_own_parent",
        lambda: OrganisationalUnit.objects.filter(pk=unit.pk).update(parent=unit),
    )


def test_a_unit_code_is_used_once():
    UnitFactory(code="housing")
    assert_refused("people_organisationalunit_code_key", lambda: UnitFactory(code="housing"))


def test_a_post_code_is_used_once():
    PostFactory(code="siro")
    assert_refused("people_post_code_key", lambda: PostFactory(code="siro"))


def test_nobody_leaves_a_post_before_taking_it_up():
    assert_refused(
        "people_postholding_ends_after_it_begins", lambda: PostHoldingFactory(until_on=THE_DAY_BEFORE)
    )


def test_a_person_takes_up_a_post_once_a_day():
    held = PostHoldingFactory()
    assert_refused(
        "person_takes_up_a_post_once_a_day", lambda: PostHoldingFactory(post=held.post, person=held.person)
    )


def test_a_post_is_held_substantively_or_acting():
    assert_refused("holding_kind_is_known", lambda: PostHoldingFactory(kind="caretaker"))


def test_a_role_does_not_end_before_it_begins():
    assert_refused(
        "people_roleassignment_ends_after_it_begins",
        lambda: RoleAssignmentFactory(role=Role.SIRO, until_on=THE_DAY_BEFORE),
    )


def test_a_role_is_one_of_those_in_the_list():
    assert_refused("role_is_known", lambda: RoleAssignmentFactory(role="emperor"))


@pytest.mark.parametrize("unit", [None, "housing"])
def test_a_role_is_given_to_a_post_once_from_a_day(unit):
    where = UnitFactory(code=unit) if unit else None
    given = RoleAssignmentFactory(role=Role.IAO, unit=where)
    assert_refused(
        "role_is_given_once_from_a_day",
        lambda: RoleAssignmentFactory(role=Role.IAO, unit=where, post=given.post),
    )


def test_two_people_never_share_an_address():
    UserFactory(email="iao@northmere.example")
    assert_refused("people_user_email_key", lambda: UserFactory(email="iao@northmere.example"))


def test_an_address_is_kept_in_lower_case_so_that_case_makes_no_second_account():
    person = UserFactory(email="IAO@northmere.example")
    assert person.email == "iao@northmere.example"
    assert_refused(
        "person_email_is_in_lower_case",
        lambda: User.objects.filter(pk=person.pk).update(email="IAO@northmere.example"),
    )


def test_a_person_has_a_name():
    assert_refused("person_has_a_name", lambda: UserFactory(display_name=""))


@pytest.mark.parametrize("model", [PostHolding, RoleAssignment])
def test_one_day_in_force_is_long_enough(model):
    make = {
        PostHolding: PostHoldingFactory,
        RoleAssignment: lambda **dates: RoleAssignmentFactory(role=Role.IAO, **dates),
    }[model]
    assert make(until_on=LONG_AGO).pk
