"""How far a post is with a paper, and answers of it, for tests."""

import pytest
from django.db import DatabaseError, transaction

from governance.committees.clearing import clearing_of
from governance.committees.services import clearance
from governance.core.dates import today
from tests.factories import PostFactory


def standing(clearer):
    found = clearing_of(clearer.paper)
    return next(each for each in found.posts if each.clearer.pk == clearer.pk)


def answered(clearer, person, outcome="cleared", comment="", seen=None):
    words = standing(clearer).words if seen is None else seen
    return clearance.answer(clearer, outcome=outcome, comment=comment, seen=words, by=person)


def clear(paper, by):
    """A post for all that the form of the paper wants cleared, with clearances brought in by a letter."""
    for part in clearing_of(paper).missing:
        clearer = clearance.name_clearer(paper, post=PostFactory(), part=part)
        (sending,) = clearance.send(paper, [clearer], by=by, document="Letter")
        clearance.bring_in(sending, outcome="cleared", answered_on=today(), document="Letter", by=by)


def refused_by(name, step):
    with pytest.raises(DatabaseError) as told, transaction.atomic():
        step()
    assert told.value.__cause__.diag.constraint_name == name
