"""A withdrawn action keeps its reason and what replaced it; what was closed is opened again with a reason."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from actions.models import ActionReplacement, ProgressUpdate, Status, WhyNeededError
from actions.services.completions import Found, approve
from governance.core.dates import today
from governance.history.trail import signed
from tests.actions.moving import approved_by_a_body
from tests.actions.pages import (
    action_page,
    an_action,
    correct_page,
    known,
    report_page,
    text,
    told,
    typed,
)
from tests.actions.several import of_plan
from tests.actions.several import typed as typed_of
from tests.back import back_to
from tests.cast import signed_in
from tests.factories import ActionFactory, PlanFactory, UserFactory

pytestmark = pytest.mark.django_db
MARCH, MAY, JUNE = (date(2016, month, 10) for month in (3, 5, 6))
WHY = "The system is switched off in June"


@pytest.fixture
def action():
    return an_action()


@pytest.fixture
def officer(ig_officer):
    return signed_in(ig_officer)


def withdrawn(action=None, **facts):
    """An action that was withdrawn in May."""
    gone = action or an_action()
    told(gone, Status.WITHDRAWN, MAY, **{"why": WHY, **facts})
    return gone


def replaced(action, *others):
    for other in others:
        ActionReplacement.objects.create(action=action, replacement=other)


# The reason


@pytest.mark.parametrize("why", ["", "   "])
def test_withdrawing_without_a_reason_is_refused_and_nothing_typed_is_lost(officer, action, why):
    said = typed(action, Status.WITHDRAWN, MAY, "Minute 4 of May", why=why)
    page = text(officer.post(report_page(action), said))
    assert f"Say why {action.reference} is withdrawn" in page
    assert "Minute 4 of May" in page
    assert action.updates.count() == 1


def test_the_reason_stands_on_the_page_and_as_it_was_known_then(officer, action):
    assert officer.post(report_page(action), typed(action, Status.WITHDRAWN, MAY, why=WHY)).status_code == 302
    assert action.standing().why == WHY
    page = text(officer.get(action_page(action)))
    assert f"<strong>Why it was withdrawn:</strong> {WHY}" in page
    assert "Nothing is recorded that takes its place" in page
    assert WHY not in text(officer.get(action_page(action, f"as_at={MARCH}&known_at={today()}")))


def test_it_is_not_withdrawn_a_second_time(officer, action):
    withdrawn(action)
    page = text(officer.post(report_page(action), typed(action, Status.WITHDRAWN, JUNE, why="Again")))
    assert f"{action.reference} is withdrawn already" in page
    assert action.updates.count() == 2
    with pytest.raises(WhyNeededError, match="withdrawn already"):
        action.report(Status.WITHDRAWN, effective_on=JUNE, by=UserFactory(), why="Again")


def test_the_database_keeps_the_reason(action):
    row = {"action": action, "effective_on": MAY, "recorded_by": UserFactory(), "status": Status.WITHDRAWN}
    with pytest.raises(IntegrityError, match="progress_withdrawn_says_why"), transaction.atomic():
        ProgressUpdate.objects.create(**row)
    wrong = ProgressUpdate.objects.create(**row, why=WHY)
    ProgressUpdate.objects.create(**row, corrects=wrong, void=True, reason="Another action")


def test_of_history_the_evidence_or_the_document_says_why(action):
    other = an_action()
    by = UserFactory()
    action.report(Status.WITHDRAWN, effective_on=MAY, by=by, evidence="Cut by the board", **known(MAY))
    other.report(Status.WITHDRAWN, effective_on=MAY, by=by, **known(MAY))
    assert action.standing().why == "Cut by the board"
    assert other.standing().why == "See Action plan workbook"


def test_a_correction_keeps_the_reason_and_one_that_withdraws_gives_it(officer, action):
    withdrawn(action)
    action.correct(action.standing(), by=UserFactory(), reason="Typing error", evidence="Minute 5")
    assert action.standing().why == WHY
    other = an_action()
    update = told(other, Status.IN_PROGRESS, MAY)
    said = typed(other, Status.WITHDRAWN, MAY, kind="right", reason="It was cut")
    assert officer.post(correct_page(update), said).status_code == 302
    assert other.standing().why == "It was cut"


# Opened again


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.WITHDRAWN])
def test_what_is_closed_is_opened_again_with_a_reason_only(officer, action, status):
    told(action, status, MAY)
    said = typed(action, Status.IN_PROGRESS, JUNE, "Found on a walk")
    page = text(officer.post(report_page(action), said))
    assert f"{action.reference} is {status.label.lower()}. Say why it is opened again" in page
    assert officer.post(report_page(action), said | {"why": "Half of it is missing"}).status_code == 302
    page = text(officer.get(action_page(action)))
    assert "<strong>Why:</strong> Half of it is missing" in page
    gone = withdrawn()
    with pytest.raises(WhyNeededError):
        gone.report(Status.COMPLETED, effective_on=JUNE, by=UserFactory())


def test_a_report_of_a_day_before_it_was_closed_opens_nothing_again(officer, action):
    told(action, Status.COMPLETED, MAY)
    assert officer.post(report_page(action), typed(action, Status.IN_PROGRESS, MARCH)).status_code == 302
    assert action.standing().status == Status.COMPLETED


def test_opening_again_takes_the_approval_away(officer, action):
    from actions.figures import completions
    from governance.figures.moment import Moment, Scope

    told(approved_by_a_body(action), Status.AWAITING_APPROVAL, MARCH)
    approve(action, Found(MAY, "Minutes", "Item 4"), by=UserFactory())
    assert completions.approved.value(Moment.now(), Scope()) == 1
    said = typed(action, Status.IN_PROGRESS, JUNE, why="Half of it is missing")
    assert officer.post(report_page(action), said).status_code == 302
    assert completions.approved.value(Moment.now(), Scope()) == 0


# What takes its place


def test_what_takes_its_place_is_named_as_it_is_withdrawn_and_told_on_both_pages(officer, action):
    one, other = an_action(), an_action()
    names = f"{one.reference.lower()}, {other.reference} ,{one.reference}"
    said = typed(action, Status.WITHDRAWN, MAY, why=WHY, replaced_by=names)
    assert officer.post(report_page(action), said).status_code == 302
    assert {link.replacement for link in action.replacement_links.all()} == {one, other}
    page = text(officer.get(action_page(action)))
    assert "In its place:" in page
    assert f"{one.reference} {one.title}" in page
    page = text(officer.get(action_page(other)))
    assert "It takes the place of:" in page
    assert f"{action.reference} {action.title}" in page


def test_what_takes_its_place_is_not_lost_where_only_that_was_added_on_going_back(officer, action):
    other = an_action()
    said = typed(action, Status.WITHDRAWN, MAY, why=WHY)
    assert officer.post(report_page(action), said).status_code == 302
    said["seen"] = officer.get(report_page(action)).context["form"]["seen"].value()
    answer = officer.post(report_page(action), said | {"replaced_by": other.reference})
    assert answer.status_code == 409
    assert ("What takes its place", other.reference, "Nothing") in answer.context["compared"]
    seen = answer.context["form"]["seen"].value()
    page = text(officer.post(report_page(action), said | {"replaced_by": other.reference, "seen": seen}))
    assert "Say on the page of the action what takes its place" in page
    assert not ActionReplacement.objects.exists()
    replaced(action, other)
    again = officer.post(report_page(action), said | {"replaced_by": other.reference})
    assert (again.status_code, action.updates.count()) == (302, 2)


@pytest.mark.parametrize(
    ("named", "status", "sentence"),
    [
        ("ACT-9999", Status.WITHDRAWN, "There is no action ACT-9999 that you may open"),
        ("{own}", Status.WITHDRAWN, "{own} does not take its own place"),
        ("{gone}", Status.WITHDRAWN, "{gone} is withdrawn itself"),
        ("{other}", Status.IN_PROGRESS, "Only an action that is withdrawn is replaced by others"),
        ("{other}," * 21, Status.WITHDRAWN, "Name 20 actions at most"),
        ("\0, x" * 40, Status.WITHDRAWN, "There is a problem"),
    ],
)
def test_what_cannot_take_its_place_is_said_and_nothing_is_saved(officer, action, named, status, sentence):
    names = {
        "own": action.reference,
        "other": an_action().reference,
        "gone": withdrawn().reference,
    }
    said = typed(action, status, MAY, why=WHY, replaced_by=named.format(**names))
    page = text(officer.post(report_page(action), said))
    assert sentence.format(**names) in page
    assert action.updates.count() == 1
    assert not ActionReplacement.objects.exists()


def test_what_goes_on_by_a_later_report_is_replaced_by_nothing(officer, action):
    told(action, Status.IN_PROGRESS, JUNE)
    said = typed(action, Status.WITHDRAWN, MAY, why=WHY, replaced_by=an_action().reference)
    assert "By what was reported of a later day" in text(officer.post(report_page(action), said))
    assert officer.post(report_page(action), said | {"replaced_by": ""}).status_code == 302
    assert action.standing().status == Status.IN_PROGRESS


def test_an_owner_names_only_what_they_may_open(owner, other_owner):
    action, client = owner.action, signed_in(owner)
    said = typed(action, Status.WITHDRAWN, today(), why=WHY, replaced_by=other_owner.action.reference)
    page = text(client.post(report_page(action), said))
    assert f"There is no action {other_owner.action.reference} that you may open" in page
    action.report(Status.WITHDRAWN, effective_on=today(), by=owner, why=WHY)
    replaced(action, other_owner.action)
    page = text(client.get(action_page(action)))
    assert f"{other_owner.action.reference}, which you may not open" in page
    assert other_owner.action.title not in page


def test_it_is_said_later_too_and_taken_back_and_the_past_keeps_it(officer, action):
    other, address = an_action(), reverse("actions:replace", args=[action.reference])
    page = text(officer.post(address, {"replaced_by": other.reference}))
    assert f"{action.reference} is not withdrawn, so nothing takes its place" in page
    withdrawn(action)
    assert officer.post(address, {"replaced_by": other.reference}).status_code == 302
    again = text(officer.post(address, {"replaced_by": other.reference}))
    assert f"It is recorded already that {other.reference} takes its place" in again
    assert "Enter" in text(officer.post(address, {"replaced_by": ""})) or "problem" in again
    (link,) = action.replacement_links.all()
    off = reverse("actions:take_back_replacement", args=[action.reference, link.pk])
    assert officer.get(off).status_code == 200
    assert officer.post(off).status_code == 302
    assert not ActionReplacement.objects.exists()
    assert {each.history_type for each in ActionReplacement.history.filter(id=link.pk)} == {"+", "-"}


def test_once_it_is_opened_again_nothing_takes_its_place_on_its_page(officer, action):
    replaced(withdrawn(action), an_action())
    assert "In its place:" in text(officer.get(action_page(action)))
    told(action, Status.IN_PROGRESS, JUNE, why="Needed after all")
    assert "In its place:" not in text(officer.get(action_page(action)))


@pytest.mark.parametrize("itself", [True, False])
def test_the_database_keeps_one_of_each_pair_and_none_of_itself(action, itself):
    other = action if itself else an_action()
    name = "action_is_not_replaced_by_itself" if itself else "action_is_replaced_once_by_another"
    withdrawn(action)
    if not itself:
        replaced(action, other)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        replaced(action, other)


# Several at once


def test_several_at_once_ask_for_the_reason_at_the_row_that_needs_it(ig_officer, officer):
    plan = PlanFactory()
    gone, other = ActionFactory(plan=plan), ActionFactory(plan=plan)
    said = typed_of((gone, Status.WITHDRAWN, "Minute 4"), (other, Status.IN_PROGRESS, ""))
    page = text(officer.post(of_plan(plan), said))
    assert f"Say why {gone.reference} is withdrawn" in page
    assert f'name="a{gone.pk}-why"' in page
    assert f'name="a{other.pk}-why"' not in page
    assert "Minute 4" in page
    assert ProgressUpdate.objects.count() == 2
    assert officer.post(of_plan(plan), said | {f"a{gone.pk}-why": WHY}).status_code == 302
    assert gone.standing().why == WHY
    assert other.standing().status == Status.IN_PROGRESS


def test_the_form_that_starts_asks_no_reason_of_any(officer):
    plan = PlanFactory()
    action = ActionFactory(plan=plan)
    page = text(officer.get(of_plan(plan)))
    assert f'name="a{action.pk}-status"' in page
    assert "-why" not in page


# Of before


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_what_was_withdrawn_before_a_reason_was_asked_for_keeps_what_was_said_then():
    said, silent = ActionFactory(), ActionFactory()
    back_to("actions", "0023")
    columns = "action_id, status, evidence, effective_on, void, source_document, reason, waiver, recorded_as"
    for action, evidence in ((said, "Cut by the board"), (silent, "")):
        with signed(UserFactory(), reason="Test"), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO actions_progressupdate ({columns}, recorded_by_id)"
                " SELECT %s, 'withdrawn', %s, current_date, false, '', '', '', '', max(id) FROM people_user",
                [action.pk, evidence],
            )
    call_command("migrate", verbosity=0)
    assert said.standing().why == "Cut by the board"
    assert silent.standing().why == "Withdrawn before a reason was asked for"
    with pytest.raises(Exception, match=r"never changed|permission denied|append"), transaction.atomic():
        ProgressUpdate.objects.filter(action=said).update(why="")


def test_of_what_was_opened_again_nothing_says_any_more_that_its_place_is_taken(officer, action):
    gone = withdrawn()
    replaced(gone, action)
    assert gone.title in text(officer.get(action_page(action)))
    told(gone, Status.IN_PROGRESS, JUNE, why="It is needed")
    assert gone.title not in text(officer.get(action_page(action)))
