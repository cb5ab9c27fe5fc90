"""Two administrators at the same moment: threads, connections and commits of their own."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from governance.core.dates import today
from governance.people.models import OrganisationalUnit, PostHolding, Role, RoleAssignment, User
from tests.cast import play, signed_in
from tests.factories import PostFactory, PostHoldingFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4
TODAY = {"from_on_day": today().day, "from_on_month": today().month, "from_on_year": today().year}


@pytest.fixture
def administrator():
    return play("administrator", Role.ADMINISTRATOR)


def at_once(sent):
    """Posts every (client, address, given) in a thread of its own; how often each status came back."""
    ready = Barrier(len(sent))

    def send(request):
        try:
            client, address, given = request
            ready.wait(timeout=60)
            return client.post(address, given).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(sent)) as pool:
        return Counter(pool.map(send, sent))


def clicked(person, address, given):
    return at_once([(signed_in(person), address, given)] * AT_ONCE)


def test_of_four_who_appoint_the_same_person_one_does_and_the_others_read_it(administrator):
    post, person = PostFactory(), UserFactory()
    given = {"person": person.pk, "kind": "substantive", **TODAY}
    assert clicked(administrator, f"/people/posts/{post.code}/appoint/", given) == {302: 1, 200: 3}
    assert PostHolding.objects.filter(post=post).count() == 1


def test_of_four_who_give_the_same_role_one_does_and_the_others_read_it(administrator):
    post = PostFactory()
    given = {"role": "siro", "unit": "", **TODAY}
    assert clicked(administrator, f"/people/posts/{post.code}/give-role/", given) == {302: 1, 200: 3}
    assert RoleAssignment.objects.filter(post=post).count() == 1


@pytest.mark.parametrize(
    ("address", "given", "model"),
    [
        ("/people/accounts/new/", {"email": "new@northmere.example", "display_name": "New"}, User),
        ("/people/units/new/", {"name": "Housing", "code": "housing", **TODAY}, OrganisationalUnit),
    ],
)
def test_of_four_who_enter_the_same_one_does_and_the_others_read_it(administrator, address, given, model):
    before = model.objects.count()
    assert clicked(administrator, address, given) == {302: 1, 200: 3}
    assert model.objects.count() == before + 1


def test_of_two_who_end_the_same_the_later_does_not_prolong_what_the_first_set(administrator):
    holding = PostHoldingFactory()
    days = [today(), today() + timedelta(days=30)]
    address = f"/people/holdings/{holding.pk}/end/"
    at_once(
        [
            (
                signed_in(administrator),
                address,
                {"until_on_day": day.day, "until_on_month": day.month, "until_on_year": day.year},
            )
            for day in days
        ]
    )
    holding.refresh_from_db()
    assert holding.until_on == days[0]
