"""Approving, refusing and verifying on pages."""

from datetime import date

import pytest
from django.urls import reverse

from actions.models import Completion, Status
from actions.services.completions import approve, verify
from actions.views.completions import SHOWN_OTHERS
from governance.people.models import Role
from governance.people.waiting import all_waiting
from tests.actions.claims import AUGUST, JULY, JUNE, MAY, a_claim, approved_by, found
from tests.actions.pages import (
    action_page,
    an_action,
    correct_page,
    days,
    plan_page,
    report_page,
    text,
    told,
    typed,
)
from tests.cast import known, play, signed_in
from tests.factories import (
    PostFactory,
    PostHoldingFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def action():
    return a_claim()


@pytest.fixture
def director():
    return play("director")


def at(name, action):
    return reverse(f"actions:{name}", args=[action.reference])


def test_a_bodys_decision_is_recorded_and_the_page_tells_it(action, ig_officer):
    approved_by(action, approving_body="The strategy group")
    client = signed_in(ig_officer)
    page = text(client.get(action_page(action)))
    assert "The strategy group approves that it is done" in page
    assert at("approve_completion", action) in page
    said = {"basis": "Signed copy", "decision": "The strategy group, item 4", "waiver": ""} | days(JULY)
    page = text(client.post(at("approve_completion", action), said, follow=True))
    assert f"{action.reference} is approved by The strategy group, item 4" in page
    assert "Signed copy" in page
    assert at("approve_completion", action) not in page
    past = text(client.get(action_page(action, "as_at=2016-07-01")))
    assert "Neither approved nor verified" in past
    assert "The strategy group approves that it is done, as is said now" in past


def test_the_auditor_verifies_on_the_page(action, auditor):
    approve(action, found(), by=UserFactory())
    client = signed_in(auditor)
    assert at("verify_completion", action) in text(client.get(action_page(action)))
    page = text(
        client.post(at("verify_completion", action), {"basis": "Seen on site"} | days(JULY), follow=True)
    )
    assert "is verified by Internal auditor" in page
    assert "Seen on site" in page
    assert at("verify_completion", action) not in page


def test_what_is_verified_stays_so_on_the_page_when_it_is_put_right_or_reported_again(action, auditor):
    approve(action, found(), by=UserFactory())
    verify(action, found(), by=UserFactory())
    action.correct(action.standing(), by=UserFactory(), reason="The file was another", evidence="Minutes")
    for again in (False, True):
        if again:
            told(action, Status.COMPLETED, date(2016, 9, 1))
        page = text(signed_in(auditor).get(action_page(action)))
        assert at("verify_completion", action) not in page
        assert "Nobody can verify it yet" not in page


def test_the_page_says_where_nobody_outside_the_owners_line_can_verify(action, ig_officer):
    approve(action, found(), by=UserFactory())
    browser, said = signed_in(ig_officer), "Nobody can verify it yet"
    for unit, is_said in ((action.owner.unit, True), (UnitFactory(), False)):
        post = PostFactory(unit=unit)
        RoleAssignmentFactory(post=post, role=Role.INTERNAL_AUDITOR)
        PostHoldingFactory(post=post)
        assert (said in text(browser.get(action_page(action)))) is is_said


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"basis": ""}, "Answer “What does it rest on?”"),
        ({"decision": ""}, "Answer “In which decision of The strategy group?”"),
        (
            {"decision": "Some group, 1 January 2015, item 3"},
            "1 January 2015, is earlier than the claim of 10 June 2016: name the day of the decision",
        ),
        (
            {"decision": "Minutes of 1 January 2015, 3 May 2015"},
            "The last day named in it, 3 May 2015, is earlier",
        ),
        (
            {"decision": "Agreed by the Cabinet"},
            "That is a decision of “Cabinet”, and “The strategy group” approves ACT-",
        ),
        (
            {"decision": "Some group, 24 October 2061"},
            "The decision is of 24 October 2061, later than the day entered",
        ),
        (days(date(2999, 1, 1)), "The day is in the future"),
        (days(MAY), "It was claimed on 10 June 2016, and the day entered is earlier"),
        ({"effective_on_day": "31", "effective_on_month": "2"}, "The day"),
    ],
)
def test_bad_input_is_said_and_nothing_typed_is_lost(action, ig_officer, wrong, sentence):
    approved_by(action, approving_body="The strategy group")
    said = {"basis": "Signed copy", "decision": "Item 4 of June", "waiver": "It is urgent"} | days(JULY)
    answer = signed_in(ig_officer).post(at("approve_completion", action), said | wrong)
    assert answer.status_code == 200
    assert sentence in text(answer)
    assert "It is urgent" in text(answer)
    assert not Completion.objects.exists()


def test_the_claimer_is_told_before_there_is_a_form_and_is_not_waited_for(ig_officer):
    action, client = approved_by(an_action(), approving_body="The strategy group"), signed_in(ig_officer)
    page = text(client.get(at("approve_completion", action)))
    assert f"Nobody claims that {action.reference} is done: it is not started." in page
    told(action, Status.AWAITING_APPROVAL, JUNE, by=ig_officer)
    for address in (at("approve_completion", action), action_page(action)):
        page = text(client.get(address))
        assert "You claimed it, so somebody else approves it." in page
        assert "What does it rest on?" not in page
    assert at("approve_completion", action) not in page
    said = {"basis": "Signed copy", "decision": "Item 4", "waiver": ""} | days(JULY)
    answer = client.post(at("approve_completion", action), said)
    assert "You claimed it, so somebody else approves it" in text(answer)
    assert "Signed copy" in text(answer)
    assert not [each for each in all_waiting(known(ig_officer, ig_officer.post)) if each.kind == "approve"]


def test_an_auditor_in_the_owners_line_is_told_why_they_do_not_verify(action):
    auditor = play("internal_auditor", Role.INTERNAL_AUDITOR)
    approve(action, found(), by=UserFactory())
    action.owner.unit = auditor.post.unit
    action.owner.save()
    client, why = signed_in(auditor), f"A post of yours is in the line of {auditor.post.unit}"
    answer = client.get(at("verify_completion", action))
    assert answer.status_code == 403
    for page in (text(answer), text(client.get(action_page(action)))):
        assert why in page
        assert "does not have the role" not in page
    assert why not in text(signed_in(play("siro", Role.SIRO)).get(action_page(action)))


def test_who_verifies_sees_the_claim_its_evidence_and_then_the_approval():
    action = an_action(approving_body="The strategy group")
    claimer, approver = play("claimer"), play("approver")
    told(action, Status.AWAITING_APPROVAL, JUNE, by=claimer, evidence="The policy of June")
    approve(action, found(decision="Item 4 of July"), by=approver)
    auditor = signed_in(play("internal_auditor", Role.INTERNAL_AUDITOR))
    page = text(auditor.get(at("verify_completion", action)))
    places = [
        page.index(words)
        for words in (
            "10 June 2016",
            "The policy of June",
            "Claimer",
            "10 July 2016",
            "Approver",
            "Item 4 of July",
        )
    ]
    assert places == sorted(places)
    assert page.index("The policy of June") < page.index("The signed policy, records store 12")


def test_more_than_are_named_to_be_approved_are_said_to_be_more(action, director):
    plan = action.plan
    plan.approver = director.post
    plan.save()
    others = [told(an_action(plan), Status.AWAITING_APPROVAL, JUNE).action for _ in range(SHOWN_OTHERS)]
    browser, more = signed_in(director), "And more, which are named here"
    page = text(browser.get(at("approve_completion", action)))
    assert all(at("approve_completion", other) in page for other in others)
    assert more not in page
    told(an_action(plan), Status.AWAITING_APPROVAL, JUNE)
    page = text(browser.get(at("approve_completion", action)))
    assert more in page
    assert page.count("/approve/") - page.count(at("approve_completion", action)) == SHOWN_OTHERS


def test_who_reports_does_not_complete_what_somebody_is_named_to_approve(action, ig_officer):
    client = signed_in(ig_officer)
    answer = client.post(report_page(action), typed(action, Status.COMPLETED, JULY))
    assert "Director of Resources approves that it is done: report “Awaiting approval”" in text(answer)
    assert client.post(report_page(action), typed(action, Status.AWAITING_APPROVAL, JULY)).status_code == 302


def test_nor_by_a_correction(action, ig_officer):
    claim = action.standing()
    said = typed(action, Status.COMPLETED, JUNE, reason="It was done", kind="right")
    answer = signed_in(ig_officer).post(correct_page(claim), said)
    assert "Director of Resources approves that it is done" in text(answer)
    approve(action, found(), by=UserFactory())
    said = typed(action, Status.COMPLETED, JULY, "Better", reason="Better evidence", kind="right")
    assert signed_in(ig_officer).post(correct_page(action.standing()), said).status_code == 302


def test_a_refusal_is_told_with_its_reason_on_the_page(action, ig_officer):
    approved_by(action, approving_body="The strategy group")
    client = signed_in(ig_officer)
    assert at("refuse_completion", action) in text(client.get(action_page(action)))
    missing = client.post(at("refuse_completion", action), {"basis": ""} | days(JULY))
    assert "Answer “Why is it not approved?”" in text(missing)
    page = text(
        client.post(at("refuse_completion", action), {"basis": "No minutes"} | days(JULY), follow=True)
    )
    assert f"{action.reference} is not approved by" in page
    assert "No minutes" in page
    assert action.standing().status == Status.IN_PROGRESS


@pytest.mark.parametrize("of_plan", [True, False])
def test_an_officer_says_who_approves(ig_officer, director, of_plan):
    action, client = an_action(), signed_in(ig_officer)
    held = action.plan if of_plan else action
    name = "set_plan_approver" if of_plan else "set_approver"
    address = reverse(f"actions:{name}", args=[held.code if of_plan else held.reference])
    said = {"approver": director.post.pk, "approving_body": "", "change_reason": "As the charter says"}
    said["seen_version"] = held.standing_version()
    both = client.post(address, said | {"approving_body": "The board"})
    assert "Give the post or the body, not both" in text(both)
    assert client.post(address, said).status_code == 302
    held.refresh_from_db()
    assert held.approver == director.post
    assert held.history.first().history_change_reason == "As the charter says"
    assert "Director approves that it is done" in text(client.get(action_page(action)))
    assert client.post(address, said | {"approver": ""}).status_code == 409


def test_the_plan_shows_the_three_side_by_side(action, ig_officer):
    page = text(signed_in(ig_officer).get(plan_page(action.plan)))
    for name in ("claimed", "approved", "verified"):
        assert f"/figures/actions.{name}/" in page
    assert "is claimed to be done, and remains to be done until that is approved" in page
    assert "As of: </span>" in page


# Who approves


@pytest.mark.parametrize("of_plan", [True, False])
def test_what_awaits_approval_is_left_to_nobody_by_no_change(ig_officer, director, of_plan):
    action, client = a_claim(), signed_in(ig_officer)
    if not of_plan:
        approved_by(action, approver=director.post)
        action.plan.approver = None
        action.plan.save()
    held = action.plan if of_plan else action
    name, who = ("set_plan_approver", "its completions") if of_plan else ("set_approver", "its completion")
    address = reverse(f"actions:{name}", args=[held.code if of_plan else held.reference])
    said = {
        "approver": "",
        "approving_body": "",
        "change_reason": "No need",
        "seen_version": held.standing_version(),
    }
    answer = client.post(address, said)
    assert f"{action.reference} awaits approval by" in text(answer)
    assert "nobody would be left to give it" in text(answer)
    held.refresh_from_db()
    assert held.approver_named
    page = text(client.post(address, said | {"approving_body": "The board"}, follow=True))
    assert f"The board approves {who} now" in page
    approve(action, found(decision="Minute 4"), by=UserFactory())
    held.refresh_from_db()
    page = text(client.post(address, said | {"seen_version": held.standing_version()}, follow=True))
    assert f"nobody approves {who} now" in page


def test_what_nobody_is_named_to_approve_is_not_reported_to_await_it_and_officers_are_told_of_what_does(
    ig_officer,
):
    action, client = an_action(), signed_in(ig_officer)
    said = typed(action, Status.AWAITING_APPROVAL, JULY, "Signed copy")
    page = text(client.post(report_page(action), said))
    assert f"Nobody is named to approve {action.reference}" in page
    assert "Signed copy" in page
    told(action, Status.AWAITING_APPROVAL, JULY)
    more = typed(action, Status.AWAITING_APPROVAL, JULY, "Second copy")
    assert client.post(report_page(action), more).status_code == 302
    (waiting,) = [each for each in all_waiting(known(ig_officer, ig_officer.post)) if each.kind == "unnamed"]
    assert waiting.words == "Nobody is named to approve 1 action said to be done"
    assert waiting.path == at("set_approver", action)
    approved_by(action, approving_body="The board")
    assert not [each for each in all_waiting(known(ig_officer, ig_officer.post)) if each.kind == "unnamed"]


def test_what_was_said_of_a_claim_that_ended_stands_no_longer_and_says_since_when(ig_officer):
    action, client = a_claim(), signed_in(ig_officer)
    approve(action, found(), by=UserFactory())
    verify(action, found(), by=UserFactory())
    assert "No longer stands" not in text(client.get(action_page(action)))
    told(action, Status.IN_PROGRESS, AUGUST)
    page = text(client.get(action_page(action)))
    assert page.count("<strong>No longer stands</strong>: opened again on 10 August 2016") == 2
    assert "Of the claim from 10 June 2016, known on 10 June 2016. This was known on" in page
    assert "No longer stands" not in text(client.get(action_page(action, f"as_at={JULY}")))
