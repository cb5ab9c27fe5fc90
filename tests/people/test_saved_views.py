"""What the database refuses about saved views and chosen columns, whoever writes it."""

import pytest
from django.db import IntegrityError, transaction

from governance.people.models import ChosenColumns, SavedView
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def assert_refused(constraint, write):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


def save(person, **values):
    return SavedView.objects.create(**{"person": person, "register": "assets", "name": "Mine"} | values)


def test_a_person_gives_a_name_to_one_view_of_a_register():
    person = UserFactory()
    save(person)
    assert_refused("saved_view_has_a_name_of_its_own", lambda: save(person, query="q=other"))

    save(person, register="risks")
    save(UserFactory())


def test_a_view_has_a_name():
    assert_refused("saved_view_has_a_name", lambda: save(UserFactory(), name=""))


def test_columns_are_chosen_once():
    person = UserFactory()
    ChosenColumns.objects.create(person=person, register="assets", codes="unit")
    assert_refused(
        "columns_are_chosen_once",
        lambda: ChosenColumns.objects.create(person=person, register="assets", codes="owner"),
    )

    ChosenColumns.objects.create(person=person, register="risks", codes="unit")


def test_another_view_cannot_be_given_a_name_that_is_taken():
    person = UserFactory()
    save(person)
    other = save(person, name="Other")
    assert_refused(
        "saved_view_has_a_name_of_its_own",
        lambda: SavedView.objects.filter(pk=other.pk).update(name="Mine"),
    )
