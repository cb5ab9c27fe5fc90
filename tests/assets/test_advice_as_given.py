"""Advice from before it said in which role it was given, which a migration had taken for the DPO's."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.utils import timezone

from assets.models import Advice
from governance.core.dates import today
from governance.people.models import Role
from tests.assets.factories_processing import ActivityFactory
from tests.cast import play
from tests.factories import RoleAssignmentFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN_AS = import_module("assets.migrations.0026_advice_as_it_was_given").GIVEN_AS
SAID_SINCE = (
    "UPDATE django_migrations SET applied = %s WHERE app = 'assets' AND name = '0021_two_sign_a_dpia_off'"
)


def advice_of(person, given_as=Role.DPO):
    """What 0021 made of the advice of this person."""
    return Advice.objects.create(
        activity=ActivityFactory(), text="Do", given_by=person, given_by_post="A post", given_as=given_as
    )


def said_again(owner_connection, advice, *, hours=1):
    """Run the migration, as though 0021 had been run so many hours from now; what the advice says then."""
    owner_connection.execute(SAID_SINCE, [timezone.now() + timedelta(hours=hours)])
    with owner_connection.transaction():
        owner_connection.execute(GIVEN_AS)
    advice.refresh_from_db()
    return advice.given_as


def test_what_a_caldicott_guardian_advised_is_theirs_again(owner_connection):
    guardian = play("guardian", Role.CALDICOTT_GUARDIAN)
    assert said_again(owner_connection, advice_of(guardian)) == "caldicott_guardian"


def test_what_the_data_protection_officer_advised_stays_theirs(owner_connection):
    assert said_again(owner_connection, advice_of(play("dpo", Role.DPO))) == "dpo"


def test_of_who_was_both_it_stays_the_data_protection_officers_as_the_page_has_it(owner_connection):
    both = play("both", Role.DPO)
    RoleAssignmentFactory(post=both.post, role=Role.CALDICOTT_GUARDIAN)
    assert said_again(owner_connection, advice_of(both)) == "dpo"


def test_it_is_not_told_of_who_held_neither_role_on_that_day(owner_connection):
    later = play("guardian", Role.CALDICOTT_GUARDIAN)
    later.post.role_assignments.update(from_on=today() + timedelta(days=1))
    assert said_again(owner_connection, advice_of(later)) == "dpo"
    assert said_again(owner_connection, advice_of(UserFactory())) == "dpo"


def test_what_says_itself_in_which_role_it_was_given_is_left_alone(owner_connection):
    guardian = play("guardian", Role.CALDICOTT_GUARDIAN)
    assert said_again(owner_connection, advice_of(guardian), hours=-1) == "dpo"
