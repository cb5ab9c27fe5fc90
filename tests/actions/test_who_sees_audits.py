"""Audits are seen by who reads the registers, and by who may open a plan that answers them."""

import pytest

from actions.models import Audit, FollowUp, FollowUpRating, Quotation, Recommendation
from tests.actions.factories_audits import AnsweringFactory, FollowUpFactory, QuotationFactory, rating_of
from tests.cast import signed_in
from tests.doors.who import READERS, ROLES
from tests.factories import ActionFactory, RecommendationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(cast):
    """For each owner what was said in the audit that their plan answers: by model, the pair of keys."""
    audits = [each.action.plan.audit for each in (cast["owner"], cast["other_owner"])]
    quoted = [QuotationFactory(held__audit=audit) for audit in audits]
    asked = [RecommendationFactory(audit=audit) for audit in audits]
    returns = [FollowUpFactory(audit=audit) for audit in audits]
    for returned, one in zip(returns, asked, strict=True):
        returned.rate({one.pk: rating_of("partly")})
    rated = [returned.ratings.get() for returned in returns]
    return {
        model: tuple(each.pk for each in pair)
        for model, pair in (
            (Audit, audits),
            (Quotation, quoted),
            (Recommendation, asked),
            (FollowUp, returns),
            (FollowUpRating, rated),
        )
    }


@pytest.fixture
def seen(said):
    return lambda person, model: set(model.objects.visible_to(person).values_list("pk", flat=True))


def test_an_owner_sees_the_audits_of_own_plans_and_no_others(cast, said, seen):
    for model, (own, other) in said.items():
        assert seen(cast["owner"], model) == {own}
        assert seen(cast["other_owner"], model) == {other}


def test_readers_of_the_registers_see_all_of_them(cast, said, seen):
    for who in READERS:
        assert all(seen(cast[who], model) >= set(keys) for model, keys in said.items()), who


def test_who_reads_nothing_and_owns_nothing_sees_none(cast, said, seen):
    for who in ROLES - READERS | {"outsider"}:
        assert all(seen(cast[who], model) == set() for model in said), who


def test_the_page_of_a_recommendation_names_no_action_that_its_reader_may_not_open(owner, other_owner):
    asked = RecommendationFactory(audit=owner.action.plan.audit)
    hidden = ActionFactory(plan=owner.action.plan, recommendation=asked, title="Hidden from the owner")
    AnsweringFactory(recommendation=asked, action=other_owner.action)
    page = signed_in(owner).get(asked.get_absolute_url()).content.decode()
    assert hidden.title not in page
    assert other_owner.action.title not in page
    assert "No action that you may open answers it." in page
    assert "Add an action" not in page
