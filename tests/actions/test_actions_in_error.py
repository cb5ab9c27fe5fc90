"""An action that was entered in error counts nowhere from when it is known, and stays to be read."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from actions import figures
from actions.figures.extensions import times_extended
from actions.models import ActionRecommendation, Status
from actions.models.movement import between
from actions.services import evidence, mistaken
from actions.services.completions import approve
from governance.core.refusals import rule_of
from governance.core.steps import StepError
from governance.figures.moment import Moment, Scope
from tests.actions.claims import a_claim, found
from tests.actions.evidence_files import a_document
from tests.actions.moving import move
from tests.actions.pages import a_plan, an_action, known, told
from tests.cast import signed_in
from tests.factories import RecommendationFactory, UserFactory

pytestmark = pytest.mark.django_db
WHY = "It came in with the wrong file"
MARCH, APRIL, MAY, JUNE = date(2016, 3, 1), date(2016, 4, 1), date(2016, 5, 2), date(2016, 6, 1)


@pytest.fixture
def plan():
    return a_plan(code="moving", title="Plan of the audit")


def moved(plan, until=None):
    closing = Moment.of(until) if until else Moment.now()
    return between(APRIL, closing, Scope(plans=(plan.code,)))


def test_it_is_neither_added_nor_withdrawn_and_the_balance_still_adds_up(plan, ig_officer):
    there, wrong, late = (an_action(plan, reference=f"M-{n}", **known(MARCH)) for n in (1, 2, 3))
    told(there, Status.IN_PROGRESS, MAY)
    told(wrong, Status.IN_PROGRESS, MAY)
    for action in (wrong, late):
        mistaken.action(action, reason=WHY, by=ig_officer)
    found = moved(plan)
    assert (found.open_at_start, found.open_at_end, found.adds_up) == (1, 1, True)
    assert not any(found.of(kind) for kind in ("added", "reopened", "completed", "withdrawn"))
    assert [row.reference for row in found.restated] == ["M-2", "M-3"]
    told_on_the_day = figures.total.value(Moment.of(APRIL, APRIL), Scope(plans=(plan.code,)))
    assert told_on_the_day == 3
    address = reverse("actions:movement") + "?plans=moving&since=2016-04-01"
    assert "Entered in error" in signed_in(ig_officer).get(address).content.decode()


def test_it_answers_nothing_any_more(plan, ig_officer):
    asked = RecommendationFactory(audit=plan.audit)
    action = an_action(plan, recommendation=asked)
    ActionRecommendation.objects.create(action=action, recommendation=RecommendationFactory(audit=plan.audit))
    mistaken.action(action, reason=WHY, by=ig_officer)
    assert not asked.actions.exists()
    assert not ActionRecommendation.objects.exists()


def test_its_page_says_so_and_nobody_does_anything_about_it_any_more(plan, ig_officer):
    action = an_action(plan, reference="M-1")
    mistaken.action(action, reason=WHY, by=ig_officer)
    officer = signed_in(ig_officer)
    page = officer.get(action.get_absolute_url()).content.decode()
    assert WHY in page
    assert "Report progress" not in page
    for name in ("report", "approve_completion", "verify_completion", "revise_date"):
        assert officer.get(reverse(f"actions:{name}", args=["M-1"])).status_code == 403
    with pytest.raises(StepError, match="said already"):
        mistaken.action(action, reason=WHY, by=ig_officer)


def test_a_date_that_was_put_back_counts_no_more_and_the_first_one_stands(plan, ig_officer):
    action = an_action(plan, due_on=MAY)
    move(action, JUNE, on=APRIL)
    scope = Scope(plans=(plan.code,))
    assert times_extended.value(Moment.now(), scope) == 1
    mistaken.action(action, reason=WHY, by=ig_officer)
    assert times_extended.value(Moment.now(), scope) == 0
    action.refresh_from_db()
    assert action.due_on == MAY


@pytest.mark.parametrize(
    "step",
    [
        lambda action, by: approve(action, found(), by=by),
        lambda action, by: evidence.add(
            action, "Minutes", file=None, link="https://northmere.gov.uk/", by=by
        ),
        lambda action, by: evidence.attach(action, a_document(link="https://northmere.gov.uk/policy/")),
    ],
)
def test_who_is_on_a_page_about_it_meanwhile_is_told_in_words(step, ig_officer):
    action = a_claim()
    mistaken.action(action, reason=WHY, by=ig_officer)
    with pytest.raises(StepError, match="It was entered in error"):
        step(action, UserFactory())


def refused(change):
    with pytest.raises(IntegrityError) as found, transaction.atomic():
        change()
    return rule_of(found.value)


def test_the_database_lets_nothing_stand_of_it(plan, ig_officer):
    action = an_action(plan)
    held = type(action).objects.filter(pk=action.pk)
    gone = {"mistaken_at": "2016-05-02T12:00Z", "mistaken_because": WHY, "status": "withdrawn"}
    assert refused(lambda: held.update(**gone)) == "of an action in error nothing stands"
    mistaken.action(action, reason=WHY, by=ig_officer)
    again = {"effective_on": plan.opened_on, "by": ig_officer}
    assert (
        refused(lambda: action.append(Status.IN_PROGRESS, **again)) == "of an action in error nothing stands"
    )
    assert refused(lambda: held.update(status="in_progress")) == "action in error is not to be done"
    assert refused(lambda: held.update(mistaken_because="")) == "action in error gives a reason"
    never = {"mistaken_at": None, "mistaken_because": ""}
    assert refused(lambda: held.update(**never)) == "action in error stays so"


def test_the_database_lets_no_date_stand_of_it(plan, ig_officer):
    action = an_action(plan, due_on=MAY)
    move(action, JUNE, on=APRIL)
    first, date_moved = action.updates.get(), action.date_revisions.get()
    never = {"effective_on": first.effective_on, "corrects": first, "void": True, "reason": WHY}
    action.updates.create(status=first.status, recorded_by=ig_officer, **never)
    held = type(action).objects.filter(pk=action.pk)
    gone = {"mistaken_at": "2016-05-02T12:00Z", "mistaken_because": WHY, "status": "withdrawn"}
    assert refused(lambda: held.update(**gone)) == "of an action in error nothing stands"
    other = an_action(plan)
    mistaken.action(other, reason=WHY, by=ig_officer)
    said = {"due_on": JUNE, "effective_on": APRIL, "reason": WHY, "agreed_in": date_moved.agreed_in}
    broken = refused(lambda: other.date_revisions.create(recorded_by=ig_officer, **said))
    assert broken == "of an action in error nothing stands"
