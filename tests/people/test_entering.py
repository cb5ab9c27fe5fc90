"""After its first day a council goes on: the administrator enters people, units and posts."""

from datetime import timedelta

import pytest
from django.core import mail

from governance.core.dates import today
from governance.people.models import OrganisationalUnit, Post, PostHolding, Role, User
from tests.cast import play, signed_in
from tests.factories import PostFactory, PostHoldingFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
PERSON, UNIT, POST = "/people/accounts/new/", "/people/units/new/", "/people/new-post/"
LEAVING = {"from_on_day": 1, "from_on_month": 4, "from_on_year": 2024}


def send(person, address, **given):
    """The page that comes of it."""
    return signed_in(person).post(address, given, follow=True).content.decode()


def test_a_person_is_entered_and_told_how_to_set_a_password(administrator):
    body = send(administrator, PERSON, email="New.Officer@northmere.example", display_name="New officer")
    person = User.objects.get(email="new.officer@northmere.example")

    assert not person.has_usable_password()
    assert "New officer is entered. To set a password, they ask for a link at" in body
    assert "/accounts/password/reset/" in body
    assert body.count("new.officer@northmere.example") == 1
    assert person.history.get().history_who == administrator.display_name


def test_who_was_entered_sets_a_password_by_mail(administrator, client):
    send(administrator, PERSON, email="new@northmere.example", display_name="New officer")
    client.post("/accounts/password/reset/", {"email": "new@northmere.example"})
    assert "/reset/key/" in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("email", "name", "sentence"),
    [
        ("IAO@northmere.example", "Another", "Somebody already has an account with this e-mail address"),
        ("not an address", "Another", "Email address must be an e-mail address, such as name@example.com"),
        ("", "Another", "Enter the email address"),
        ("another@northmere.example", " ", "Enter the name"),
        ("another@northmere.example", "a\x00b", "cannot be kept"),
        ("another@northmere.example", "x" * 201, "Name must be 200 characters or fewer"),
    ],
)
def test_a_person_who_cannot_be_is_refused_with_a_sentence(administrator, email, name, sentence):
    UserFactory(email="iao@northmere.example")
    before = User.objects.count()
    assert sentence in send(administrator, PERSON, email=email, display_name=name)
    assert User.objects.count() == before


def test_a_unit_is_entered_below_another_and_a_post_in_it(administrator):
    above = UnitFactory()
    send(administrator, UNIT, name="Housing", code="housing", parent=above.pk, **LEAVING)
    unit = OrganisationalUnit.objects.get(code="housing")
    body = send(administrator, POST, title="Head of housing", code="head-of-housing", unit=unit.pk)
    post = Post.objects.get(code="head-of-housing")

    assert (unit.parent, post.unit) == (above, unit)
    assert "Head of housing is entered" in body
    assert post in Post.objects.vacant(today())
    assert not post.role_assignments.exists()


def test_a_code_that_is_taken_or_not_one_is_refused_with_a_sentence(administrator):
    unit = UnitFactory(code="housing")
    PostFactory(code="head-of-housing")
    assert "A unit already has this code" in send(administrator, UNIT, name="H", code="housing", **LEAVING)
    assert "A post already has this code" in send(
        administrator, POST, title="H", code="head-of-housing", unit=unit.pk
    )
    assert "There is a problem" in send(administrator, POST, title="H", code="head of housing", unit=unit.pk)


def test_a_post_is_not_entered_in_a_unit_that_is_no_more(administrator):
    gone = UnitFactory(until_on=today() - timedelta(days=1))
    assert "There is a problem" in send(administrator, POST, title="H", code="head", unit=gone.pk)
    assert not Post.objects.filter(code="head").exists()


def test_nothing_planted_in_the_form_makes_an_account_that_is_open(administrator):
    send(
        administrator,
        PERSON,
        email="new@northmere.example",
        display_name="New",
        password="known to me",
        is_active="",
        last_login="2030-01-01",
    )
    person = User.objects.get(email="new@northmere.example")
    assert (person.is_active, person.has_usable_password(), person.last_login) == (True, False, None)


def test_who_is_deactivated_does_not_come_into_a_post_that_begins_later(administrator):
    leaver = play("leaver", Role.IAO)
    later = PostHoldingFactory(person=leaver, from_on=today() + timedelta(days=30))
    send(administrator, f"/people/accounts/{leaver.pk}/deactivate/", sure="yes")

    assert not PostHolding.objects.not_over(today() + timedelta(days=1)).filter(person=leaver).exists()
    assert later.history.latest().history_type == "-"
