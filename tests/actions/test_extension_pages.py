"""The pages on which more time is asked for and answered, for who may."""

import pytest
from django.urls import reverse

from actions.models import Action, ActionPlan, Extension, Status
from tests.actions.factories_extensions import BODY, MINUTE, asked, granted, in_days, refused
from tests.actions.factories_order import NeedFactory
from tests.actions.pages import HOSTILE, text
from tests.cast import play, signed_in
from tests.factories import ActionFactory, PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(owner):
    """The owner's, due in ten days; a committee approves it."""
    return ActionFactory(owner=owner.post, due_on=in_days(10), approving_body=BODY)


def asking(action):
    return reverse("actions:ask_extension", args=[action.reference])


def answering(request):
    return reverse("actions:answer_extension", args=[request.action.reference, request.pk])


def withdrawing(request):
    return reverse("actions:withdraw_extension", args=[request.action.reference, request.pk])


def day(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def request_of(**other):
    return {**day("due_on", in_days(60)), "reason": "The supplier is late", "body": BODY, **other}


def answer_of(request, **other):
    said = {"answer": "granted", "reason": "", "minute": MINUTE, "seen": request.action.last_date_recorded()}
    return {**said, **day("due_on", request.due_on), **day("effective_on", in_days(0)), **other}


def test_an_owner_asks_and_a_committees_answer_is_recorded_with_its_minute(action, owner, committee_officer):
    browser = signed_in(owner)
    assert asking(action) in text(browser.get(action.get_absolute_url()))
    page = text(browser.post(asking(action), request_of(), follow=True))
    assert f"Asked for. {BODY} decides" in page
    assert "No answer yet" in page
    assert "Ask for more time" not in page
    request = Extension.objects.get()
    assert "Answer this request" not in page
    theirs = signed_in(committee_officer)
    home = text(theirs.get("/"))
    assert f"{action.reference}: more time is asked for" in home
    assert "Which minute records it? (optional)" not in text(theirs.get(answering(request)))
    said = text(theirs.post(answering(request), answer_of(request), follow=True))
    assert f"by {BODY}, minute {MINUTE}" in said
    assert "extended 1 time" in said
    assert "This request has been answered" in text(theirs.get(answering(request)))


def test_a_post_that_reads_no_register_answers_what_it_decides(action, owner):
    decider = play("decider")
    request = asked(action, by=owner, post=decider.post)
    browser = signed_in(decider)
    page = text(browser.get(answering(request)))
    assert "The supplier is late" in page
    assert "Which minute" not in page
    answer = browser.post(answering(request), answer_of(request, answer="refused", reason="No"))
    assert answer.url == "/"
    assert Extension.objects.get(kind="refused").reason == "No"
    assert browser.get(action.get_absolute_url()).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "Answer “Why is more time needed?”"),
        ({"due_on_month": "13"}, "The new date must have a month"),
        (day("due_on", in_days(3)), "that is not more time"),
    ],
)
def test_what_cannot_be_asked_for_is_said_and_kept(action, owner, wrong, sentence):
    page = signed_in(owner).post(asking(action), request_of() | {"reason": "Kept words"} | wrong)
    assert page.status_code == 200
    assert sentence in text(page)
    assert "reason" in wrong or "Kept words" in text(page)
    assert not Extension.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"body": ""}, "Say which post or committee decides"),
        ({"decides": "0"}, "There is a problem"),
        ({"body": "\x00"}, "There is a problem"),
        ({"decides": "owner"}, "There is a problem"),
        ({"decides": "other"}, "Give the post or the committee, not both"),
    ],
)
def test_where_nobody_is_named_an_officer_says_who_decides_and_the_owner_does_not(
    action, owner, ig_officer, wrong, sentence
):
    Action.objects.filter(pk=action.pk).update(approving_body="")
    said = signed_in(owner).post(asking(action), request_of(), follow=True)
    assert "Nobody is named to decide about" in text(said)
    assert not Extension.objects.exists()
    posts = {"owner": action.owner_id, "other": PostFactory().pk}
    wrong = {name: posts.get(value, value) for name, value in wrong.items()}
    officer = signed_in(ig_officer)
    assert sentence in text(officer.post(asking(action), request_of() | wrong))
    assert f"Asked for. {BODY} decides" in text(officer.post(asking(action), request_of(), follow=True))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"answer": ""}, "Select whether it is granted or refused"),
        ({"answer": "refused"}, "Say why it is refused"),
        ({"minute": ""}, "Enter the minute that records the decision"),
        ({"due_on_day": "", "due_on_month": "", "due_on_year": ""}, "Enter the new date"),
        (day("effective_on", in_days(1)), "The day is in the future"),
        (day("due_on", in_days(10)), "grant a later day, or refuse"),
        ({"seen": "x"}, "There is a problem"),
    ],
)
def test_an_answer_that_says_too_little_is_refused_and_kept(action, owner, ig_officer, wrong, sentence):
    request = asked(action, by=owner)
    words = {} if wrong.get("answer") == "refused" else {"reason": HOSTILE}
    page = signed_in(ig_officer).post(answering(request), answer_of(request) | words | wrong)
    assert page.status_code == 200
    assert sentence in text(page)
    assert HOSTILE not in text(page)
    assert not Extension.objects.filter(request=request).exists()


def test_a_second_answer_is_told_that_somebody_was_faster(action, owner, ig_officer):
    request = asked(action, by=owner)
    refused(request)
    page = signed_in(ig_officer).post(answering(request), answer_of(request))
    assert "This request has been answered already" in text(page)


def test_a_request_is_taken_back_by_who_asked(action, owner, ig_officer):
    request = asked(action, by=owner)
    assert signed_in(ig_officer).get(withdrawing(request)).status_code == 403
    browser = signed_in(owner)
    assert "Answer “Why is it asked for no longer?”" in text(browser.post(withdrawing(request), {}))
    page = text(browser.post(withdrawing(request), {"reason": "Done in time"}, follow=True))
    assert "more time is asked for no longer" in page
    assert "Done in time" in page
    assert asking(action) in page


def test_an_answer_is_no_request(action, owner, ig_officer):
    answer = granted(asked(action, by=owner))
    assert signed_in(ig_officer).get(answering(answer)).status_code == 404


def test_a_date_past_what_waits_on_it_is_granted_only_knowingly(action, owner, ig_officer):
    NeedFactory(action=ActionFactory(due_on=in_days(20)), needs_action=action)
    request = asked(action, by=owner)
    browser = signed_in(ig_officer)
    page = text(browser.post(answering(request), answer_of(request)))
    assert "The dates would be out of order" in page
    assert "Move the date all the same" in page
    told = answer_of(request, knowing="on", warned="1")
    assert browser.post(answering(request), told).status_code == 302


def test_the_requests_of_a_plan_are_listed_those_that_wait_first(action, owner, ig_officer):
    ActionPlan.objects.filter(pk=action.plan.pk).update(opened_on=in_days(-30))
    refused(asked(action, by=owner), reason="Not this year")
    waits = asked(ActionFactory(plan=action.plan, due_on=in_days(5)), by=owner, reason="No trainer")
    page = text(signed_in(ig_officer).get(reverse("actions:extensions", args=[action.plan.code])))
    assert page.index("No trainer") < page.index("Not this year")
    assert "/figures/actions.extension_waiting/" in page
    link = f'href="{answering(waits)}"'
    decides = waits.decides_id is None  # a body, whose decisions officers record
    assert (link in page, page.count(">Answer<")) == (decides, int(decides))
    yesterday = f"?as_at={in_days(-1)}"
    past = text(signed_in(ig_officer).get(reverse("actions:extensions", args=[action.plan.code]) + yesterday))
    assert "Nobody has asked for more time" in past


def test_of_an_action_that_is_closed_no_answer_is_offered(action, owner, ig_officer):
    asked(action, by=owner)
    browser, there = signed_in(ig_officer), reverse("actions:extensions", args=[action.plan.code])
    assert ">Answer<" in text(browser.get(there))
    action.report(Status.WITHDRAWN, effective_on=in_days(0), by=owner, why="Nobody needs it")
    page = text(browser.get(there))
    assert "No answer yet" in page
    assert ">Answer<" not in page


@pytest.mark.parametrize("number", [10, 60])
def test_the_list_asks_twelve_queries_whatever_its_size(
    number, action, owner, ig_officer, django_assert_max_num_queries
):
    for _ in range(number):
        asked(ActionFactory(plan=action.plan, owner=owner.post, due_on=in_days(5)), by=owner)
    browser = signed_in(ig_officer)
    page = reverse("actions:extensions", args=[action.plan.code])
    browser.get(page)
    with django_assert_max_num_queries(12):
        browser.get(page)
