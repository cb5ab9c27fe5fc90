"""A role is held by whoever is in the post that carries it, on the day, and for as long as both last."""

from datetime import date, timedelta

import pytest

from governance.core.dates import today
from governance.people.models import OrganisationalUnit, Post, PostHolding, Role, User
from tests.cast import play
from tests.factories import (
    LONG_AGO,
    PostFactory,
    PostHoldingFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = -1, 1


def in_days(days):
    return today() + timedelta(days=days)


def holder(**role):
    """A person in a post with the SIRO's role, given or held as the test says; read anew."""
    post = PostFactory()
    person = PostHoldingFactory(post=post, **role.pop("holding", {})).person
    RoleAssignmentFactory(post=post, role=Role.SIRO, **role)
    return User.objects.get(pk=person.pk)


def test_a_role_whose_last_day_is_today_is_held_today():
    assert holder(until_on=today()).holds(Role.SIRO)


def test_a_role_that_ended_yesterday_is_not_held_today():
    assert not holder(until_on=in_days(YESTERDAY)).holds(Role.SIRO)


def test_a_role_that_begins_tomorrow_is_not_held_today():
    assert not holder(from_on=in_days(TOMORROW)).holds(Role.SIRO)


def test_who_left_the_post_yesterday_does_not_hold_its_roles():
    leaver = holder(holding={"until_on": in_days(YESTERDAY)})
    assert not leaver.holds(Role.SIRO)
    assert leaver.posts() == []


def test_an_acting_holder_holds_the_roles_of_the_post():
    assert holder(holding={"kind": PostHolding.Kind.ACTING}).holds(Role.SIRO)


def test_the_substantive_post_names_a_person_who_also_acts_in_another():
    person = UserFactory()
    PostHoldingFactory(person=person, post=PostFactory(title="Monitoring officer"), kind="acting")
    PostHoldingFactory(person=person, post=PostFactory(title="Executive director"), kind="substantive")
    assert person.post_title == "Executive director"
    assert len(person.posts()) == 2


def test_a_role_for_a_unit_covers_the_units_below_it_and_no_others():
    directorate = UnitFactory()
    service = UnitFactory(parent=directorate)
    team = UnitFactory(parent=service)
    elsewhere = UnitFactory()
    person = play("iao", Role.IAO, directorate)

    assert person.units(Role.IAO) == {directorate.pk, service.pk, team.pk}
    assert person.holds_for(team.pk, Role.IAO)
    assert not person.holds_for(elsewhere.pk, Role.IAO)
    assert not person.holds(Role.IAO)
    assert person.holds_any(Role.IAO)


def test_a_role_for_a_unit_does_not_cover_the_unit_above_it():
    directorate = UnitFactory()
    service = UnitFactory(parent=directorate)
    assert not play("iao", Role.IAO, service).holds_for(directorate.pk, Role.IAO)


def test_a_role_for_the_whole_council_covers_every_unit():
    assert play("siro", Role.SIRO).holds_for(UnitFactory().pk, Role.SIRO)


def test_units_entered_in_a_circle_do_not_hang_the_product():
    above, below = UnitFactory(), UnitFactory()
    OrganisationalUnit.objects.filter(pk=above.pk).update(parent=below)
    OrganisationalUnit.objects.filter(pk=below.pk).update(parent=above)
    assert play("iao", Role.IAO, above).units(Role.IAO) == {above.pk, below.pk}


def test_a_post_is_vacant_on_the_days_on_which_nobody_is_in_it():
    post = PostFactory()
    PostHoldingFactory(post=post, until_on=date(2016, 7, 31))
    PostHoldingFactory(post=post, from_on=date(2017, 4, 18), kind="acting")

    def vacant(on):
        return post in Post.objects.vacant(on)

    for day, expected in [
        (date(2015, 3, 31), True),
        (LONG_AGO, False),
        (date(2016, 7, 31), False),
        (date(2016, 8, 1), True),
        (date(2017, 4, 17), True),
        (date(2017, 4, 18), False),
    ]:
        assert vacant(day) is expected, day
        assert (post in Post.objects.filled(day)) is not expected, day


def test_a_vacancy_is_said_in_words_with_its_first_day():
    post = PostFactory()
    PostHoldingFactory(post=post, until_on=date(2016, 7, 31))
    never = PostFactory()
    found = {each.pk: each for each in Post.objects.for_directory(date(2016, 10, 24))}
    assert found[post.pk].vacancy == "Vacant since 1 August 2016"
    assert found[never.pk].vacancy == "Vacant: nobody has held it since records began"


def test_who_is_deactivated_holds_their_posts_to_the_end_of_that_day():
    person = play("siro", Role.SIRO)
    person.deactivate(today())

    assert not User.objects.get(pk=person.pk).is_active
    assert person.post in Post.objects.filled(today())
    assert person.post in Post.objects.vacant(in_days(TOMORROW))


def test_a_deactivated_person_may_do_nothing():
    person = play("siro", Role.SIRO)
    assert person.has_perm("people.view_directory")
    person.deactivate(today())
    assert not User.objects.get(pk=person.pk).has_perm("people.view_directory")


def test_ending_an_appointment_keeps_what_it_was_on_record():
    holding = PostHoldingFactory(from_on=date(2016, 1, 1))
    holding.end(date(2016, 12, 31))
    assert PostHolding.objects.in_force(date(2016, 6, 1)).filter(pk=holding.pk).exists()
    versions = PostHolding.history.filter(id=holding.pk).order_by("history_id")
    assert [version.until_on for version in versions] == [None, date(2016, 12, 31)]
