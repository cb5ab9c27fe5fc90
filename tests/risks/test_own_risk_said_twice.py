"""Whose own a risk is, is said in Python for the pages and in SQL for every other door: they say the same.

Worlds are made by chance from a fixed beginning: who raises, owns, hands over, joins, leaves, scores,
corrects and asks, in any order. A world that they read differently is named by its number.
"""

from datetime import timedelta
from random import Random

import pytest
from django.db import IntegrityError, transaction

from governance.core.dates import today
from governance.core.refusals import rule_of
from governance.history.trail import signed
from governance.people.models import PostHolding, Role
from risks.models import Acceptance, AcceptanceRequest, Risk
from risks.permissions.acceptance import is_own
from risks.services.acceptance import answer, ask, before
from risks.services.assessment import correct
from tests.factories import PostFactory, PostHoldingFactory, RiskFactory, RoleAssignmentFactory
from tests.risks.factories import cell, in_force, score
from tests.risks.factories_acceptance import NEXT_SPRING, REFUSED

pytestmark = pytest.mark.django_db
OWN = "acceptance is given by another than who owns it"


def refused_by_the_database(risk, person):
    """By which rule the database refuses a row that the person accepts it by; "" where it would take it."""
    try:
        with transaction.atomic():
            Acceptance.objects.create(
                risk=risk, recorded_by=person, recorded_as="SIRO", answer="accepted", until=NEXT_SPRING,
                reason="x", **before(risk).as_columns(),
            )  # fmt: skip
            transaction.set_rollback(True)
    except IntegrityError as refused:
        return rule_of(refused)
    return ""


class World:
    """A risk, and two who may accept it."""

    def __init__(self, number):
        in_force()
        self.chance, self.number = Random(number), number
        self.people = [
            PostHoldingFactory(post=RoleAssignmentFactory(role=Role.SIRO).post).person for _ in "ab"
        ]
        self.posts = PostFactory.create_batch(3)
        with signed(self.anybody()):
            self.risk = RiskFactory(owner=self.chance.choice(self.posts))
        score(self.risk, 4, 4, by=self.anybody())

    def anybody(self):
        """One of the two, or a third."""
        return self.chance.choice([*self.people, PostHoldingFactory().person])

    def joins(self):
        PostHoldingFactory(
            person=self.anybody(),
            post=self.chance.choice(self.posts),
            from_on=today() - timedelta(days=self.chance.randrange(3)),
        )

    def leaves(self):
        held = PostHolding.objects.filter(post__in=self.posts, until_on=None).order_by("pk").first()
        if held:
            held.until_on = max(held.from_on, today() - timedelta(days=self.chance.randrange(3)))
            held.save()

    def is_handed_over(self):
        Risk.objects.filter(pk=self.risk.pk).update(owner=self.chance.choice(self.posts))

    def is_scored(self):
        score(self.risk, self.chance.randint(1, 5), 3, by=self.anybody(), on=today())

    def is_corrected(self):
        standing = (
            self.risk.assessments.filter(kind="current", corrected_by=None, void=False).order_by("pk").last()
        )
        last = self.risk.assessments.filter(kind="current", corrected_by=None, void=False).count() == 1
        void = not last and self.chance.random() < 0.5
        correct(standing, by=self.anybody(), reason="x", void=void, cell=cell(2, self.chance.randint(1, 5)))

    def is_asked_for(self):
        if not AcceptanceRequest.objects.unanswered().filter(risk=self.risk).exists():
            ask(self.risk, reason="x", by=self.anybody())

    def is_refused(self):
        by = self.chance.choice(self.people)
        answer(self.risk, REFUSED, seen=before(self.risk).token, reason="x", by=by)

    STEPS = (joins, leaves, is_handed_over, is_scored, is_corrected, is_asked_for, is_refused)


@pytest.mark.parametrize("number", range(24))
def test_python_and_the_database_say_the_same_of_whose_own_a_risk_is(number):
    world = World(number)
    for place in range(7):
        step = world.chance.choice(World.STEPS)
        step(world)
        risk = Risk.objects.get(pk=world.risk.pk)
        for person in world.people:
            fresh = type(person).objects.get(pk=person.pk)
            said = (number, place, step.__name__, person.pk)
            assert (OWN if is_own(fresh, risk) else "") == refused_by_the_database(risk, person), said


def test_the_worlds_hold_own_risks_and_others():
    found = set()
    for number in range(6):
        world = World(number)
        found |= {is_own(person, world.risk) for person in world.people}
    assert found == {True, False}
