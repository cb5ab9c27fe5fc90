"""A row of a relation beside each row: looked up once, also where the rows are part of another question."""

from datetime import date

import pytest

from actions.models import Action, DateRevision, ProgressUpdate
from governance.core.joined import joined
from governance.figures.moment import Moment
from tests.actions.moving import move
from tests.actions.pages import an_action, known

pytestmark = pytest.mark.django_db

MARCH, MAY, JULY = date(2016, 3, 1), date(2016, 5, 2), date(2016, 7, 25)


@pytest.fixture
def rows():
    """Of two actions one was moved twice; each of their updates with the date that stands beside it."""
    moved = an_action(reference="M-1", due_on=MARCH)
    an_action(reference="M-2", due_on=MARCH)
    for due, on in ((MAY, date(2016, 2, 1)), (JULY, date(2016, 2, 2))):
        move(moved, due, on=on, **known(on))
    standing = DateRevision.objects.standing(Moment.now())
    return joined(ProgressUpdate.objects.all(), "action__date_revisions", standing, "revised")


def test_each_row_stands_once_with_the_one_beside_it_or_none(rows):
    found = rows.order_by("action__reference").values_list("action__reference", "revised__due_on")
    assert list(found) == [("M-1", JULY), ("M-2", None)]


def test_it_is_looked_up_once_for_all_that_asks_of_it(rows):
    found = rows.filter(revised__due_on__gt=MAY, revised__reason__gt="").values_list("revised__due_on")
    assert str(found.query).count('JOIN "actions_daterevision" revised') == 1
    assert list(found) == [(JULY,)]


def test_the_rows_may_be_part_of_another_question(rows):
    late = Action.objects.filter(pk__in=rows.filter(revised__due_on=JULY).values("action"))
    assert [each.reference for each in late] == ["M-1"]
    assert not Action.objects.exclude(reference="M-2").exclude(pk__in=late).exists()
