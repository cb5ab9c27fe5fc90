"""A version of the matrix: whole when adopted, standing from its day on, written by one person at a time."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from governance.core.dates import today
from governance.core.steps import StepError
from governance.history.adopting import withdraw
from risks.models import MatrixCell, MatrixLevel, MatrixScale, RiskMatrix
from risks.representations.definition import Level, of_matrix, shipped
from risks.representations.matrix import oddities
from risks.services.matrix import adopt, begin, write

pytestmark = pytest.mark.django_db

FIVE, FOUR = shipped()["five_by_five"], shipped()["four_by_four"]
REASON = "Cabinet, minute 64"


@pytest.fixture
def draft():
    return begin(FIVE)


@pytest.fixture
def adopted(draft):
    return adopt(draft, from_on=date(2016, 4, 1), reason=REASON)


@contextmanager
def refused(rule):
    with pytest.raises(IntegrityError) as caught:
        yield
    assert caught.value.__cause__.diag.constraint_name.endswith(rule)


class TestShipped:
    @pytest.mark.parametrize("name", ["four_by_four", "five_by_five"])
    def test_what_is_shipped_comes_into_force_as_it_is(self, name):
        made = adopt(begin(shipped()[name]), from_on=today(), reason=REASON)
        assert of_matrix(made) == shipped()[name]
        assert oddities(of_matrix(made)) == []

    def test_a_grid_set_by_hand_needs_no_product(self):
        by_hand = ((1, 1, 2, 2, 2), (1, 2, 2, 3, 3), (2, 2, 3, 4, 4), (2, 3, 4, 4, 4), (3, 4, 4, 4, 4))
        made = adopt(begin(replace(FIVE, grid=by_hand)), from_on=today(), reason=REASON)
        assert of_matrix(made).grid == by_hand

    def test_each_new_version_has_the_next_number(self, draft):
        assert [begin(FOUR).number, begin(FOUR).number] == [draft.number + 1, draft.number + 2]


class TestInForce:
    def test_none_is_in_force_before_the_first(self, draft):
        assert RiskMatrix.objects.in_force(today()) is None

    def test_on_each_day_the_last_that_has_begun_is_in_force(self, adopted):
        later = adopt(begin(FOUR), from_on=today() + timedelta(days=30), reason=REASON)
        assert RiskMatrix.objects.in_force(today()) == adopted
        assert RiskMatrix.objects.in_force(date(2016, 3, 31)) is None
        assert RiskMatrix.objects.in_force(later.from_on) == later

    def test_a_second_version_is_not_in_force_from_a_day_that_is_past(self, adopted):
        with pytest.raises(StepError, match="a day that is past"):
            adopt(begin(FOUR), from_on=today() - timedelta(days=1), reason=REASON)

    def test_no_version_goes_before_one_that_is_planned(self, adopted):
        adopt(begin(FOUR), from_on=today() + timedelta(days=30), reason=REASON)
        with pytest.raises(StepError, match="Choose a later day"):
            adopt(begin(FOUR), from_on=today() + timedelta(days=30), reason=REASON)

    def test_the_database_keeps_the_order_too(self, adopted):
        other = begin(FOUR)
        with refused("risk_matrix_follows_the_last"), transaction.atomic():
            RiskMatrix.objects.filter(pk=other.pk).update(from_on=date(2015, 1, 1))

    def test_nor_does_the_database_let_a_version_begin_in_the_past(self, adopted):
        other = begin(FOUR)
        with refused("risk_matrix_is_not_in_force_from_the_past"), transaction.atomic():
            RiskMatrix.objects.filter(pk=other.pk).update(from_on=today() - timedelta(days=1))

    def test_what_is_adopted_twice_says_so(self, adopted):
        with pytest.raises(StepError, match="adopted already"):
            adopt(adopted, from_on=today(), reason=REASON)

    def test_a_version_to_come_goes_back_among_the_drafts_and_can_be_changed_again(self, adopted):
        planned = adopt(begin(FOUR), from_on=today() + timedelta(days=1), reason=REASON)
        withdraw(planned, reason="Not approved after all")
        write(planned, replace(FOUR, name="Ours"), seen=FOUR.digest)
        assert RiskMatrix.objects.get(pk=planned.pk).name == "Ours"

    def test_a_version_in_force_does_not_go_back(self, adopted):
        with pytest.raises(StepError, match="stands as it is"):
            withdraw(adopted, reason="x")
        with pytest.raises(StepError, match="a draft already"):
            withdraw(begin(FOUR), reason="x")


class TestStandingAsItIs:
    @pytest.mark.parametrize(
        "change", [{"name": "Other"}, {"appetite": 1}, {"tolerance": 4}, {"from_on": None}, {"size": 4}]
    )
    def test_a_version_in_force_never_changes(self, adopted, change):
        with refused("risk_matrix_in_force_stands"), transaction.atomic():
            RiskMatrix.objects.filter(pk=adopted.pk).update(**change)

    def test_a_version_to_come_changes_only_by_going_back_first(self):
        planned = adopt(begin(FOUR), from_on=today() + timedelta(days=1), reason=REASON)
        with refused("risk_matrix_in_force_stands"), transaction.atomic():
            RiskMatrix.objects.filter(pk=planned.pk).update(appetite=1)

    @pytest.mark.parametrize(
        ("model", "change"),
        [(MatrixLevel, {"name": "Other"}), (MatrixScale, {"meaning": "Other"}), (MatrixCell, {"impact": 5})],
    )
    def test_nor_do_its_parts(self, adopted, model, change):
        with refused("risk_matrix_in_force_stands"), transaction.atomic():
            model.objects.filter(matrix=adopted).update(**change)

    def test_nor_are_parts_added_or_taken_away(self, adopted):
        cell = adopted.cells.first()
        with refused("risk_matrix_in_force_stands"), transaction.atomic():
            MatrixCell.objects.create(matrix=adopted, likelihood=6, impact=6, level=cell.level)
        with refused("risk_matrix_in_force_stands"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM risks_matrixcell WHERE id = %s", [cell.pk])

    def test_a_part_stays_with_its_version(self, draft):
        other = begin(FOUR)
        with refused("matrix_part_stays_with_its_version"), transaction.atomic():
            MatrixLevel.objects.filter(matrix=draft, rank=1).update(matrix=other)

    def test_a_cell_holds_a_level_of_its_own_version(self, draft):
        foreign = begin(FOUR).levels.first()
        with refused("matrix_cell_holds_a_level_of_its_version"), transaction.atomic():
            MatrixCell.objects.filter(matrix=draft).update(level=foreign)


class TestWhole:
    def test_a_missing_cell_keeps_it_out_of_force(self, draft):
        MatrixCell.objects.filter(matrix=draft, likelihood=5, impact=5).update(impact=6)
        with refused("risk_matrix_is_whole"), transaction.atomic():
            RiskMatrix.objects.filter(pk=draft.pk).update(from_on=today())

    def test_so_does_a_missing_step(self, draft):
        MatrixScale.objects.filter(matrix=draft, axis="impact", number=5).update(number=6)
        with refused("risk_matrix_is_whole"), transaction.atomic():
            RiskMatrix.objects.filter(pk=draft.pk).update(from_on=today())

    def test_so_does_a_tolerance_beyond_the_last_level(self, draft):
        RiskMatrix.objects.filter(pk=draft.pk).update(tolerance=5)
        with refused("risk_matrix_is_whole"), transaction.atomic():
            RiskMatrix.objects.filter(pk=draft.pk).update(from_on=today())

    def test_so_does_a_rank_left_out(self, draft):
        MatrixLevel.objects.filter(matrix=draft, rank=4).update(rank=5)
        with refused("risk_matrix_is_whole"), transaction.atomic():
            RiskMatrix.objects.filter(pk=draft.pk).update(from_on=today())


@pytest.mark.parametrize(
    ("model", "change", "rule"),
    [
        (RiskMatrix, {"size": 2}, "risk_matrix_is_3_to_6_wide"),
        (RiskMatrix, {"size": 7}, "risk_matrix_is_3_to_6_wide"),
        (RiskMatrix, {"name": ""}, "risk_matrix_has_a_name"),
        (RiskMatrix, {"tolerance": 1}, "risk_matrix_tolerates_what_it_has_appetite_for"),
        (RiskMatrix, {"appetite": 0}, "risk_matrix_tolerates_what_it_has_appetite_for"),
        (MatrixLevel, {"tone": "pink"}, "matrix_level_has_a_known_tone"),
        (MatrixLevel, {"name": ""}, "matrix_level_has_a_name"),
        (MatrixLevel, {"review_months": 0}, "matrix_level_is_reviewed_within_5_years"),
        (MatrixLevel, {"belongs_on": "parish"}, "matrix_level_belongs_on_a_register"),
        (MatrixLevel, {"rank": 7}, "matrix_level_is_ranked_1_to_6"),
        (MatrixScale, {"axis": "mood"}, "matrix_step_is_on_an_axis"),
        (MatrixScale, {"number": 7}, "matrix_step_is_1_to_6"),
        (MatrixScale, {"name": ""}, "matrix_step_has_a_name"),
        (MatrixCell, {"impact": 7}, "matrix_cell_is_1_to_6"),
    ],
)
def test_the_database_keeps_each_rule(draft, model, change, rule):
    row = model.objects.filter(**({"pk": draft.pk} if model is RiskMatrix else {"matrix": draft})).first()
    with refused(rule), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**change)


@pytest.mark.parametrize(
    ("model", "change", "rule"),
    [
        (MatrixLevel, {"rank": 1}, "matrix_level_has_its_rank"),
        (MatrixScale, {"number": 1}, "matrix_step_has_its_number"),
        (MatrixCell, {"likelihood": 1, "impact": 1}, "matrix_cell_is_once"),
    ],
)
def test_nothing_is_there_twice(draft, model, change, rule):
    with refused(rule), transaction.atomic():
        model.objects.filter(pk=model.objects.filter(matrix=draft).last().pk).update(**change)


@pytest.mark.parametrize(
    ("model", "rule"), [(MatrixLevel, "level_has_its_name"), (MatrixScale, "step_has_its_name")]
)
def test_no_two_share_a_word(draft, model, rule):
    with refused(rule), transaction.atomic():
        rows = list(model.objects.filter(matrix=draft)[:2])
        model.objects.filter(pk=rows[1].pk).update(name=rows[0].name)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class TestWriting:
    def test_only_what_changed_leaves_a_version(self, draft):
        changed = replace(FIVE, grid=(*FIVE.grid[:4], (2, 3, 4, 4, 4)))
        before = MatrixCell.history.filter(matrix_id=draft.pk).count()
        write(draft, changed, seen=FIVE.digest)
        assert of_matrix(draft) == changed
        assert MatrixCell.history.filter(matrix_id=draft.pk).count() == before + 1
        assert RiskMatrix.history.filter(id=draft.pk).count() == 1

    def test_two_levels_may_change_names(self, draft):
        low, medium, *rest = FIVE.levels
        turned = replace(FIVE, levels=(replace(low, name="Medium"), replace(medium, name="Low"), *rest))
        write(draft, turned, seen=FIVE.digest)
        assert [each.name for each in RiskMatrix.objects.get(pk=draft.pk).levels.all()][:2] == [
            "Medium",
            "Low",
        ]

    def test_who_writes_over_what_they_have_not_seen_is_told(self, draft):
        write(draft, replace(FIVE, name="Theirs"), seen=FIVE.digest)
        with pytest.raises(StepError, match="Somebody else has changed this draft"):
            write(draft, replace(FIVE, name="Mine"), seen=FIVE.digest)
        assert RiskMatrix.objects.get(pk=draft.pk).name == "Theirs"

    def test_what_is_adopted_is_not_written(self, adopted):
        with pytest.raises(StepError, match="Begin a new version"):
            write(adopted, FIVE, seen=FIVE.digest)


class TestOddities:
    def test_a_cell_lower_than_a_lesser_one_is_pointed_out(self):
        odd = replace(FIVE, grid=(*FIVE.grid[:4], (2, 3, 3, 4, 1)))
        assert oddities(odd) == [
            "Almost certain and Catastrophic come to Low, which is lower than a cell beside it that is less"
        ]

    def test_a_level_that_no_cell_comes_to_is_pointed_out(self):
        extra = replace(FIVE, levels=(*FIVE.levels, Level("Extreme", "black", 1, "siro")))
        assert oddities(extra) == ["No cell comes to Extreme"]
