"""A post to hand over to is offered with who is in it, and no name stands there twice."""

import pytest

from governance.core.dates import today
from governance.dashboards.forms import HandOverForm
from governance.people.models import PostHolding
from tests.factories import PostFactory, PostHoldingFactory, UserFactory

pytestmark = pytest.mark.django_db


def offered():
    """What the select says of each post, without the line that asks to choose."""
    return [said for value, said in HandOverForm(posts=[]).fields["to"].choices if value]


def in_post(title, *names):
    post = PostFactory(title=title)
    for name in names:
        PostHoldingFactory(post=post, person=UserFactory(display_name=name), from_on=today())


def test_a_post_is_offered_with_who_is_in_it():
    in_post("Head of roads", "A. Smith", "B. Jones")
    assert offered() in (["Head of roads (A. Smith, B. Jones)"], ["Head of roads (B. Jones, A. Smith)"])


def test_a_person_who_goes_by_the_name_of_the_post_is_not_named_again():
    in_post("Head of roads", "Head of roads")
    in_post("Head of towns", "Head of towns", "C. Brown")
    assert offered() == ["Head of roads", "Head of towns (C. Brown)"]


def test_a_post_that_nobody_is_in_is_not_offered():
    in_post("Head of roads", "A. Smith")
    PostHolding.objects.update(until_on=today(), from_on=today())
    PostFactory(title="Empty")
    assert offered() == ["Head of roads (A. Smith)"]
