"""What was entered in error is taken off with a reason: it stays to be read, and counts no more from then."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from actions import figures
from actions.models import Assurance, FollowUp, MaturityAssessment, MaturityModel, PlannedRange
from actions.models.follow_up import OtherDayError
from actions.representations.assured import assured
from actions.representations.maturity_definition import EMPTY
from actions.services import maturity_model, mistaken
from actions.services import maturity_scores as scores
from governance.core.dates import end_of_day, today
from governance.core.steps import StepError
from governance.figures.moment import Moment, Scope
from tests.actions.factories_audits import FollowUpFactory, RangeFactory, rating_of
from tests.actions.factories_order import AssuranceFactory
from tests.actions.maturity import AFTER, BEFORE, a_draft, a_model, assessed, at, typed
from tests.actions.pages import a_plan, known, text
from tests.cast import signed_in
from tests.factories import PlanFactory, RecommendationFactory, UserFactory

pytestmark = pytest.mark.django_db
WHY = {"reason": "Recorded twice"}


def day(name, on):
    """A day in three fields."""
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def errors(page):
    return " ".join(sentence for each in page.context["form"].errors.values() for sentence in each)


# Assurances


def assurance(**change):
    given = {"text": "All will be done", "given_where": "Committee"}
    return given | day("given_on", date(2016, 3, 1)) | day("due_on", date(2016, 9, 1)) | change


def in_error(found):
    return reverse("actions:assurance_in_error", args=[found.plan.code, found.pk])


def test_an_assurance_that_is_sent_twice_is_recorded_once(ig_officer):
    plan, browser = a_plan(), signed_in(ig_officer)
    address = reverse("actions:new_assurance", args=[plan.code])
    assert browser.post(address, assurance()).status_code == 302
    page = browser.post(address, assurance())
    assert "This assurance is recorded already" in page.context["form"].errors["text"][0]
    assert plan.assurances.count() == 1
    assert browser.post(address, assurance(text="Nearly all will be done")).status_code == 302


def test_the_database_keeps_an_assurance_once(db):
    given = AssuranceFactory()
    said = {"plan": given.plan, "text": given.text, "given_on": given.given_on, "due_on": given.due_on}
    with pytest.raises(IntegrityError, match="assurance_is_recorded_once"), transaction.atomic():
        AssuranceFactory(**said)
    mistaken.assurance(given, reason="Never given", by=UserFactory())
    AssuranceFactory(**said)


def test_an_assurance_in_error_is_told_with_its_reason_and_counts_no_more(ig_officer):
    given, browser = (
        AssuranceFactory(given_on=date(2016, 3, 1), due_on=date(2016, 4, 1)),
        signed_in(ig_officer),
    )
    order = given.get_absolute_url()
    assert in_error(given) in text(browser.get(order))
    answer = browser.post(in_error(given), WHY)
    assert answer.url == order
    page = text(browser.get(order))
    assert "Entered in error: Recorded twice" in page
    assert in_error(given) not in page
    assert (
        Assurance.history.filter(id=given.pk).latest("history_date").history_change_reason == "Recorded twice"
    )
    assert browser.get(in_error(given)).status_code == 404
    changing = reverse("actions:change_assurance", args=[given.plan.code, given.pk])
    assert browser.get(changing).status_code == 404


def test_before_it_was_known_an_error_was_none(db):
    march = date(2016, 3, 1)
    given = AssuranceFactory(given_on=march, due_on=date(2016, 4, 1), **known(march))
    mistaken.assurance(given, reason="Never given", by=UserFactory())
    yesterday = today() - timedelta(days=1)
    for day, wrong in ((yesterday, False), (today(), True)):
        (found,) = assured(given.plan, Moment(today(), end_of_day(day)))
        assert found.is_mistaken is wrong
        assert (found.verdict == "Entered in error") is wrong


@pytest.mark.parametrize("model", [Assurance, FollowUp, MaturityAssessment])
def test_whatever_was_entered_in_error_says_why_and_nothing_else_does(model):
    made = {
        Assurance: AssuranceFactory,
        FollowUp: FollowUpFactory,
        MaturityAssessment: lambda: assessed(a_model(), [2, 3]),
    }[model]()
    rows = model.objects.filter(pk=made.pk)
    for said in ({"mistaken_at": timezone.now()}, {"mistaken_because": "Why"}):
        with pytest.raises(IntegrityError, match="in_error_gives_a_reason"), transaction.atomic():
            rows.update(**said)


def test_what_is_taken_off_is_taken_off_once_and_with_a_reason(ig_officer):
    given = AssuranceFactory()
    page = signed_in(ig_officer).post(in_error(given), {"reason": ""})
    assert "There is a problem" in text(page)
    mistaken.assurance(given, reason="Never given", by=ig_officer)
    with pytest.raises(StepError, match="already"):
        mistaken.assurance(given, reason="Never given", by=ig_officer)


# Follow-ups and when they are planned


def planning(**change):
    days = day("from_on", date(2027, 3, 1)) | day("to_on", date(2027, 3, 31)) | day("effective_on", today())
    return {"entry": uuid4(), "words": "In March", "source_document": ""} | days | change


def test_a_follow_up_whose_form_is_sent_twice_is_planned_once(ig_officer):
    audit, browser, form = a_plan().audit, signed_in(ig_officer), planning()
    address = reverse("actions:new_follow_up", args=[audit.code])
    assert browser.get(address).context["form"]["entry"].value()
    assert browser.post(address, form).status_code == 302
    page = browser.post(address, form)
    assert "This was sent before and is entered: Follow-up 1" in errors(page)
    assert "In March" in text(page)
    assert audit.follow_ups.count() == 1
    assert browser.post(address, planning()).status_code == 302
    assert audit.follow_ups.count() == 2


def test_a_range_whose_form_is_sent_twice_is_said_once(ig_officer):
    follow_up, browser = RangeFactory().follow_up, signed_in(ig_officer)
    address = reverse("actions:plan_follow_up", args=[follow_up.audit.code, follow_up.number])
    form = planning(reason="The auditor is late")
    assert browser.post(address, form).status_code == 302
    assert "sent before" in errors(browser.post(address, form))
    assert follow_up.ranges.count() == 2
    assert browser.post(address, form | {"entry": "no token"}).status_code == 200


def test_the_database_keeps_what_was_sent_once(db):
    entry = uuid4()
    RangeFactory(entry=entry)
    with pytest.raises(IntegrityError, match="entry"), transaction.atomic():
        RangeFactory(entry=entry)


def test_a_range_in_error_stays_in_the_trail_and_the_one_before_stands_again(ig_officer):
    first = RangeFactory(to_on=date(2017, 3, 30), effective_on=date(2016, 5, 1))
    follow_up = first.follow_up
    wrong = RangeFactory(follow_up=follow_up, to_on=date(2018, 3, 30))
    address = reverse("actions:planned_in_error", args=[follow_up.audit.code, follow_up.number, wrong.pk])
    browser = signed_in(ig_officer)
    assert address in text(browser.get(follow_up.get_absolute_url()))
    assert browser.post(address, WHY).url == follow_up.get_absolute_url()
    assert list(follow_up.ranges.for_page()) == [first]
    assert PlannedRange.objects.get(corrects=wrong).reason == "Recorded twice"
    assert browser.get(address).status_code == 404
    with pytest.raises(StepError, match="already"):
        mistaken.planned_range(wrong, reason="Again", by=ig_officer)


def test_a_follow_up_in_error_is_read_with_its_reason_and_changed_no_more(ig_officer):
    follow_up, browser = RangeFactory().follow_up, signed_in(ig_officer)
    at_it = [follow_up.audit.code, follow_up.number]
    address = reverse("actions:follow_up_in_error", args=at_it)
    assert address in text(browser.get(follow_up.get_absolute_url()))
    assert browser.post(address, WHY).url == follow_up.audit.get_absolute_url()
    assert "entered in error: Recorded twice" in text(browser.get(follow_up.audit.get_absolute_url()))
    page = text(browser.get(follow_up.get_absolute_url()))
    assert "Entered in error, as is known since" in page
    assert address not in page
    for name in ("edit_follow_up", "plan_follow_up", "rate_recommendations", "follow_up_in_error"):
        assert browser.get(reverse(f"actions:{name}", args=at_it)).status_code == 404


def test_a_follow_up_in_which_something_is_rated_stays(ig_officer):
    follow_up = FollowUpFactory()
    asked = RecommendationFactory(audit=follow_up.audit)
    follow_up.rate({asked.pk: rating_of("complete")})
    address = reverse("actions:follow_up_in_error", args=[follow_up.audit.code, follow_up.number])
    assert "Take the ratings off first" in errors(signed_in(ig_officer).post(address, WHY))
    follow_up.refresh_from_db()
    assert follow_up.mistaken_at is None


def test_nothing_is_rated_in_a_follow_up_that_was_entered_in_error_meanwhile(ig_officer):
    follow_up = FollowUpFactory()
    asked = RecommendationFactory(audit=follow_up.audit)
    mistaken.follow_up(follow_up, reason="Not planned", by=ig_officer)
    with pytest.raises(OtherDayError, match="entered in error"):
        follow_up.rate({asked.pk: rating_of("complete")})


# Maturity


def test_an_assessment_that_is_sent_twice_is_recorded_once(ig_officer):
    model, browser = a_model(), signed_in(ig_officer)
    form = typed(model, 2, 3)
    assert browser.post(at("assess_maturity", model.code), form).status_code == 302
    page = browser.post(at("assess_maturity", model.code), form | {"assessor": "records MANAGER"})
    assert "MA-0001 is recorded already" in errors(page)
    assert model.assessments.count() == 1
    assert browser.post(at("assess_maturity", model.code), form | {"assessor": "A firm"}).status_code == 302


def test_the_database_keeps_an_assessment_once(db):
    made = assessed(a_model(), [2, 3])
    other = assessed(made.model, [2, 3], assessor="Another")
    with pytest.raises(IntegrityError, match="maturity_is_assessed_once_on_a_day"), transaction.atomic():
        MaturityAssessment.objects.filter(pk=other.pk).update(assessor=made.assessor.upper())


def test_an_assessment_is_not_moved_to_a_day_on_which_there_is_one(ig_officer):
    early, late = (assessed(model, [2], on=on) for model in [a_model()] for on in (BEFORE, AFTER))
    with pytest.raises(StepError, match=f"{early} is recorded already"):
        scores.redate(late, BEFORE, reason="Wrong", seen=AFTER.isoformat(), by=ig_officer)


def test_an_assessment_in_error_counts_no_more_from_when_it_was_known(ig_officer):
    model, browser = a_model(), signed_in(ig_officer)
    first, wrong = assessed(model, [1, 1], on=BEFORE, target=3), assessed(model, [5, 5], on=AFTER, target=5)
    below = figures.maturity.below_target
    before = below.value(Moment.now(), Scope())
    address = at("maturity_in_error", wrong.reference)
    assert address in text(browser.get(wrong.get_absolute_url()))
    assert browser.post(address, WHY).url == wrong.get_absolute_url()
    assert (before, below.value(Moment.now(), Scope())) == (0, 2)
    assert scores.standing_scores(wrong) == []
    assert len(scores.standing_scores(first)) == 2
    page = text(browser.get(wrong.get_absolute_url()))
    assert "Entered in error, as is known since" in page
    assert address not in page
    assert "Entered in error" in text(browser.get(at("maturity_model", model.code)))
    for name in ("change_maturity", "redate_maturity", "maturity_in_error"):
        assert browser.get(at(name, wrong.reference)).status_code == 404
    assert assessed(model, [5, 5], on=AFTER).reference == "MA-0003"


def test_nothing_is_compared_with_an_assessment_in_error(ig_officer):
    model = a_model()
    wrong, later = assessed(model, [1], on=BEFORE), assessed(model, [2], on=AFTER)
    mistaken.assessment(wrong, reason="Never made", by=ig_officer)
    browser = signed_in(ig_officer)
    since = at("maturity_since", later.reference, wrong.reference)
    assert since not in text(browser.get(later.get_absolute_url()))
    assert browser.get(since).status_code == 404


def test_a_draft_is_taken_off_and_its_history_keeps_what_it_said(ig_officer):
    draft, browser = a_draft(), signed_in(ig_officer)
    address = at("maturity_model_in_error", draft.code)
    assert address in text(browser.get(draft.get_absolute_url()))
    assert browser.post(address, WHY).url == at("maturity")
    assert not MaturityModel.objects.exists()
    version = MaturityModel.history.get(code=draft.code, history_type="-")
    assert version.history_change_reason == "Recorded twice"
    with pytest.raises(StepError, match="already"):
        mistaken.draft(draft, reason="Again", by=ig_officer)


def test_a_model_in_use_is_not_taken_off(ig_officer):
    model, browser = a_model(), signed_in(ig_officer)
    assert at("maturity_model_in_error", model.code) not in text(browser.get(model.get_absolute_url()))
    assert browser.post(at("maturity_model_in_error", model.code), WHY).url == model.get_absolute_url()
    assert MaturityModel.objects.filter(pk=model.pk).exists()
    with pytest.raises(StepError, match="is in use"):
        mistaken.draft(model, reason="Not needed", by=ig_officer)


def test_a_draft_has_a_name_that_no_other_draft_has(ig_officer):
    draft = a_draft()
    with pytest.raises(IntegrityError, match="maturity_draft_has_a_name_of_its_own"), transaction.atomic():
        MaturityModel.objects.create(code="other", name=draft.name.upper())
    page = signed_in(ig_officer).post(at("new_maturity_model"), {"start": "own", "name": draft.name.upper()})
    assert "There is a draft called" in page.context["form"].errors["name"][0]
    assert MaturityModel.objects.count() == 1


def test_a_model_of_ones_own_is_called_by_its_name_from_the_first(ig_officer):
    browser = signed_in(ig_officer)
    assert "Enter what it is called" in errors(browser.post(at("new_maturity_model"), {"start": "own"}))
    browser.post(at("new_maturity_model"), {"start": "own", "name": "Our ladder"})
    made = MaturityModel.objects.get()
    assert (made.code, made.name) == ("our-ladder", "Our ladder")
    assert made.levels.count() == len(EMPTY.levels)


def test_a_model_does_not_become_a_draft_beside_one_of_its_name(ig_officer):
    model = a_model()
    a_draft()
    with pytest.raises(StepError, match="There is a draft called"):
        maturity_model.put_back(model, reason="Too early")


# Codes of plans


def test_a_code_of_a_plan_is_given_once_in_whatever_letters(ig_officer):
    PlanFactory(code="own-2026")
    with pytest.raises(IntegrityError, match="plan_code_once_in_whatever_letters"), transaction.atomic():
        PlanFactory(code="OWN-2026")
    form = {"title": "Another", "code": "Own-2026", "audit": "", "note": ""} | day(
        "opened_on", date(2026, 1, 5)
    )
    page = signed_in(ig_officer).post(reverse("actions:new_plan"), form)
    assert "Another plan has this code already" in page.context["form"].errors["code"][0]
