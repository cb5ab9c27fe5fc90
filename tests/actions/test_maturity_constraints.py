"""What the database refuses of maturity, whoever writes."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from actions.models import (
    ActionArea,
    MaturityArea,
    MaturityAssessment,
    MaturityCriterion,
    MaturityLevel,
    MaturityModel,
    MaturityScore,
)
from actions.services import maturity_scores
from tests.actions.maturity import AFTER, BEFORE, SAYS, a_draft, a_model, assessed
from tests.factories import ActionFactory, UserFactory

pytestmark = pytest.mark.django_db


def refused(rule, write):
    """The write is refused, by the rule of that name."""
    with pytest.raises(IntegrityError) as wrong, transaction.atomic():
        write()
    assert getattr(wrong.value.__cause__, "diag").constraint_name == rule  # noqa: B009


def a_score(assessment, place, number, **facts):
    """A row written past the services."""
    model = assessment.model
    given = {
        "area": model.areas.get(position=place),
        "level": model.levels.get(number=number),
        "effective_on": assessment.as_at,
        "recorded_by": UserFactory(),
    }
    return MaturityScore.objects.create(assessment=assessment, **(given | facts))


def at_commit():
    """What the database checks when a transaction ends, checked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class TestModels:
    def test_a_model_has_a_name_and_a_code_of_its_own(self):
        draft = a_draft()
        refused("maturity_model_has_a_name", lambda: MaturityModel.objects.create(code="x", name=""))
        refused(
            "actions_maturitymodel_code_key",
            lambda: MaturityModel.objects.create(code=draft.code, name="Another"),
        )

    @pytest.mark.parametrize("number", [0, 11])
    def test_a_level_has_a_number_from_1_to_10_once(self, number):
        draft = a_draft()
        refused("maturity_level_is_1_to_10", lambda: MaturityLevel.objects.create(model=draft, number=number))
        refused("maturity_level_has_its_number", lambda: MaturityLevel.objects.create(model=draft, number=1))

    def test_an_area_has_a_title_and_a_place(self):
        draft = a_draft()
        refused(
            "maturity_area_has_a_title",
            lambda: MaturityArea.objects.create(model=draft, position=3, reference="x", title=""),
        )
        refused(
            "maturity_area_has_its_place",
            lambda: MaturityArea.objects.create(model=draft, position=1, reference="x", title="New"),
        )

    def test_a_criterion_says_something_in_its_place(self):
        area = a_draft().areas.first()
        refused(
            "maturity_criterion_says_something",
            lambda: MaturityCriterion.objects.create(area=area, position=2, text=""),
        )
        refused(
            "maturity_criterion_has_its_place",
            lambda: MaturityCriterion.objects.create(area=area, position=1, text="New"),
        )

    def test_a_model_is_put_in_use_with_levels_without_a_gap(self):
        draft = a_draft()
        draft.levels.filter(number=4).delete()
        draft.in_use = True
        refused("maturity_model_has_its_levels", draft.save)

    def test_no_model_comes_in_use_before_it_has_levels(self):
        refused(
            "maturity_model_has_its_levels",
            lambda: MaturityModel.objects.create(code="x", name="New", in_use=True),
        )

    def test_a_part_stays_with_its_model_whether_that_is_in_use_or_not(self):
        model, draft, rule = a_model(), a_draft(), "maturity_part_stays_where_it_is"
        for here, there in ((model, draft), (draft, model), (draft, a_draft(replace(SAYS, name="Another")))):
            refused(rule, lambda: here.areas.filter(position=2).update(model=there, position=9))  # noqa: B023
            refused(rule, lambda: here.levels.filter(number=5).update(model=there))  # noqa: B023
        first, second = draft.areas.all()
        refused(rule, lambda: first.criteria.update(area=second))

    def test_a_model_in_use_keeps_levels_areas_and_criteria(self):
        model = a_model()
        area = model.areas.get(position=1)
        rule = "maturity_model_in_use_keeps_its_parts"
        refused(rule, lambda: MaturityLevel.objects.create(model=model, number=6))
        refused(rule, lambda: model.levels.filter(number=5).delete())
        refused(rule, lambda: model.levels.filter(number=5).update(number=6))
        refused(rule, lambda: model.areas.filter(position=2).update(title="Another"))
        refused(rule, lambda: model.areas.filter(position=2).delete())
        refused(rule, lambda: area.criteria.update(text="Another"))
        refused(rule, lambda: area.criteria.all().delete())

    def test_a_model_in_use_takes_names_of_levels_and_further_areas(self):
        model = a_model()
        model.levels.filter(number=5).update(name="transformational")
        MaturityArea.objects.create(model=model, position=3, reference="third", title="Sharing")
        assert (str(model.levels.get(number=5)), model.areas.count()) == ("5, transformational", 3)

    def test_a_model_that_was_used_stays_in_use(self):
        model = a_model()
        assessed(model, [2])
        model.in_use = False
        refused("maturity_model_that_was_used_stays_in_use", model.save)


class TestAssessments:
    def test_an_assessment_is_by_a_model_in_use_and_stays_with_it(self):
        made, draft = assessed(a_model(), [2]), a_draft(replace(SAYS, name="Another"))
        rule = "maturity_assessment_is_by_a_model_in_use"
        given = {"kind": "self", "assessor": "Us", "as_at": BEFORE}
        refused(rule, lambda: MaturityAssessment.objects.create(reference="MA-9", model=draft, **given))
        made.model = a_model()
        refused(rule, made.save)

    def test_an_assessment_says_who_made_it(self):
        made = assessed(a_model(), [2])
        every = MaturityAssessment.objects.filter(pk=made.pk)
        refused("maturity_assessment_names_who", lambda: every.update(assessor=""))
        refused("maturity_assessment_kind_is_known", lambda: every.update(kind="peer"))

    def test_an_area_is_scored_once_and_put_right_after_that(self):
        made = assessed(a_model(), [2])
        refused("maturity_area_is_scored_once", lambda: a_score(made, 1, 3))
        refused("maturity_correction_has_a_reason", lambda: a_score(made, 1, 3, corrects=made.scores.get()))

    def test_a_score_is_as_at_the_day_of_its_assessment(self):
        made = assessed(a_model(), [2])
        refused("maturity_score_is_as_at_its_assessment", lambda: a_score(made, 2, 3, effective_on=AFTER))

    def test_the_day_of_an_assessment_moves_with_its_scores_and_not_alone(self):
        made = assessed(a_model(), [2, 3])

        def alone():
            MaturityAssessment.objects.filter(pk=made.pk).update(as_at=AFTER)
            at_commit()

        refused("maturity_scores_move_with_their_assessment", alone)
        by = UserFactory()
        maturity_scores.redate(made, AFTER, reason="Misread", seen=BEFORE.isoformat(), by=by)
        at_commit()
        made.refresh_from_db()
        assert (made.as_at, made.scores.count()) == (AFTER, 4)

    def test_a_score_that_never_was_holds_no_day(self):
        made = assessed(a_model(), [2])
        row = made.scores.get()
        a_score(made, 1, 2, corrects=row, void=True, reason="Of another area")
        MaturityAssessment.objects.filter(pk=made.pk).update(as_at=AFTER)
        at_commit()

    @pytest.mark.parametrize("part", ["area", "level", "target"])
    def test_a_score_is_of_the_model_of_its_assessment(self, part):
        made, other = assessed(a_model(), [2]), a_model()
        foreign = other.areas.first() if part == "area" else other.levels.first()
        refused("maturity_score_is_of_its_model", lambda: a_score(made, 2, 3, **{part: foreign}))

    def test_a_correction_is_of_the_same_area(self):
        made = assessed(a_model(), [2])
        refused(
            "maturity_score_corrects_the_same_area",
            lambda: a_score(made, 2, 3, corrects=made.scores.get(), reason="Slip"),
        )

    def test_an_action_improves_an_area_of_a_model_in_use_only(self):
        model, area, link = a_model(), a_draft().areas.first(), ActionArea.objects.create
        refused("area_improved_is_of_a_model_in_use", lambda: link(action=ActionFactory(), area=area))
        held = link(action=ActionFactory(), area=model.areas.first())
        held.area = area
        refused("area_improved_is_of_a_model_in_use", held.save)

    def test_an_action_improves_an_area_once(self):
        area = a_model().areas.first()
        link = ActionArea.objects.create(action=ActionFactory(), area=area)
        refused(
            "action_improves_an_area_once",
            lambda: ActionArea.objects.create(action=link.action, area=area),
        )
