"""Models of maturity: begun, written, put in use, and what a model in use keeps."""

from dataclasses import replace

import pytest

from actions.models import ActionArea, MaturityModel
from actions.representations.maturity_definition import (
    EMPTY,
    Area,
    Criterion,
    Definition,
    areas_of,
    levels_of,
    of_model,
    shipped,
)
from actions.services import maturity_model as services
from governance.core.steps import StepError
from tests.actions.at_once import together
from tests.actions.maturity import SAYS, a_draft, a_model, assessed, at
from tests.cast import signed_in
from tests.factories import ActionFactory

pytestmark = pytest.mark.django_db
TEN = (
    "Leadership and oversight", "Policies and procedures", "Training and awareness", "Individuals' rights",
    "Transparency", "Records of processing and lawful basis", "Contracts and data sharing",
    "Risks and data protection impact assessments", "Records management and security",
    "Breach response and monitoring",
)  # fmt: skip


def said(definition, **more):
    """What the form posts of a definition, seen as it stands in SAYS."""
    return {
        "name": definition.name,
        "source": definition.source,
        "note": definition.note,
        "levels": definition.levels_typed,
        "areas": definition.areas_typed,
        "seen": SAYS.digest,
    } | more


def begun():
    """The code of a draft that was begun, or why none was."""
    try:
        return services.begin(SAYS).code
    except StepError as refused:
        return str(refused).partition(".")[0]


class TestLines:
    def test_levels_are_read_with_and_without_a_name(self):
        assert levels_of("1\n2 formative\r\n\n 3: developing \n4.") == ("", "formative", "developing", "")

    @pytest.mark.parametrize(
        ("typed", "line"), [("formative", 1), ("1\n3 third", 2), ("2", 1), ("1\n1", 2), ("1\n123", 2)]
    )
    def test_a_level_out_of_its_order_is_refused_by_its_line(self, typed, line):
        with pytest.raises(StepError, match=f"Line {line} of the levels must begin with the number {line}"):
            levels_of(typed)

    def test_areas_are_read_with_their_criteria(self):
        read = areas_of("Training\n- Everybody is trained\n- 3: Yearly\n\nRecords", 5)
        assert read == (
            Area("Training", (Criterion("Everybody is trained"), Criterion("Yearly", 3))),
            Area("Records"),
        )

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("- Alone", "Line 1 of the areas is a criterion"),
            ("Training\n-", "Line 2 of the areas has a hyphen and no criterion"),
            ("Training\n- 6: Too high", "Line 2 of the areas names level 6"),
            ("Training\n- 0: Too low", "Line 2 of the areas names level 0"),
            ("Training\ntraining", "Two areas are called “training”"),
            ("x" * 201, "Line 1: write 200 characters or fewer"),
        ],
    )
    def test_a_line_of_areas_that_cannot_be_read_is_named(self, typed, sentence):
        with pytest.raises(StepError, match=sentence):
            areas_of(typed, 5)

    def test_what_is_typed_out_is_read_back_as_it_was(self):
        assert areas_of(SAYS.areas_typed, 5) == SAYS.areas
        assert levels_of(SAYS.levels_typed) == SAYS.levels


class TestShipped:
    def test_the_accountability_framework_has_its_ten_areas_and_says_where_they_come_from(self):
        says = shipped()["ico_accountability"]
        assert tuple(area.title for area in says.areas) == TEN
        assert "Information Commissioner" in says.source
        assert "were not seen" in says.note

    def test_every_shipped_model_can_be_loaded_as_it_is(self):
        for says in shipped().values():
            assert of_model(services.begin(says)) == says

    def test_an_officer_loads_it_by_a_button(self, ig_officer):
        answer = signed_in(ig_officer).post(at("new_maturity_model"), {"start": "ico_accountability"})
        made = MaturityModel.objects.get()
        assert answer.url == at("write_maturity_model", made.code)
        assert (made.code, made.in_use, made.areas.count()) == ("ico-accountability-framework", False, 10)

    def test_a_model_of_ones_own_begins_with_levels_that_have_no_names(self, records_manager):
        signed_in(records_manager).post(at("new_maturity_model"), {"start": "own", "name": "Ours"})
        assert of_model(MaturityModel.objects.get()) == replace(EMPTY, name="Ours")

    def test_two_of_the_same_name_have_codes_of_their_own(self):
        assert [a_model().code for _ in range(3)] == ["model-of-five", "model-of-five-2", "model-of-five-3"]

    @pytest.mark.django_db(transaction=True)
    def test_of_eight_begun_at_once_one_is_begun_and_the_others_are_told(self, transactional_db):
        made = together([begun] * 8)
        assert sorted(made) == sorted(
            ["model-of-five"] + 7 * ["There is a draft called “Model of five” already"]
        )


class TestDrafts:
    def test_a_draft_says_what_was_typed_and_keeps_rows_that_did_not_change(self, ig_officer):
        draft = a_draft()
        kept = draft.areas.get(position=1)
        wanted = Definition("Model", "Paper 3", "Note", ("", "two", "three"), (*SAYS.areas[:1], Area("New")))
        answer = signed_in(ig_officer).post(at("write_maturity_model", draft.code), said(wanted))
        assert answer.url == draft.get_absolute_url()
        draft.refresh_from_db()
        assert of_model(draft) == wanted
        assert draft.areas.get(position=1).pk == kept.pk

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("levels", "1"),
            ("levels", "none"),
            ("levels", ""),
            ("areas", "- Alone"),
            ("name", ""),
            ("name", "x" * 121),
        ],
    )
    def test_what_cannot_be_read_is_refused_at_its_field_and_kept(self, ig_officer, field, typed):
        draft = a_draft()
        answer = signed_in(ig_officer).post(
            at("write_maturity_model", draft.code), said(SAYS, **{field: typed})
        )
        assert answer.status_code == 200
        assert field in answer.context["form"].errors
        assert of_model(draft) == SAYS

    def test_a_draft_that_somebody_else_changed_is_not_overwritten_unseen(self, ig_officer):
        draft = a_draft()
        theirs = Definition("Theirs", "", "", SAYS.levels, SAYS.areas)
        services.write(draft, theirs, seen=SAYS.digest)
        mine = Definition("Mine", "", "", SAYS.levels, SAYS.areas)
        browser = signed_in(ig_officer)
        answer = browser.post(at("write_maturity_model", draft.code), said(mine))
        page = answer.content.decode()
        assert "Somebody else has changed this model" in page
        assert 'value="Mine"' in page
        assert MaturityModel.objects.get().name == "Theirs"
        browser.post(at("write_maturity_model", draft.code), said(mine, seen=theirs.digest))
        assert MaturityModel.objects.get().name == "Mine"

    def test_a_draft_is_put_in_use_as_it_was_shown(self, ig_officer):
        draft = a_draft()
        browser = signed_in(ig_officer)
        assert "Everybody is trained" in browser.get(at("use_maturity_model", draft.code)).content.decode()
        stale = browser.post(at("use_maturity_model", draft.code), {"seen": "another"})
        assert "Somebody else has changed" in stale.content.decode()
        browser.post(at("use_maturity_model", draft.code), {"seen": SAYS.digest})
        assert MaturityModel.objects.get().in_use
        again = browser.post(at("use_maturity_model", draft.code), {"seen": SAYS.digest})
        assert "is in use already" in again.content.decode()

    def test_nothing_is_assessed_by_a_draft(self, ig_officer):
        draft = a_draft()
        answer = signed_in(ig_officer).get(at("assess_maturity", draft.code), follow=True)
        assert "put it in use before" in answer.content.decode()
        with pytest.raises(StepError, match="is a draft"):
            assessed(draft, [2])


class TestInUse:
    def test_names_of_levels_and_further_areas_are_put_in_with_a_reason(self, ig_officer):
        model = a_model()
        wanted = Definition(
            SAYS.name, SAYS.source, SAYS.note, ("low", *SAYS.levels[1:]), (*SAYS.areas, Area("Sharing"))
        )
        where, browser = at("write_maturity_model", model.code), signed_in(ig_officer)
        assert "reason" in browser.post(where, said(wanted)).context["form"].errors
        browser.post(where, said(wanted, reason="The firm told us"))
        assert of_model(MaturityModel.objects.get()) == wanted
        named = model.levels.get(number=1).history.latest("history_id")
        assert named.history_change_reason == "The firm told us"

    @pytest.mark.parametrize(
        ("field", "typed"),
        [("levels", "1\n2\n3\n4"), ("areas", "Records"), ("areas", "Training\nRecords"), ("areas", "")],
    )
    def test_levels_areas_and_criteria_are_not_taken_away(self, ig_officer, field, typed):
        model = a_model()
        answer = signed_in(ig_officer).post(
            at("write_maturity_model", model.code), said(SAYS, reason="Shorter", **{field: typed})
        )
        assert "The model is in use" in answer.context["form"].errors[field][0]
        assert of_model(model) == SAYS

    def test_it_goes_back_among_the_drafts_until_it_is_used(self, ig_officer):
        model, browser = a_model(), signed_in(ig_officer)
        where = at("put_maturity_model_back", model.code)
        link = ActionArea.objects.create(action=ActionFactory(), area=model.areas.first())
        assert "take them off first" in browser.post(where, {"reason": "Slip"}).content.decode()
        link.delete()
        browser.post(where, {"reason": "Slip"})
        assert not MaturityModel.objects.get().in_use
        assert "is a draft already" in browser.post(where, {"reason": "Slip"}).content.decode()
        services.put_in_use(model, seen=SAYS.digest)
        assessed(model, [2])
        assert "so it stays in use" in browser.post(where, {"reason": "Slip"}).content.decode()


class TestPages:
    def test_the_page_of_a_model_says_its_levels_areas_and_criteria(self, auditor):
        page = signed_in(auditor).get(a_model().get_absolute_url()).content.decode()
        assert "2, formative" in page
        assert "Everybody is trained (level 3, developing)" in page
        assert "Record an assessment" not in page

    def test_a_model_without_areas_can_be_used_for_the_overall_alone(self, ig_officer):
        model = a_model(Definition("Bare", "", "", ("", "two"), ()))
        browser = signed_in(ig_officer)
        assert "the overall alone" in browser.get(at("assess_maturity", model.code)).content.decode()
        made = assessed(model, [], overall="low-medium")
        assert "low-medium" in browser.get(made.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(
        "name", ["maturity_model", "write_maturity_model", "assess_maturity", "maturity_area"]
    )
    def test_what_there_is_not_is_not_found(self, ig_officer, name):
        assert signed_in(ig_officer).get(at(name, "nothing-here")).status_code == 404
