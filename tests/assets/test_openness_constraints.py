"""What the database refuses about obligations to publish, publications and the public's contact."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from assets.models import Frequency, Publication
from tests.assets.factories_sharing import ObligationFactory, PublicationFactory

pytestmark = pytest.mark.django_db


def assert_refused(constraint, write):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("obligation_reference_is_like_tc_0001", {"reference": "LGTC-1"}),
        ("obligation_names_dataset_and_basis", {"title": ""}),
        ("obligation_names_dataset_and_basis", {"basis": ""}),
        ("obligation_that_does_not_apply_says_why", {"applies": False}),
        ("obligation_stars_are_0_to_5", {"stars": 6}),
        ("obligation_with_stars_has_a_licence", {"stars": 3}),
    ],
)
def test_an_obligation_is_refused(constraint, fields):
    assert_refused(constraint, lambda: ObligationFactory(**fields))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("frequency_term_is_of_dublin_core", {"term": "annual"}),
        ("frequency_is_at_most_every_ten_years", {"months": 121}),
        ("frequency_is_at_most_every_ten_years", {"months": 0}),
        ("frequency_is_at_most_every_ten_years", {"allowed_months": 25}),
        ("frequency_has_code_and_name", {"name": ""}),
    ],
)
def test_a_frequency_is_refused(constraint, fields):
    fine = {"code": "sometimes", "name": "Sometimes", "term": "freq:irregular"}
    assert_refused(constraint, lambda: Frequency.objects.create(**fine | fields))


def test_a_publication_can_be_shown():
    assert_refused("publication_can_be_shown", lambda: PublicationFactory(evidence=""))
    assert PublicationFactory(evidence="", address="https://data.northmere.example/spend").pk


def test_a_publication_is_never_changed():
    publication = PublicationFactory()
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(covers_until=date(2016, 6, 30))


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2200, 1, 1)])
def test_a_publication_covers_days_that_can_be_reckoned_on(day):
    assert_refused("publication_covers_days_of_our_time", lambda: PublicationFactory(covers_until=day))
