"""Assessments of maturity: recorded on one page, read, and put right without losing what was said."""

from datetime import date

import pytest

from actions.models import MaturityAssessment, MaturityScore
from actions.services import maturity_scores as services
from governance.core.dates import today
from governance.core.steps import StepError
from governance.figures.moment import Moment
from tests.actions.maturity import AFTER, BEFORE, a_model, assessed, at, levels_of, typed
from tests.cast import signed_in
from tests.factories import AuditFactory

pytestmark = pytest.mark.django_db


def correction(assessment, level, place=1, **more):
    """What the form of a correction posts, seen as it stands."""
    area = assessment.model.areas.get(position=place)
    standing = services.standing_of(assessment, area)
    seen = standing.pk if standing else 0
    return {"level": level, "target": "", "finding": "", "reason": "Misread", "seen": seen} | more


def correcting(assessment, place=1):
    return at("score_maturity", assessment.reference, assessment.model.areas.get(position=place).reference)


def until_corrected(assessment):
    """The moment just before the first correction was known."""
    first = assessment.scores.exclude(corrects=None).order_by("pk").first()
    return Moment(today(), first.known_at)


class TestRecording:
    def test_all_areas_are_recorded_on_one_page(self, ig_officer):
        model, audit = a_model(), AuditFactory()
        answer = signed_in(ig_officer).post(
            at("assess_maturity", model.code), typed(model, 2, 3, target=4, audit=audit.pk)
        )
        made = MaturityAssessment.objects.get()
        assert answer.url == made.get_absolute_url() == "/maturity/MA-0001/"
        assert (made.overall, made.as_at, made.audit) == ("low-medium", BEFORE, audit)
        assert levels_of(made) == {"Training": 2, "Records": 3}
        assert {each.target.number for each in made.scores.all()} == {4}
        assert {each.recorded_as for each in made.scores.all()} == {ig_officer.post.title}

    def test_the_overall_is_what_was_given_whatever_the_levels_are(self, ig_officer):
        model = a_model()
        signed_in(ig_officer).post(at("assess_maturity", model.code), typed(model, 5, 5, overall="very low"))
        page = signed_in(ig_officer).get("/maturity/MA-0001/").content.decode()
        assert "<strong>very low</strong>" in page

    def test_an_area_may_be_left_without_a_level(self, ig_officer):
        model = a_model()
        signed_in(ig_officer).post(at("assess_maturity", model.code), typed(model, "", 3))
        assert levels_of(MaturityAssessment.objects.get()) == {"Records": 3}

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("as_at", {"as_at_year": 2099}),
            ("as_at", {"as_at_day": "x"}),
            ("kind", {"kind": "peer"}),
            ("assessor", {"assessor": ""}),
            ("overall", {"overall": "x" * 101}),
            ("audit", {"audit": "0"}),
        ],
    )
    def test_what_is_wrong_of_the_whole_is_said_at_its_field_and_nothing_is_lost(
        self, ig_officer, field, wrong
    ):
        model = a_model()
        answer = signed_in(ig_officer).post(
            at("assess_maturity", model.code), typed(model, 2, 3, note="Long words", **wrong)
        )
        assert field in answer.context["form"].errors
        assert "Long words" in answer.content.decode()
        assert not MaturityAssessment.objects.exists()

    @pytest.mark.parametrize("level", ["6", "0", "two", "\x00", "-1"])
    def test_a_level_that_the_model_does_not_have_is_refused(self, ig_officer, level):
        model = a_model()
        answer = signed_in(ig_officer).post(at("assess_maturity", model.code), typed(model, level, 3))
        assert f"level_{model.areas.first().pk}" in answer.context["form"].errors
        assert not MaturityScore.objects.exists()

    @pytest.mark.parametrize("part", ["target", "finding"])
    def test_a_target_or_a_finding_without_a_level_is_refused(self, ig_officer, part):
        model = a_model()
        area = model.areas.first()
        answer = signed_in(ig_officer).post(
            at("assess_maturity", model.code), typed(model, "", 3, **{f"{part}_{area.pk}": "3"})
        )
        assert "Choose the level of “Training”" in answer.context["form"].errors[f"level_{area.pk}"][0]

    def test_no_service_takes_a_day_to_come(self):
        with pytest.raises(StepError, match="a day to come"):
            assessed(a_model(), [2], on=date(today().year + 1, 1, 1))


class TestCorrecting:
    def test_a_correction_takes_the_place_of_what_was_said_and_keeps_it(self, ig_officer):
        made = assessed(a_model(), [2, 3], target=4)
        signed_in(ig_officer).post(correcting(made), correction(made, 3, target=5))
        assert levels_of(made) == {"Training": 3, "Records": 3}
        then = services.standing_scores(made, until_corrected(made))
        assert [row.level.number for row in then] == [2, 3]
        page = signed_in(ig_officer).get(made.get_absolute_url()).content.decode()
        assert "Training, from level 2, formative, target 4" in page
        assert "Misread" in page

    def test_a_level_that_was_never_given_is_taken_away_and_can_be_given_again(self, ig_officer):
        made, browser = assessed(a_model(), [2]), signed_in(ig_officer)
        browser.post(correcting(made), correction(made, ""))
        assert levels_of(made) == {}
        browser.post(correcting(made), correction(made, 4))
        assert levels_of(made) == {"Training": 4}

    def test_an_area_that_was_forgotten_is_given_a_level(self, ig_officer):
        made = assessed(a_model(), [2])
        signed_in(ig_officer).post(correcting(made, 2), correction(made, 3, place=2))
        assert levels_of(made) == {"Training": 2, "Records": 3}

    def test_nothing_is_written_where_nothing_changes(self, ig_officer):
        made = assessed(a_model(), [2])
        signed_in(ig_officer).post(correcting(made), correction(made, 2))
        signed_in(ig_officer).post(correcting(made, 2), correction(made, "", place=2))
        assert made.scores.count() == 1

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [("reason", {"reason": ""}), ("level", {"level": "9"}), ("level", {"level": "", "finding": "x"})],
    )
    def test_a_correction_says_why_and_names_a_level(self, ig_officer, field, wrong):
        made = assessed(a_model(), [2])
        answer = signed_in(ig_officer).post(correcting(made), correction(made, 3) | wrong)
        assert field in answer.context["form"].errors
        assert levels_of(made) == {"Training": 2}

    def test_a_correction_that_another_was_faster_with_is_kept_on_the_page(self, ig_officer):
        made, browser = assessed(a_model(), [2]), signed_in(ig_officer)
        mine = correction(made, 3, finding="My words")
        browser.post(correcting(made), correction(made, 4))
        answer = browser.post(correcting(made), mine)
        assert "it is Training: level 4" in answer.content.decode()
        assert "My words" in answer.content.decode()
        assert levels_of(made) == {"Training": 4}
        seen = answer.context["form"]["seen"].value()
        browser.post(correcting(made), mine | {"seen": seen})
        assert levels_of(made) == {"Training": 3}


class TestTheWhole:
    def test_what_is_said_of_the_whole_is_changed_with_a_reason(self, ig_officer):
        made = assessed(a_model(), [2], overall="low")
        posted = {
            "kind": "external", "assessor": "A firm", "overall": "low-medium", "note": "",
            "source_document": "", "seen_version": made.standing_version(), "change_reason": "As printed",
        }  # fmt: skip
        browser = signed_in(ig_officer)
        assert browser.post(at("change_maturity", made.reference), posted).url == made.get_absolute_url()
        assert "As printed" in browser.get(made.get_absolute_url()).content.decode()
        late = browser.post(at("change_maturity", made.reference), posted | {"overall": "high"})
        assert late.status_code == 409
        made.refresh_from_db()
        assert made.overall == "low-medium"

    def test_another_day_is_said_of_every_score_and_what_was_said_is_kept(self, ig_officer):
        made = assessed(a_model(), [2, 3])
        posted = {"reason": "Printed a year later", "seen": BEFORE.isoformat()}
        posted |= {"as_at_day": 1, "as_at_month": 3, "as_at_year": 2017}
        signed_in(ig_officer).post(at("redate_maturity", made.reference), posted)
        made.refresh_from_db()
        assert made.as_at == AFTER
        assert {row.effective_on for row in services.standing_scores(made)} == {AFTER}
        assert {row.effective_on for row in services.standing_scores(made, until_corrected(made))} == {BEFORE}
        late = signed_in(ig_officer).post(at("redate_maturity", made.reference), posted)
        assert "as at 1 March 2017" in late.content.decode()

    def test_a_day_to_come_is_refused(self, ig_officer):
        made = assessed(a_model(), [2])
        posted = {"reason": "Slip", "seen": BEFORE.isoformat()}
        posted |= {"as_at_day": 1, "as_at_month": 3, "as_at_year": 2099}
        answer = signed_in(ig_officer).post(at("redate_maturity", made.reference), posted)
        assert "as_at" in answer.context["form"].errors
