"""A score is a fact: with a reason, under the matrix of its day, never changed, the last one standing."""

from contextlib import contextmanager
from datetime import date, timedelta

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from governance.core.dates import today
from governance.figures.moment import Moment
from risks.models import Assessment, Risk
from risks.representations.definition import shipped
from risks.services.assessment import AssessmentError, MovedOnError, TargetAboveError, assess, correct
from risks.services.matrix import adopt, begin
from risks.services.state import withdraw
from tests.factories import RiskFactory, UserFactory
from tests.risks.factories import CURRENT, INHERENT, SINCE, TARGET, cell, in_force, score

pytestmark = pytest.mark.django_db
BEFORE = date(2020, 1, 15)
AFTER = date(2020, 3, 1)


@pytest.fixture
def risk():
    in_force()
    return RiskFactory()


@contextmanager
def refused(rule):
    with pytest.raises(IntegrityError) as caught:
        yield
    assert caught.value.__cause__.diag.constraint_name.endswith(rule)


def standing(risk, on=None):
    found = Assessment.objects.current(Moment.of(on or today())).filter(risk=risk)
    return found.values_list("cell__likelihood", "cell__impact").first()


class TestStanding:
    def test_the_latest_score_of_a_kind_stands(self, risk):
        score(risk, 5, 5, kind=INHERENT, on=AFTER)
        score(risk, 3, 4)
        score(risk, 2, 4, on=AFTER)
        assert (standing(risk, BEFORE), standing(risk)) == ((3, 4), (2, 4))
        assert Assessment.objects.standing(Moment.now()).count() == 2

    def test_a_score_of_an_earlier_day_recorded_later_leaves_the_later_day_as_it_is(self, risk):
        score(risk, 2, 2, on=AFTER)
        score(risk, 5, 5)
        assert standing(risk) == (2, 2)

    def test_of_two_scores_of_a_day_the_second_stands(self, risk):
        score(risk, 2, 2)
        score(risk, 3, 3)
        assert standing(risk) == (3, 3)

    def test_what_was_not_known_yet_does_not_count_as_known_then(self, risk):
        score(risk, 2, 2)
        yesterday = today() - timedelta(days=1)
        assert not Assessment.objects.current(Moment.of(BEFORE, yesterday)).exists()

    def test_a_score_brought_in_with_its_document_was_known_then(self, risk):
        known = Moment.of(BEFORE, BEFORE).known_before - timedelta(hours=1)
        score(risk, 2, 2, known_at=known, source_document="Register of January 2020")
        assert Assessment.objects.current(Moment.of(BEFORE, BEFORE)).count() == 1

    def test_a_correction_takes_the_place_of_what_was_wrong(self, risk, ig_officer):
        wrong = score(risk, 5, 5)
        score(risk, 2, 2, on=AFTER)
        correct(wrong, cell=cell(4, 4), reason="Typed wrongly", by=ig_officer)
        assert (standing(risk, BEFORE), standing(risk)) == ((4, 4), (2, 2))

    def test_what_never_happened_leaves_what_stood_before(self, risk, ig_officer):
        score(risk, 5, 5)
        wrong = score(risk, 1, 1, on=AFTER)
        correct(wrong, reason="Another risk was meant", by=ig_officer, void=True)
        assert standing(risk) == (5, 5)

    def test_nothing_is_corrected_twice(self, risk, ig_officer):
        wrong = score(risk, 5, 5)
        correct(wrong, cell=cell(4, 4), reason="Typed wrongly", by=ig_officer)
        with pytest.raises(AssessmentError, match="corrected already"):
            correct(wrong, cell=cell(3, 3), reason="Again", by=ig_officer)

    def test_a_score_says_which_post_gave_it(self, risk, ig_officer):
        assert score(risk, 2, 2, by=ig_officer).assessor == ig_officer.post_title


class TestRefusals:
    def test_a_score_needs_a_reason(self, risk):
        with refused("assessment_gives_a_reason"), transaction.atomic():
            score(risk, 2, 2, reason="")

    @pytest.mark.parametrize(
        ("facts", "rule"),
        [
            ({"kind": "guessed"}, "assessment_kind_is_known"),
            ({"waiver": "Because"}, "assessment_waives_for_a_target_only"),
            ({"void": True}, "void_corrects_something"),
        ],
    )
    def test_the_database_keeps_each_rule(self, risk, facts, rule):
        with refused(rule), transaction.atomic():
            score(risk, 2, 2, **facts)

    def test_a_day_to_come_is_refused_by_the_service_and_by_the_database(self, risk):
        tomorrow = today() + timedelta(days=1)
        with pytest.raises(AssessmentError, match="in the future"):
            score(risk, 2, 2, on=tomorrow)
        with refused("took_effect_by_today"), transaction.atomic():
            Assessment.objects.create(
                risk=risk, kind=CURRENT, cell=cell(2, 2), reason="x", effective_on=tomorrow,
                recorded_by=UserFactory(),
            )  # fmt: skip

    def test_before_the_first_matrix_nothing_can_be_scored(self, risk):
        with pytest.raises(AssessmentError, match="No matrix was in force"):
            score(risk, 2, 2, on=SINCE - timedelta(days=1))

    def test_a_cell_of_a_matrix_not_in_force_that_day_is_refused_by_both(self, risk):
        draft = begin(shipped()["four_by_four"])
        with pytest.raises(AssessmentError, match="another matrix was in force: Version 1"):
            score(risk, 2, 2, cell=cell(2, 2, draft))
        with refused("assessment_is_under_the_matrix_in_force"), transaction.atomic():
            Assessment.objects.create(
                risk=risk, kind=CURRENT, cell=cell(2, 2, draft), reason="x", effective_on=BEFORE,
                recorded_by=UserFactory(),
            )  # fmt: skip

    def test_a_score_takes_the_place_of_one_of_its_kind_only(self, risk):
        wrong = score(risk, 5, 5, kind=INHERENT)
        with refused("assessment_corrects_its_kind"), transaction.atomic():
            score(risk, 2, 2, corrects=wrong)

    @pytest.mark.parametrize(
        "statement", ["UPDATE risks_assessment SET reason = 'Other'", "DELETE FROM risks_assessment"]
    )
    def test_what_was_scored_is_neither_changed_nor_deleted(self, risk, statement):
        score(risk, 2, 2)
        with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege)

    def test_a_risk_that_is_not_open_is_not_scored(self, risk):
        withdraw(risk, reason="Entered twice")
        with pytest.raises(AssessmentError, match="is withdrawn: reopen it first"):
            score(risk, 2, 2)


class TestTargets:
    def test_a_target_above_the_current_score_needs_a_reason_of_its_own(self, risk):
        score(risk, 2, 2)
        with pytest.raises(TargetAboveError, match="above the current score, which is Low"):
            score(risk, 4, 4, kind=TARGET)
        kept = score(risk, 4, 4, kind=TARGET, waiver="The service is about to be opened to all")
        assert kept.waiver == "The service is about to be opened to all"

    def test_within_a_level_the_product_decides(self, risk):
        score(risk, 4, 4)
        with pytest.raises(TargetAboveError):
            score(risk, 5, 5, kind=TARGET)
        assert score(risk, 4, 4, kind=TARGET).waiver == ""

    def test_a_target_before_any_current_score_has_nothing_to_be_above(self, risk):
        assert score(risk, 5, 5, kind=TARGET).pk


class TestTwoAtOnce:
    def test_who_scores_what_they_have_not_seen_is_told(self, risk, ig_officer):
        shown = score(risk, 2, 2)
        theirs = assess(risk, CURRENT, cell(4, 4), reason="It happened", by=ig_officer, seen=shown.pk)
        with pytest.raises(MovedOnError, match="Somebody else has scored this risk") as told:
            assess(risk, CURRENT, cell(3, 3), reason="Mine", by=ig_officer, seen=shown.pk)
        assert (told.value.latest, Assessment.objects.count()) == (theirs, 2)

    def test_a_score_of_another_kind_is_no_conflict(self, risk, ig_officer):
        shown = score(risk, 2, 2)
        score(risk, 5, 5, kind=INHERENT)
        assert assess(risk, CURRENT, cell(3, 3), reason="Mine", by=ig_officer, seen=shown.pk).pk

    def test_the_first_score_was_seen_as_none(self, risk, ig_officer):
        assess(risk, CURRENT, cell(2, 2), reason="First", by=ig_officer, seen=None)
        with pytest.raises(MovedOnError):
            assess(risk, CURRENT, cell(3, 3), reason="Also first", by=ig_officer, seen=None)


class TestWithLevels:
    def test_a_risk_has_the_level_word_and_score_of_its_cell(self, risk):
        score(risk, 5, 4, kind=INHERENT)
        score(risk, 4, 4)
        score(risk, 2, 3, kind=TARGET)
        found = Risk.objects.with_levels().get(pk=risk.pk)
        assert (found.level, found.level_rank, found.score, found.scored_on) == ("Very high", 4, 16, BEFORE)
        assert (found.inherent["score"], found.target["level"], found.current["tone"]) == (
            20,
            "Medium",
            "red",
        )
        assert (found.above_appetite, found.above_tolerance) == (True, True)
        assert found.next_review_on == date(2020, 2, 15)

    def test_a_risk_not_scored_has_nothing(self, risk):
        found = Risk.objects.with_levels().get(pk=risk.pk)
        assert (found.current, found.level, found.score, found.next_review_on) == (None, None, None, None)
        assert (found.above_appetite, found.above_tolerance) == (False, False)

    def test_scores_are_told_as_at_a_day_and_as_known_on_a_day(self, risk):
        score(risk, 4, 4)
        score(risk, 2, 2, on=AFTER)
        assert Risk.objects.with_levels(BEFORE).get(pk=risk.pk).level == "Very high"
        assert Risk.objects.with_levels(AFTER).get(pk=risk.pk).level == "Low"
        yesterday = today() - timedelta(days=1)
        assert Risk.objects.with_levels(AFTER, yesterday).get(pk=risk.pk).level is None

    def test_an_old_score_keeps_the_words_of_its_matrix_when_another_comes_into_force(self, risk):
        score(risk, 4, 4)
        before = Risk.objects.with_levels().get(pk=risk.pk).current
        adopt(begin(shipped()["four_by_four"]), from_on=today(), reason="Cabinet, minute 65")
        assert Risk.objects.with_levels().get(pk=risk.pk).current == before

    def test_levels_are_asked_in_one_query_however_many_risks(self, risk, django_assert_num_queries):
        for each in (risk, *RiskFactory.create_batch(5)):
            score(each, 3, 3)
        with django_assert_num_queries(1):
            assert {each.level for each in Risk.objects.with_levels()} == {"Medium"}
