"""Overlap between plans: what may be said of two actions, and each piece of work counted once."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from actions import figures
from actions.models import Overlap, Status
from actions.models.overlap import groups
from actions.services.overlap import OverlapError, OverlapMovedError, say_otherwise
from governance.core.dates import LONDON, today
from governance.figures.moment import Moment, Scope
from tests.actions.factories_overlap import overlap_of
from tests.actions.pages import OPENED, a_plan, an_action, known, told
from tests.cast import signed_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MARCH, MAY = date(2016, 3, 1), date(2016, 5, 2)


@pytest.fixture
def plans():
    """Two plans: one with A-1 and A-2, the other with B-1, B-2 and B-3."""
    first, second = a_plan(code="first"), a_plan(code="second")
    found = {name: an_action(first, reference=name) for name in ("A-1", "A-2")}
    return found | {name: an_action(second, reference=name) for name in ("B-1", "B-2", "B-3")}


def both():
    return Scope(plans=("first", "second"))


def counted(moment=None, scope=None):
    rows = figures.overlap.counted_once.rows(moment or Moment.now(), scope or both())
    return sorted(rows.values_list("action__reference", flat=True))


def raw(action, other, **facts):
    """A row past the service."""
    facts = {"kind": "same", "reason": "So", "effective_on": MARCH} | facts
    return Overlap.objects.create(action=action, other=other, recorded_by=UserFactory(), **facts)


class TestWhatTheDatabaseRefuses:
    @pytest.mark.parametrize(
        ("facts", "constraint"),
        [({"kind": "like"}, "overlap_kind_is_known"), ({"reason": ""}, "overlap_gives_a_reason")],
    )
    def test_a_kind_unknown_and_no_reason(self, plans, facts, constraint):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            raw(plans["A-1"], plans["B-1"], **facts)

    def test_the_later_action_first_and_an_action_with_itself(self, plans):
        for one, other in (("B-1", "A-1"), ("A-1", "A-1")):
            with pytest.raises(IntegrityError, match="overlap_names_the_earlier_first"), transaction.atomic():
                raw(plans[one], plans[other])

    def test_a_pair_that_begins_twice(self, plans):
        raw(plans["A-1"], plans["B-1"])
        with pytest.raises(IntegrityError, match="overlap_of_a_pair_begins_once"), transaction.atomic():
            raw(plans["A-1"], plans["B-1"], kind="supports")

    def test_two_actions_of_one_plan(self, plans):
        with pytest.raises(IntegrityError, match="two plans") as wrong, transaction.atomic():
            raw(plans["B-1"], plans["B-2"])
        assert wrong.value.__cause__.diag.constraint_name == "overlap_is_between_two_plans"

    def test_a_correction_of_what_was_said_of_another_pair(self, plans):
        said = raw(plans["A-1"], plans["B-1"])
        for facts in ({}, {"void": True}):
            with pytest.raises(IntegrityError) as wrong, transaction.atomic():
                raw(plans["A-1"], plans["B-2"], corrects=said, **facts)
            assert wrong.value.__cause__.diag.constraint_name == "overlap_corrects_the_same_pair"
        assert raw(plans["A-1"], plans["B-1"], corrects=said, kind="supports").corrects == said

    def test_a_change_of_what_was_said(self, plans):
        said = raw(plans["A-1"], plans["B-1"])
        with pytest.raises(DatabaseError), transaction.atomic():
            Overlap.objects.filter(pk=said.pk).update(kind="supports")


class TestSaying:
    def test_from_either_side_it_is_the_same_statement(self, plans):
        said = overlap_of(plans["B-1"], plans["A-1"], "part_of")
        assert (said.action, said.other, said.kind) == (plans["A-1"], plans["B-1"], "whole_of")
        assert said.seen_from(plans["B-1"]) == "part_of"
        assert said.seen_from(plans["A-1"]) == "whole_of"
        assert str(said) == "A-1 includes B-1"

    @pytest.mark.parametrize("kind", Overlap.Kind)
    def test_turned_round_twice_every_kind_is_itself(self, kind):
        assert kind.turned_round.turned_round == kind

    def test_it_holds_from_the_day_on_which_both_were_open(self, plans):
        late = an_action(plans["B-1"].plan, reference="B-9", opened_on=MAY, **known(MAY))
        assert overlap_of(plans["A-1"], late).effective_on == MAY
        assert overlap_of(plans["A-1"], plans["B-1"]).effective_on == OPENED

    def test_actions_of_one_plan_do_not_overlap(self, plans):
        with pytest.raises(OverlapError, match="on the same plan"):
            overlap_of(plans["B-1"], plans["B-2"])

    def test_it_is_said_once_of_a_pair_from_whichever_side(self, plans):
        overlap_of(plans["A-1"], plans["B-1"])
        with pytest.raises(OverlapError, match="A-1 is the same as B-1"):
            overlap_of(plans["B-1"], plans["A-1"], "supports")

    def test_taken_back_it_may_be_said_again_and_the_trail_keeps_all(self, plans):
        first = overlap_of(plans["A-1"], plans["B-1"])
        gone = say_otherwise(first, None, of=plans["A-1"], reason="Wrong course", by=UserFactory())
        assert str(gone) == "A-1 is the same as B-1: never so"
        assert counted() == ["A-1", "A-2", "B-1", "B-2", "B-3"]
        again = overlap_of(plans["B-1"], plans["A-1"])
        assert again.corrects == gone
        assert counted() == ["A-1", "A-2", "B-2", "B-3"]
        assert Overlap.objects.count() == 3

    @pytest.mark.parametrize("kind", ["same", None])
    def test_what_never_was_so_is_not_changed_but_said_anew(self, plans, kind):
        first = overlap_of(plans["A-1"], plans["B-1"])
        gone = say_otherwise(first, None, of=plans["A-1"], reason="Wrong course", by=UserFactory())
        with pytest.raises(OverlapMovedError):
            say_otherwise(gone, kind, of=plans["A-1"], reason="Again", by=UserFactory())
        assert Overlap.objects.count() == 2

    def test_of_two_who_change_it_the_second_is_told(self, plans):
        seen = overlap_of(plans["A-1"], plans["B-1"])
        say_otherwise(seen, "supports", of=plans["B-1"], reason="Not all of it", by=UserFactory())
        with pytest.raises(OverlapMovedError):
            say_otherwise(seen, None, of=plans["A-1"], reason="Not at all", by=UserFactory())
        standing = Overlap.objects.standing(Moment.now()).get()
        assert standing.seen_from(plans["B-1"]) == "supports"


class TestCountedOnce:
    def test_the_union_is_both_plans_less_what_is_the_same(self, plans):
        overlap_of(plans["A-1"], plans["B-1"])
        overlap_of(plans["A-2"], plans["B-2"], "supports")
        overlap_of(plans["A-2"], plans["B-3"], "part_of")
        assert counted() == ["A-1", "A-2", "B-2", "B-3"]
        assert figures.overlap.repeated.value(Moment.now(), both()) == 1
        assert figures.overlap.overlapping.value(Moment.now(), both()) == 5

    def test_what_overlaps_says_with_which_actions_and_how_from_its_own_side(self, plans, ig_officer):
        overlap_of(plans["A-1"], plans["B-2"], "part_of")
        overlap_of(plans["A-1"], plans["B-1"])
        found = figures.overlap.overlapping.rows(Moment.now(), both()).order_by("action__reference")
        assert [*found.values_list("action__reference", "overlaps_with", "overlaps_how")] == [
            ("A-1", "B-1, B-2", "Is the same as B-1; Is part of B-2"),
            ("B-1", "A-1", "Is the same as A-1"),
            ("B-2", "A-1", "Includes A-1"),
        ]
        address = figures.overlap.overlapping.address(Moment.now(), both())
        page = signed_in(ig_officer).get(address)
        assert "Includes A-1" in page.content.decode()
        assert ("Plans", f"{plans['A-1'].plan.title} (first)") in page.context["counted"]

    def test_each_plan_alone_counts_its_own(self, plans):
        overlap_of(plans["A-1"], plans["B-1"])
        assert counted(scope=Scope(plans=("first",))) == ["A-1", "A-2"]
        assert counted(scope=Scope(plans=("second",))) == ["B-1", "B-2", "B-3"]

    def test_through_a_third_plan_two_actions_are_the_same_even_when_it_is_not_in_scope(self, plans):
        third = an_action(a_plan(code="third"), reference="C-1")
        overlap_of(plans["A-1"], third)
        overlap_of(third, plans["B-1"])
        assert counted() == ["A-1", "A-2", "B-2", "B-3"]
        assert len(counted(scope=Scope())) == 4

    def test_two_of_one_plan_are_one_where_both_are_the_same_as_one_of_another_and_the_figure_says_so(
        self, plans
    ):
        overlap_of(plans["A-1"], plans["B-1"])
        overlap_of(plans["A-2"], plans["B-1"])
        assert counted(scope=Scope(plans=("first",))) == ["A-1"]
        for figure in (figures.overlap.counted_once, figures.overlap.repeated):
            assert "two of one plan can be, where both are the same as one of another" in figure.definition

    def test_a_ring_of_three_counts_once(self, plans):
        third = an_action(a_plan(code="third"), reference="C-1")
        for one, other in ((plans["A-1"], third), (third, plans["B-1"]), (plans["A-1"], plans["B-1"])):
            overlap_of(one, other)
        assert len(counted(scope=Scope())) == 4

    @pytest.mark.parametrize(
        ("ours", "theirs", "counts"),
        [
            (Status.COMPLETED, Status.IN_PROGRESS, "B-1"),
            (Status.IN_PROGRESS, Status.COMPLETED, "A-1"),
            (Status.WITHDRAWN, Status.COMPLETED, "B-1"),
            (Status.AWAITING_APPROVAL, Status.IN_PROGRESS, "B-1"),
            (Status.COMPLETED, Status.COMPLETED, "A-1"),
        ],
    )
    def test_the_least_far_along_counts_so_that_nothing_is_done_by_its_twin(
        self, plans, ours, theirs, counts
    ):
        overlap_of(plans["A-1"], plans["B-1"])
        told(plans["A-1"], ours, MARCH)
        told(plans["B-1"], theirs, MARCH)
        assert counts in counted()
        assert {"A-1": "B-1", "B-1": "A-1"}[counts] not in counted()

    def test_by_status_it_adds_up_to_the_union(self, plans):
        overlap_of(plans["A-1"], plans["B-1"])
        told(plans["A-1"], Status.COMPLETED, MARCH)
        found = figures.overlap.counted_once.by(Moment.now(), both(), "status")
        assert found == {"not_started": 4}

    def test_what_was_not_known_then_does_not_change_what_was_told_then(self, plans):
        told_then = Moment.of(MAY, MAY)
        before = counted(told_then)
        overlap_of(plans["A-1"], plans["B-1"])
        assert counted(told_then) == before
        assert len(counted(Moment.of(MAY))) == len(before) - 1

    def test_history_brought_in_counts_from_when_it_was_known(self, plans):
        overlap_of(plans["A-1"], plans["B-1"], **known(MARCH))
        assert len(counted(Moment.of(MAY, MAY))) == 4
        assert len(counted(Moment(MAY, datetime(2016, 2, 28, tzinfo=LONDON)))) == 5

    def test_an_action_not_yet_open_takes_the_place_of_none(self, plans):
        late = an_action(plans["B-1"].plan, reference="B-9", opened_on=MAY, **known(MAY))
        overlap_of(plans["A-1"], late)
        assert "A-1" in counted(Moment.of(MARCH))

    def test_twins_of_what_is_completed_are_asked_about_until_they_are_closed(self, plans):
        overlap_of(plans["A-1"], plans["B-1"])
        overlap_of(plans["A-2"], plans["B-2"], "supports")
        for name in ("A-1", "A-2"):
            told(plans[name], Status.COMPLETED, MARCH)
        asked = figures.overlap.twin_completed.rows(Moment.now(), Scope())
        assert [row.action.reference for row in asked] == ["B-1"]
        told(plans["B-1"], Status.WITHDRAWN, MAY)
        assert not figures.overlap.twin_completed.value(Moment.now(), Scope())

    def test_whatever_overlaps_the_counting_asks_no_more_of_the_database(
        self, plans, django_assert_max_num_queries
    ):
        for n in range(12):
            overlap_of(plans["A-1"], an_action(a_plan(code=f"more-{n}"), reference=f"M-{n}"))
        with django_assert_max_num_queries(3):
            assert figures.overlap.counted_once.value(Moment.of(today()), Scope()) == 5


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], []),
        ([(1, 2)], [{1, 2}]),
        ([(1, 2), (3, 4)], [{1, 2}, {3, 4}]),
        ([(1, 2), (3, 4), (2, 3)], [{1, 2, 3, 4}]),
        ([(1, 2), (2, 1), (1, 2)], [{1, 2}]),
        ([(3, 4), (1, 2), (5, 1), (4, 5)], [{1, 2, 3, 4, 5}]),
    ],
)
def test_what_hangs_together_by_pairs(pairs, expected):
    assert sorted(groups(pairs), key=min) == expected
