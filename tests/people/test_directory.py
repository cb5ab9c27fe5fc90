"""Who holds what, for everybody with a role; appointing and giving roles, for the administrator."""

from datetime import date, timedelta

import pytest
from django.db.models import Q
from django.urls import reverse

from governance.core.dates import long_date, today
from governance.people.models import Post, PostHolding, Role, RoleAssignment, User
from governance.people.rules import sentences
from tests.cast import play, signed_in
from tests.factories import PostFactory, PostHoldingFactory, RoleAssignmentFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
DIRECTORY = "/people/"
DATED = {"holdings": PostHolding, "roles": RoleAssignment}
YESTERDAY, TOMORROW = today() - timedelta(days=1), today() + timedelta(days=1)


def typed(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def page(reader, address, /, **given):
    """What the reader sees at the address or, given something, after sending it there."""
    client = signed_in(reader)
    response = client.post(address, given, follow=True) if given else client.get(address)
    return response.content.decode()


def test_the_directory_says_who_is_in_the_post_of_a_role(siro, auditor):
    body = page(auditor, DIRECTORY)
    assert "Senior information risk owner" in body
    assert siro.display_name in body
    assert siro.email not in body


def test_the_directory_says_acting_and_for_which_unit(auditor):
    unit = UnitFactory(name="Adult social care")
    post = RoleAssignmentFactory(role=Role.IAO, unit=unit).post
    PostHoldingFactory(post=post, person=UserFactory(display_name="The deputy"), kind="acting")
    body = page(auditor, DIRECTORY)
    assert "The deputy (acting)" in body
    assert "Adult social care" in body


def test_the_directory_says_since_when_a_post_is_vacant(auditor):
    post = RoleAssignmentFactory(role=Role.RECORDS_MANAGER).post
    PostHoldingFactory(post=post, until_on=date(2016, 7, 31))
    assert "Vacant since 1 August 2016" in page(auditor, DIRECTORY)


def test_the_roles_that_no_post_carries_are_named(auditor):
    body = page(auditor, DIRECTORY)
    idle = body[body.index("Roles that no post carries today") :]
    missing = {str(role.label) for role in Role if str(role.label) not in idle}
    assert missing == {Role.INTERNAL_AUDITOR.label}


def test_the_directory_asks_the_database_as_often_for_many_posts_as_for_few(
    auditor, django_assert_max_num_queries
):
    for role in list(Role) * 3:
        PostHoldingFactory(post=RoleAssignmentFactory(role=role).post)
    client = signed_in(auditor)
    with django_assert_max_num_queries(12):
        client.get(DIRECTORY)


def test_the_rules_page_says_every_rule_in_its_own_words(auditor):
    body = page(auditor, "/people/rules/").replace("&#x27;", "'").replace("&quot;", '"')
    said = [sentence for room in sentences().values() for _, sentence in room]
    assert [sentence for sentence in said if sentence not in body] == []


def test_a_post_shows_who_held_it_before(siro, auditor):
    PostHoldingFactory(
        post=siro.post,
        person=UserFactory(display_name="The predecessor"),
        from_on=date(2014, 1, 1),
        until_on=date(2015, 3, 31),
    )
    body = page(auditor, siro.post.get_absolute_url())
    assert "The predecessor" in body
    assert "31 March 2015" in body
    assert "Appoint somebody" not in body


def test_the_administrator_appoints_to_a_post(administrator):
    post, person = PostFactory(), UserFactory()
    given = {"person": person.pk, "kind": "acting", **typed("from_on", date(2016, 4, 1))}
    body = page(administrator, f"/people/posts/{post.code}/appoint/", **given)
    assert f"{person} holds {post} from 1 April 2016" in body
    held = PostHolding.objects.get(post=post)
    assert (held.person, held.kind, held.from_on, held.until_on) == (person, "acting", date(2016, 4, 1), None)


def test_the_trail_names_the_administrator_who_appointed(administrator):
    post, person = PostFactory(), UserFactory()
    given = {"person": person.pk, "kind": "substantive", **typed("from_on", today())}
    page(administrator, f"/people/posts/{post.code}/appoint/", **given)
    version = PostHolding.history.get(post_id=post.pk)
    assert (version.history_who, version.history_post) == (
        administrator.display_name,
        administrator.post.title,
    )


def test_nobody_is_appointed_twice_to_a_post_at_a_time(administrator, siro):
    given = {"person": siro.pk, "kind": "substantive", **typed("from_on", today())}
    body = page(administrator, f"/people/posts/{siro.post.code}/appoint/", **given)
    assert "already holds this post then" in body


def test_the_administrator_cannot_appoint_themselves(administrator, siro):
    address = f"/people/posts/{siro.post.code}/appoint/"
    given = {"person": administrator.pk, "kind": "substantive", **typed("from_on", today())}
    assert "There is a problem" in page(administrator, address, **given)
    assert not administrator.has_perm("people.appoint", administrator)
    assert PostHolding.objects.filter(person=administrator).count() == 1


def test_a_deactivated_person_is_not_appointed(administrator):
    post, leaver = PostFactory(), UserFactory()
    leaver.deactivate(today())
    given = {"person": leaver.pk, "kind": "substantive", **typed("from_on", today())}
    assert "There is a problem" in page(administrator, f"/people/posts/{post.code}/appoint/", **given)


def test_the_administrator_gives_a_role_for_a_unit(administrator):
    post, unit = PostFactory(), UnitFactory()
    given = {"role": "iao", "unit": unit.pk, **typed("from_on", date(2016, 4, 1))}
    page(administrator, f"/people/posts/{post.code}/give-role/", **given)
    assigned = RoleAssignment.objects.get(post=post)
    assert (assigned.role, assigned.unit, assigned.from_on) == ("iao", unit, date(2016, 4, 1))


def test_a_role_is_not_given_twice(administrator, siro):
    given = {"role": "siro", "unit": "", **typed("from_on", today())}
    body = page(administrator, f"/people/posts/{siro.post.code}/give-role/", **given)
    assert "The post has this role then already" in body


@pytest.mark.parametrize("begins", [-400, 0, 30])
def test_the_administrator_cannot_give_a_role_to_a_post_that_is_or_will_be_theirs(administrator, begins):
    post = PostFactory()
    PostHoldingFactory(post=post, person=administrator, from_on=today() + timedelta(days=begins))
    client = signed_in(administrator)
    given = {"role": "siro", "unit": "", **typed("from_on", today())}
    assert client.post(f"/people/posts/{post.code}/give-role/", given).status_code == 403
    assert not RoleAssignment.objects.filter(post=post).exists()


def test_the_administrator_may_give_a_role_to_a_post_that_was_theirs_once(administrator):
    post = PostFactory()
    PostHoldingFactory(post=post, person=administrator, until_on=date(2016, 1, 1))
    assert administrator.has_perm("people.give_role", post)


def test_an_administrator_of_a_unit_alone_administers_nothing():
    person = play("local_administrator", Role.ADMINISTRATOR, UnitFactory())
    assert not person.has_perm("people.administer")


def test_a_role_taken_away_is_gone_at_the_next_request(administrator, siro):
    client = signed_in(siro)
    assert client.get(DIRECTORY).status_code == 200
    RoleAssignment.objects.filter(post=siro.post).update(until_on=today() - timedelta(days=1))
    assert client.get(DIRECTORY).status_code == 403


@pytest.mark.parametrize("what", ["holdings", "roles"])
def test_what_is_ended_stays_on_record_with_its_last_day(administrator, siro, what):
    dated = {"holdings": PostHolding, "roles": RoleAssignment}[what].objects.get(post=siro.post)
    body = page(administrator, f"/people/{what}/{dated.pk}/end/", **typed("until_on", YESTERDAY))
    dated.refresh_from_db()
    assert dated.until_on == YESTERDAY
    assert long_date(YESTERDAY) in body


@pytest.mark.parametrize("what", ["holdings", "roles"])
def test_nothing_ends_before_it_begins(administrator, siro, what):
    dated = DATED[what].objects.get(post=siro.post)
    DATED[what].objects.filter(pk=dated.pk).update(from_on=TOMORROW)
    body = page(administrator, f"/people/{what}/{dated.pk}/end/", **typed("until_on", today()))
    assert f"Last day must be {long_date(TOMORROW)} or later" in body
    assert "There is a problem" in body


@pytest.mark.parametrize("what", DATED)
def test_what_has_been_is_not_shortened_and_what_ends_is_not_prolonged(administrator, siro, what):
    dated = DATED[what].objects.get(post=siro.post)
    dated.end(TOMORROW)
    address = f"/people/{what}/{dated.pk}/end/"
    before_yesterday, later = YESTERDAY - timedelta(days=1), TOMORROW + timedelta(days=1)

    assert f"{long_date(YESTERDAY)} or later" in page(
        administrator, address, **typed("until_on", before_yesterday)
    )
    assert f"{long_date(TOMORROW)} or earlier" in page(administrator, address, **typed("until_on", later))
    dated.refresh_from_db()
    assert dated.until_on == TOMORROW


@pytest.mark.parametrize("what", DATED)
def test_what_is_over_stays_as_it_was(administrator, siro, what):
    dated = DATED[what].objects.get(post=siro.post)
    dated.end(YESTERDAY)
    address = f"/people/{what}/{dated.pk}/end/"

    assert signed_in(administrator).post(address, typed("until_on", TOMORROW)).status_code == 403
    dated.refresh_from_db()
    assert dated.until_on == YESTERDAY
    assert address not in page(administrator, siro.post.get_absolute_url())


def test_the_administrator_comes_into_no_role_by_leaving_a_post_and_coming_back(administrator):
    post = PostFactory()
    holding = PostHoldingFactory(post=post, person=administrator)
    client = signed_in(administrator)
    end, give = f"/people/holdings/{holding.pk}/end/", f"/people/posts/{post.code}/give-role/"

    client.post(end, typed("until_on", YESTERDAY))
    client.post(give, {"role": "siro", "unit": "", **typed("from_on", today())})
    client.post(end, typed("until_on", TOMORROW))

    assert not User.objects.get(pk=administrator.pk).holds(Role.SIRO)


def test_the_administrator_who_was_in_a_post_until_yesterday_is_not_put_back_by_its_end(administrator):
    post = RoleAssignmentFactory(role=Role.SIRO).post
    holding = PostHoldingFactory(post=post, person=administrator, until_on=YESTERDAY)
    address = f"/people/holdings/{holding.pk}/end/"

    assert signed_in(administrator).post(address, typed("until_on", TOMORROW)).status_code == 403
    assert not User.objects.get(pk=administrator.pk).holds(Role.SIRO)


def test_the_administrator_ends_nothing_of_their_own(administrator):
    own = [PostHolding.objects.get(person=administrator), RoleAssignment.objects.get(post=administrator.post)]
    for dated, what in zip(own, DATED, strict=True):
        address = f"/people/{what}/{dated.pk}/end/"
        assert signed_in(administrator).post(address, typed("until_on", today())).status_code == 403
        assert address not in page(administrator, administrator.post.get_absolute_url())


def test_an_administrator_ends_the_time_of_another_in_the_post_they_share(administrator):
    holding = PostHoldingFactory(post=administrator.post)
    page(administrator, f"/people/holdings/{holding.pk}/end/", **typed("until_on", today()))
    holding.refresh_from_db()
    assert holding.until_on == today()


def test_the_administrator_deactivates_a_leaver_whose_posts_then_end(administrator, siro):
    client = signed_in(siro)
    body = page(administrator, f"/people/accounts/{siro.pk}/deactivate/", sure="yes")
    assert f"{siro} can no longer sign in" in body
    assert client.get(DIRECTORY).status_code == 302
    assert siro.post in Post.objects.vacant(today() + timedelta(days=1))


def test_the_administrator_cannot_deactivate_themselves(administrator):
    assert (
        signed_in(administrator).post(f"/people/accounts/{administrator.pk}/deactivate/").status_code == 403
    )
    assert User.objects.get(pk=administrator.pk).is_active


def test_all_accounts_are_listed_with_their_posts(administrator, siro, django_assert_max_num_queries):
    UserFactory.create_batch(20)
    client = signed_in(administrator)
    with django_assert_max_num_queries(12):
        body = client.get(reverse("people:persons")).content.decode()
    assert siro.email in body
    assert siro.post.title in body


def test_nothing_is_added_to_a_form_by_who_fills_it_in(administrator):
    post, person = PostFactory(), UserFactory()
    planted = {
        "post": administrator.post.pk,
        "until_on": "2030-01-01",
        "id": 1,
        "is_active": "",
        "recorded_by": 1,
    }
    given = {"person": person.pk, "kind": "substantive", **typed("from_on", date(2016, 4, 1))}
    page(administrator, f"/people/posts/{post.code}/appoint/", **given, **planted)
    made = PostHolding.objects.get(person=person)
    assert (made.post, made.until_on) == (post, None)


def test_a_person_with_a_hostile_name_is_shown_as_text(administrator):
    PostHoldingFactory(
        person=UserFactory(display_name='<script>alert("x")</script>'), post=administrator.post
    )
    body = page(administrator, DIRECTORY) + page(administrator, "/people/accounts/")
    assert "<script>alert" not in body
    assert body.count("&lt;script&gt;alert") >= 2


def test_the_day_is_written_out(administrator, siro):
    holding = PostHolding.objects.get(Q(post=siro.post))
    assert long_date(holding.from_on) in page(administrator, siro.post.get_absolute_url())
