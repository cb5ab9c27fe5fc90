"""What the database refuses of clearances, whoever asks it."""

from datetime import timedelta

import pytest

from governance.committees import services
from governance.committees.models import ClearanceAnswer, Clearer, Sending
from governance.committees.services import clearance
from governance.core.dates import today
from governance.core.steps import StepError
from tests.committees.clearing import answered, refused_by, standing
from tests.factories import PostFactory, PostHoldingFactory

pytestmark = pytest.mark.django_db


def refused(sent, finance, clerk):
    """What the database refuses, by the name of what refuses it: the model and its fields."""
    first, outsider = sent.sendings.get(), PostHoldingFactory().person
    late = {"source_document": "Letter"}
    asked = {"clearer": sent, "number": 2, "sent_by": clerk}
    good = {
        "sending": first,
        "number": 1,
        "answered_by": finance,
        "outcome": "cleared",
        "version": first.version,
    }
    return {
        "post_is_asked_once_at_a_time": (Sending, asked),
        "clearance_is_not_of_the_future": (Sending, asked | late | {"sent_on": today() + timedelta(2)}),
        "clearance_is_of_the_standing_version": (ClearanceAnswer, good | {"version": "0" * 64}),
        "clearance_is_by_who_is_in_the_post": (ClearanceAnswer, good | {"answered_by": outsider}),
        "nobody_clears_an_own_paper": (ClearanceAnswer, good | {"answered_by": clerk}),
        "clearance_answers_the_last_request": (ClearanceAnswer, good | {"number": 2}),
        "clearance_comes_back_after_it_was_sent": (
            ClearanceAnswer,
            good | late | {"answered_on": today() - timedelta(5)},
        ),
        "returned_with_a_comment": (ClearanceAnswer, good | {"outcome": "returned"}),
        "clearance_is_given_or_refused": (ClearanceAnswer, good | {"outcome": "perhaps"}),
        "post_clears_a_paper_once": (Clearer, {"paper": sent.paper, "post": sent.post, "part": "legal"}),
        "post_clears_as_something_known": (
            Clearer,
            {"paper": sent.paper, "post": PostFactory(), "part": "x"},
        ),
    }


def test_the_database_refuses_what_no_clearance_may_be(sent, finance, clerk):
    for name, (model, facts) in refused(sent, finance, clerk).items():
        refused_by(name, lambda model=model, facts=facts: model.objects.create(**facts))
    post = PostFactory()
    refused_by("clearer_stays_the_same_post", lambda: Clearer.objects.update(post=post))


def test_a_version_is_answered_once_while_it_stands_and_nothing_is_sent_for_a_paper_that_is_issued(
    sent, finance, clerk
):
    answered(sent, finance)
    last = {"number": 2, "answered_by": finance, "outcome": "cleared", "version": standing(sent).version}
    first = sent.sendings.get()
    twice = "version_is_not_answered_twice_in_a_row"
    refused_by(twice, lambda: ClearanceAnswer.objects.create(sending=first, **last))
    services.issue(sent.paper, by=clerk)
    again = {"clearer": sent, "number": 2, "sent_by": clerk}
    refused_by("issued_paper_never_changes", lambda: Sending.objects.create(**again))
    with pytest.raises(StepError, match="has been issued already"):
        clearance.name_clearer(sent.paper, post=PostFactory(), part="other")
