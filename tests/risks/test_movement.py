"""What moved between two moments: each risk once, in one way, with the reason that was given."""

from datetime import timedelta

import pytest

from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.history.trail import signed
from governance.people.models import Role
from risks.figures import total
from risks.figures.movement import KINDS, NOUGHT, Between
from risks.models import Risk, RiskMatrix
from risks.representations.definition import shipped
from risks.services.assessment import correct
from risks.services.matrix import adopt, begin
from tests.cast import play
from tests.factories import RiskFactory
from tests.risks.factories import cell, in_force, score
from tests.risks.passing import Passing, known

pytestmark = pytest.mark.django_db(transaction=True)
EARLIER = today() - timedelta(days=60)
LATELY = today() - timedelta(days=10)
BEFORE = {"on": today() - timedelta(days=100), **known(100)}
SINCE = {"on": LATELY, **known(10)}


@pytest.fixture
def siro(db):
    return play("siro", Role.SIRO)


def moved(person, scope=None, **asked):
    between = Between(Moment.of(EARLIER, EARLIER), Moment.now(), scope or Scope(), person)
    return between.movement(**asked)


@pytest.fixture
def risks(siro, owner_connection):
    """Seven risks of a hundred days ago, of which one has no score; then each has a story of its own."""
    time = Passing(owner_connection)
    found = {
        name: RiskFactory(title=name) for name in ("up", "down", "same", "scored", "back", "left", "kept")
    }
    for name in ("up", "down", "same", "left", "kept"):
        score(found[name], 3, 3, **BEFORE)
    taken_back = score(found["back"], 4, 4, **BEFORE)
    time.days(100)
    found["new"] = RiskFactory(title="new")
    score(found["new"], 2, 2, reason="A new supplier", **SINCE)
    score(found["up"], 4, 3, reason="The supplier failed a test", by=siro, **SINCE)
    score(found["down"], 2, 3, reason="Laptops are encrypted", **SINCE)
    score(found["same"], 3, 3, reason="Reviewed, nothing changed", **SINCE)
    score(found["scored"], 1, 1, reason="First workshop", **SINCE)
    correct(taken_back, reason="Scored for another risk", by=siro, void=True)
    with signed(siro, reason="The system was switched off"):
        Risk.objects.filter(pk=found["left"].pk).update(state="closed")
    time.days(5)
    return found


def test_each_risk_moves_in_one_way_and_the_worst_stands_first(siro, risks, django_assert_num_queries):
    siro.holds(Role.SIRO)  # what somebody holds is read once
    with django_assert_num_queries(1):
        found = moved(siro)
    ways = {row.title: row.kind for row in found.rows}
    assert ways == {
        "up": "up", "new": "new", "scored": "scored", "back": "unscored", "down": "down", "left": "left"
    }  # fmt: skip
    assert [row.kind for row in found.rows] == [kind for kind in KINDS if kind != "again"]
    assert found.counts == NOUGHT | dict.fromkeys(ways.values(), 1)


def test_each_says_from_where_to_where_and_why(siro, risks):
    rows = {row.title: row for row in moved(siro).rows}
    assert (rows["up"].then_cell, rows["up"].now_cell) == (cell(3, 3).pk, cell(4, 3).pk)
    assert (rows["up"].reason, rows["up"].scored_on) == ("The supplier failed a test", LATELY)
    assert rows["up"].scored_as == siro.post_title
    assert rows["down"].reason == "Laptops are encrypted"
    assert (rows["new"].then_cell, rows["new"].reason) == (None, "A new supplier")
    assert (rows["left"].then_cell, rows["left"].now_cell) == (cell(3, 3).pk, None)
    assert rows["left"].change == "The system was switched off"
    assert (rows["back"].now_cell, rows["back"].reason) == (None, "")


def test_new_and_left_are_what_came_into_the_total_and_went_out_of_it(siro, risks):
    before, now = (set(total.rows(each, Scope()).values_list("id", flat=True)) for each in (
        Moment.of(EARLIER, EARLIER), Moment.now()
    ))  # fmt: skip
    counts = moved(siro).counts
    assert (counts["new"], counts["left"]) == (len(now - before), len(before - now))


def test_one_way_alone_can_be_listed_and_all_are_counted(siro, risks):
    found = moved(siro, kind="down")
    assert [row.title for row in found.rows] == ["down"]
    assert found.counts["up"] == 1


def test_a_list_goes_on_where_it_stopped(siro, risks):
    whole = [row.title for row in moved(siro).rows]
    assert [row.title for row in moved(siro, most=2).rows] == whole[:2]
    assert [row.title for row in moved(siro, start=2, most=10).rows] == whole[2:]
    beyond = moved(siro, start=90)
    assert (beyond.rows, beyond.counts["new"]) == ([], 1)


def test_under_another_matrix_a_score_is_neither_up_nor_down(siro, risks):
    adopt(begin(shipped()["four_by_four"]), from_on=today(), reason="Cabinet, minute 65")
    score(risks["kept"], 4, 4, on=today(), cell=cell(4, 4, RiskMatrix.objects.in_force(today())))
    assert [row.title for row in moved(siro, kind="again").rows] == ["kept"]
    assert moved(siro).counts["up"] == 1


def test_nothing_is_told_of_other_units(siro, risks):
    scope = Scope(units=(risks["up"].unit.code,))
    found = moved(siro, scope)
    assert [row.title for row in found.rows] == ["up"]
    assert found.counts == NOUGHT | {"up": 1}


def test_nothing_is_told_of_what_the_reader_may_not_open_whatever_is_asked(siro, risks):
    owner = play("the-owner", Role.IAO, risks["down"].unit)
    found = moved(owner)
    assert [row.title for row in found.rows] == ["down"]
    assert found.counts == NOUGHT | {"down": 1}


def test_a_risk_that_goes_to_another_unit_leaves_the_one_and_is_new_in_the_other(siro, risks):
    there, here = risks["up"].unit, risks["kept"].unit
    Risk.objects.filter(pk=risks["kept"].pk).update(unit=there)
    left = moved(siro, Scope(units=(here.code,)))
    assert [(row.title, row.kind) for row in left.rows] == [("kept", "left")]
    assert moved(siro, Scope(units=(there.code,))).counts == NOUGHT | {"up": 1, "new": 1}
    assert "kept" not in [row.title for row in moved(siro).rows]


def test_a_title_is_told_as_it_was_then(siro, risks):
    Risk.objects.filter(pk=risks["up"].pk).update(title="Renamed today")
    day = today() - timedelta(days=1)
    between = Between(Moment.of(EARLIER, EARLIER), Moment.of(day, day), Scope(), siro)
    assert "up" in [row.title for row in between.movement().rows]
    assert "Renamed today" in [row.title for row in moved(siro).rows]


def test_nothing_moved_where_nothing_is_there(siro):
    in_force()
    found = moved(siro)
    assert (found.counts, found.rows) == (NOUGHT, [])
