"""How far a post is with a paper, and answers of it, for tests."""

from governance.committees.clearing import clearing_of
from governance.committees.services import clearance


def standing(clearer):
    found = clearing_of(clearer.paper)
    return next(each for each in found.posts if each.clearer.pk == clearer.pk)


def answered(clearer, person, outcome="cleared", comment="", seen=None):
    words = standing(clearer).words if seen is None else seen
    return clearance.answer(clearer, outcome=outcome, comment=comment, seen=words, by=person)
