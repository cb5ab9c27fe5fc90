"""What an action waits on: said on its page, ended there, never in a circle."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from actions.models import ActionReplacement, Dependency, OrderCycleError, Status
from governance.core.dates import today
from governance.figures.moment import Moment
from tests.actions.factories_order import NeedFactory
from tests.actions.pages import HOSTILE, text, typed
from tests.cast import signed_in
from tests.factories import ActionFactory, PostFactory

pytestmark = pytest.mark.django_db
YESTERDAY = today() - timedelta(days=1)


def adding(action):
    return reverse("actions:add_need", args=[action.reference])


def ending(need):
    return reverse("actions:end_need", args=[need.action.reference, need.pk])


def on(action, step="start", **more):
    return {"needs_action": action.reference, "holds_up": step, "note": ""} | more


def withdraw(action, by):
    action.report(Status.WITHDRAWN, effective_on=today(), by=by, why="Not needed")


@pytest.mark.parametrize("post", [False, True])
def test_the_same_is_waited_on_once_at_a_time(post):
    need = NeedFactory(post=post)
    again = {"action": need.action, "needs_action": need.needs_action, "needs_post": need.needs_post}
    with pytest.raises(IntegrityError, match=r"dependency_on_an?_\w+_once"), transaction.atomic():
        Dependency.objects.create(holds_up="finish", from_on=today(), **again)
    need.end(YESTERDAY)
    assert Dependency.objects.create(holds_up="finish", from_on=today(), **again).pk


def test_what_is_said_stands_on_the_pages_of_both_actions(ig_officer):
    policy, training = ActionFactory(title="Write the policy"), ActionFactory(title="Train everybody")
    browser = signed_in(ig_officer)
    typed = on(policy, note="It is what is taught") | {"needs_action": policy.reference.lower()}
    assert browser.post(adding(training), typed).url == training.get_absolute_url()
    waiting, waited_for = (
        text(browser.get(training.get_absolute_url())),
        text(browser.get(policy.get_absolute_url())),
    )
    assert "It is what is taught" in waiting
    assert "To start, it needs" in waiting
    assert "Train everybody" in waited_for
    need = Dependency.objects.get()
    assert (need.from_on, need.until_on) == (today(), None)
    assert need.history.get().history_change_reason == f"Work put in order: {training.reference}"


def test_an_action_may_wait_on_a_post_being_filled(ig_officer):
    action, post = ActionFactory(), PostFactory(title="Records Manager")
    typed = {"needs_action": "", "needs_post": post.pk, "holds_up": "finish"}
    assert signed_in(ig_officer).post(adding(action), typed).status_code == 302
    assert "To finish, it needs the post of Records Manager" in text(
        signed_in(ig_officer).get(action.get_absolute_url())
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Enter an action or choose a post, one of the two"),
        ({"needs_action": "ACT-9999"}, "There is no action ACT-9999 that you may open"),
        ({"needs_action": "\x00"}, "There is a problem"),
        ({"needs_action": HOSTILE[:20]}, "There is a problem"),
        ({"needs_post": "0"}, "There is a problem"),
        ({"holds_up": "sideways"}, "There is a problem"),
        ({"holds_up": ""}, "Select what it cannot do before"),
    ],
)
def test_what_names_nothing_to_wait_on_is_refused_in_words_and_kept(ig_officer, typed, sentence):
    said = {"needs_action": "", "needs_post": "", "holds_up": "start", "note": "Kept words"} | typed
    page = signed_in(ig_officer).post(adding(ActionFactory()), said)
    assert page.status_code == 200
    assert sentence in text(page)
    assert "Kept words" in text(page)
    assert not Dependency.objects.exists()


def test_an_action_and_a_post_at_once_are_two_entries(ig_officer):
    said = on(ActionFactory()) | {"needs_post": PostFactory().pk}
    page = text(signed_in(ig_officer).post(adding(ActionFactory()), said))
    assert "Enter an action or choose a post, one of the two" in page


def test_an_action_never_waits_on_itself(ig_officer):
    action = ActionFactory()
    page = text(signed_in(ig_officer).post(adding(action), on(action)))
    assert "An action cannot wait on itself" in page


def test_a_circle_is_refused_and_named_all_the_way_round(ig_officer):
    first, second, third = ActionFactory.create_batch(3)
    NeedFactory(action=first, needs_action=second)
    NeedFactory(action=second, needs_action=third)
    page = text(signed_in(ig_officer).post(adding(third), on(first, note="Kept words")))
    way = " waits on ".join(each.reference for each in (third, first, second, third))
    assert f"This would be a circle: {way}." in page
    assert "Kept words" in page
    assert Dependency.objects.count() == 2


def test_what_has_ended_closes_no_circle():
    need = NeedFactory()
    need.end(YESTERDAY)
    back = {"action": need.needs_action, "needs_action": need.action, "holds_up": "start"}
    Dependency.objects.create(from_on=today(), **back)
    with pytest.raises(OrderCycleError):
        Dependency.objects.create(from_on=YESTERDAY, **(back | {"holds_up": "finish"}))


@pytest.mark.parametrize("status", [Status.COMPLETED, Status.WITHDRAWN])
def test_what_is_closed_waits_on_nothing_more(ig_officer, status):
    action = ActionFactory()
    action.report(status, effective_on=today(), by=ig_officer, why="Not needed")
    page = text(signed_in(ig_officer).post(adding(action), on(ActionFactory())))
    assert f"{action.reference} is {status.label.lower()}, so it waits on nothing any more" in page


def test_nothing_is_made_to_wait_on_what_was_withdrawn(ig_officer):
    gone = ActionFactory()
    withdraw(gone, ig_officer)
    page = text(signed_in(ig_officer).post(adding(ActionFactory()), on(gone)))
    assert f"{gone.reference} was withdrawn: nothing can wait on it" in page


def test_an_owner_waits_only_on_what_they_may_open(owner, other_owner):
    browser = signed_in(owner)
    refused = text(browser.post(adding(owner.action), on(other_owner.action)))
    assert "that you may open" in refused
    assert other_owner.action.title not in refused
    mine = ActionFactory(owner=owner.post)
    assert browser.post(adding(owner.action), on(mine)).status_code == 302


def test_a_wait_on_what_the_owner_may_not_open_is_ended_without_its_title(owner, other_owner):
    need = NeedFactory(action=owner.action, needs_action=other_owner.action)
    page = text(signed_in(owner).get(ending(need)))
    assert other_owner.action.reference in page
    assert other_owner.action.title not in page


def test_what_waited_on_a_withdrawn_action_is_not_stuck_and_is_shown_for_decision(ig_officer):
    need = NeedFactory()
    withdraw(need.needs_action, ig_officer)
    now = Moment.now()
    assert not Dependency.objects.unmet(now).exists()
    assert Dependency.objects.for_decision(now).get() == need
    assert not Dependency.objects.for_decision(Moment.of(YESTERDAY)).exists()
    browser = signed_in(ig_officer)
    assert "withdrawn, so decide what it needs instead" in text(browser.get(need.action.get_absolute_url()))
    assert "so it holds these up no longer" in text(browser.get(need.needs_action.get_absolute_url()))
    need.action.report(Status.IN_PROGRESS, effective_on=today(), by=ig_officer)


def test_ending_keeps_the_past_and_its_reason(ig_officer):
    need = NeedFactory()
    browser = signed_in(ig_officer)
    assert "There is a problem" in text(browser.post(ending(need), {}))
    assert Dependency.objects.in_force(today()).exists()
    assert browser.post(ending(need), {"change_reason": "Not needed after all"}).status_code == 302
    need.refresh_from_db()
    assert need.until_on == YESTERDAY
    assert need.history.latest("history_id").history_change_reason == "Not needed after all"
    assert Dependency.objects.in_force(YESTERDAY).exists()
    assert not Dependency.objects.in_force(today()).exists()
    assert browser.post(ending(need), {"change_reason": "Again"}).status_code == 404


def test_what_was_said_today_by_mistake_is_taken_back_whole(ig_officer):
    need = NeedFactory(from_on=today())
    signed_in(ig_officer).post(ending(need), {"change_reason": "Another was meant"})
    assert not Dependency.objects.exists()
    assert Dependency.history.get(history_type="-").history_change_reason == "Another was meant"


def test_a_past_day_offers_no_change(ig_officer):
    need = NeedFactory()
    page = text(signed_in(ig_officer).get(f"{need.action.get_absolute_url()}?as_at={YESTERDAY}"))
    assert ending(need) not in page
    assert adding(need.action) not in page


def at_once(calls):
    """Every call in a thread and a connection of its own, released together."""
    ready = Barrier(len(calls))

    def run(call):
        try:
            ready.wait(timeout=60)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as people:
        return list(people.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_of_three_who_close_a_circle_at_once_one_is_told(ig_officer):
    actions = ActionFactory.create_batch(3)
    pairs = zip(actions, [*actions[1:], actions[0]], strict=True)
    posts = [(signed_in(ig_officer), adding(one), on(next_one)) for one, next_one in pairs]
    answers = at_once([lambda b=b, a=a, said=said: b.post(a, said).status_code for b, a, said in posts])
    assert sorted(answers) == [200, 302, 302]
    assert Dependency.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_end_the_same_at_once_nobody_meets_an_error(ig_officer):
    need = NeedFactory()
    browsers = [signed_in(ig_officer) for _ in range(2)]
    said = {"change_reason": "Not needed"}
    answers = at_once([lambda b=b: b.post(ending(need), said).status_code for b in browsers])
    assert answers.count(302) == 1
    assert set(answers) <= {302, 200, 404}
    assert need.history.count() == 2


# What has begun, and what was withdrawn


def test_that_what_has_begun_cannot_start_is_said_with_a_reason_only(ig_officer):
    action, needed = ActionFactory(), ActionFactory()
    action.report(Status.IN_PROGRESS, effective_on=today(), by=ig_officer)
    browser = signed_in(ig_officer)
    page = text(browser.post(adding(action), on(needed, note="Kept words")))
    assert f"{action.reference} has begun already: it is in progress" in page
    assert "Kept words" in page
    assert "Say why it is said all the same" in text(browser.post(adding(action), on(needed, why=" ")))
    assert not Dependency.objects.exists()
    assert browser.post(adding(action), on(needed, why="It was begun by mistake")).status_code == 302
    reason = Dependency.objects.get().history.get().history_change_reason
    assert reason.endswith("It was begun by mistake")


@pytest.mark.parametrize("on_itself", [True, False])
def test_of_what_has_begun_a_circle_is_said_before_a_reason_is_asked(ig_officer, on_itself):
    need = NeedFactory()
    begun = need.needs_action
    begun.report(Status.IN_PROGRESS, effective_on=today(), by=ig_officer)
    wrong = signed_in(ig_officer).post(adding(begun), on(begun if on_itself else need.action))
    sentence = "An action cannot wait on itself" if on_itself else "This would be a circle"
    assert sentence in str(wrong.context["form"].errors["needs_action"])
    assert "Say why it is said all the same" not in text(wrong)


@pytest.mark.parametrize("instead", [{"holds_up": "finish"}, {"needs_action": "done"}])
def test_no_reason_is_asked_for_what_is_needed_to_finish_or_is_there_already(ig_officer, instead):
    action, done = ActionFactory(), ActionFactory(reference="done")
    for each, status in ((action, Status.IN_PROGRESS), (done, Status.COMPLETED)):
        each.report(status, effective_on=today(), by=ig_officer)
    assert signed_in(ig_officer).post(adding(action), on(ActionFactory()) | instead).status_code == 302


def test_what_waits_on_a_withdrawn_action_is_named_and_may_wait_on_what_takes_its_place(ig_officer):
    need, new = NeedFactory(), ActionFactory()
    gone, waiting = need.needs_action, need.action
    browser, report = signed_in(ig_officer), reverse("actions:report", args=[gone.reference])
    assert "If you withdraw it, what waits on it waits for a decision:" in text(browser.get(report))
    said = typed(gone, Status.WITHDRAWN, today(), why="Not needed", replaced_by=new.reference)
    page = text(browser.post(report, said, follow=True))
    assert f"{waiting.reference} waited on {gone.reference}. Decide" in page
    assert f'href="{ending(need)}"' in text(browser.get(reverse("actions:report", args=[waiting.reference])))
    assert f"{new.reference} {new.title}" in text(browser.get(ending(need)))
    answer = browser.post(
        ending(need), {"change_reason": "As decided", "instead": [new.reference]}, follow=True
    )
    assert f"waits on that no longer, and waits on {new.reference} instead" in text(answer)
    (now,) = waiting.dependencies.in_force(today())
    assert (now.needs_action, now.holds_up) == (new, need.holds_up)


def test_what_would_be_a_circle_is_not_chosen_instead_and_the_wait_stays(ig_officer):
    need, new = NeedFactory(), ActionFactory()
    NeedFactory(action=new, needs_action=need.action)
    withdraw(need.needs_action, ig_officer)
    ActionReplacement.objects.create(action=need.needs_action, replacement=new)
    said = {"change_reason": "As decided", "instead": [new.reference]}
    page = text(signed_in(ig_officer).post(ending(need), said))
    assert "This would be a circle" in page
    assert Dependency.objects.in_force(today()).filter(pk=need.pk).exists()
