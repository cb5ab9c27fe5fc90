"""Closing a risk says what is still open of it, and asks; it ends what was asked for."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from actions.models import ActionRisk, Status
from governance.core.dates import today
from governance.figures.moment import Moment
from risks.models import AcceptanceRequest, Risk
from risks.representations.acceptance import Accepted
from risks.services import state
from risks.services.acceptance import ask
from tests.cast import signed_in
from tests.factories import ActionFactory
from tests.people.test_races import at_once
from tests.risks.factories import TARGET, score

pytestmark = pytest.mark.django_db


def closing(risk):
    return reverse("risks:close", args=[risk.reference])


def close(person, risk, **more):
    browser = signed_in(person)
    form = browser.get(closing(risk)).context["form"]
    seen = {"seen": form["seen"].value()} if "seen" in form.fields else {}
    return browser.post(closing(risk), {"to": "closed", "reason": "The system is gone"} | seen | more)


def said(person, risk):
    return signed_in(person).get(closing(risk)).context["still"]


def is_open(risk):
    return Risk.objects.get(pk=risk.pk).state == "open"


def test_with_nothing_open_it_is_closed_without_another_question(owner):
    assert "confirmed" not in signed_in(owner).get(closing(owner.risk)).context["form"].fields
    assert close(owner, owner.risk).status_code == 302
    assert not is_open(owner.risk)


def test_actions_that_are_not_done_are_named_and_asked_about(owner):
    ActionRisk.objects.create(action=owner.action, risk=owner.risk)
    assert said(owner, owner.risk) == [f"{owner.action} is not done"]
    answer = close(owner, owner.risk)
    assert "confirmed" in answer.context["form"].errors
    assert answer.context["form"]["reason"].value() == "The system is gone"
    assert is_open(owner.risk)
    close(owner, owner.risk, confirmed="on")
    assert not is_open(owner.risk)


def test_an_action_that_is_done_is_not_asked_about(owner, ig_officer):
    ActionRisk.objects.create(action=owner.action, risk=owner.risk)
    owner.action.report(Status.COMPLETED, effective_on=today(), by=ig_officer)
    assert said(owner, owner.risk) == []


def test_actions_that_the_reader_may_not_open_are_counted(owner):
    for _ in range(2):
        ActionRisk.objects.create(action=ActionFactory(), risk=owner.risk)
    assert said(owner, owner.risk) == ["2 actions that you may not open are not done"]


def test_a_target_that_is_not_reached_is_said(owner):
    score(owner.risk, 4, 4)
    score(owner.risk, 1, 1, kind=TARGET)
    assert said(owner, owner.risk) == ["The current score, Very high, is above the target, Low"]


def test_what_came_since_the_page_was_opened_is_shown_before_it_is_closed(owner):
    ActionRisk.objects.create(action=owner.action, risk=owner.risk)
    browser = signed_in(owner)
    seen = browser.get(closing(owner.risk)).context["form"]["seen"].value()
    ActionRisk.objects.create(action=ActionFactory(owner=owner.post), risk=owner.risk)
    given = {"to": "closed", "reason": "Gone", "seen": seen, "confirmed": "on"}
    answer = browser.post(closing(owner.risk), given)
    assert "has changed" in answer.context["form"].non_field_errors()[0]
    assert is_open(owner.risk)
    given["seen"] = answer.context["form"]["seen"].value()
    assert browser.post(closing(owner.risk), given).status_code == 302


@pytest.mark.parametrize("step", [state.close, state.withdraw])
def test_what_came_after_the_page_compared_is_seen_under_the_lock(owner, step):
    score(owner.risk, 4, 4)
    ask(owner.risk, reason="Filed in the last moment", by=owner)
    with pytest.raises(state.LookAgainError, match="has changed"):
        step(owner.risk, reason="Gone", by=owner, seen="")
    assert is_open(owner.risk)
    assert AcceptanceRequest.objects.unanswered().exists()


@pytest.mark.django_db(transaction=True)
def test_of_who_closes_and_who_asks_at_once_nobody_ends_a_request_unread(owner, ig_officer):
    """Either it is closed and no request was filed, or the request was shown before it ends."""
    score(owner.risk, 4, 4)
    asked = f"{owner.risk.get_absolute_url()}acceptance/ask/"
    given = {"to": "closed", "reason": "Gone"}
    sent = [(signed_in(owner), closing(owner.risk), given), (signed_in(ig_officer), asked, {"reason": "No"})]
    at_once(sent)
    assert is_open(owner.risk) == AcceptanceRequest.objects.exists()


class TestARequestEndsWithIt:
    def test_closing_says_so_and_reopening_does_not_ask_again(self, owner):
        score(owner.risk, 4, 4)
        ask(owner.risk, reason="Nothing else can be done", by=owner)
        assert any("ends the request" in sentence for sentence in said(owner, owner.risk))
        close(owner, owner.risk, confirmed="on")
        state.reopen(owner.risk, reason="It is not gone")
        assert not AcceptanceRequest.objects.unanswered().exists()
        assert Accepted.of(owner.risk, Moment.now(), owner).waiting is None

    @pytest.mark.parametrize("gone", [(state.close, state.reopen), (state.withdraw, state.bring_back)])
    def test_after_it_is_open_again_it_may_be_asked_anew_once(self, owner, gone):
        score(owner.risk, 4, 4)
        ask(owner.risk, reason="First", by=owner)
        for step in gone:
            step(owner.risk, reason="As decided")
        again = ask(owner.risk, reason="Second", by=owner)
        assert list(AcceptanceRequest.objects.unanswered()) == [again]
        with pytest.raises(IntegrityError, match="waits for one answer"), transaction.atomic():
            AcceptanceRequest.objects.create(
                risk=owner.risk, reason="Third", recorded_by=owner, recorded_as="Owner"
            )

    def test_a_request_that_was_never_ended_still_waits(self, owner):
        score(owner.risk, 4, 4)
        asked = ask(owner.risk, reason="First", by=owner)
        Risk.objects.filter(pk=owner.risk.pk).update(title="Renamed since")
        assert list(AcceptanceRequest.objects.unanswered()) == [asked]
