"""Putting right what was reported: the wrong stays in the trail, with the reason."""

from datetime import date

import pytest

from actions.models import OpeningUpdateError, Status
from governance.figures.moment import Moment
from tests.actions.pages import (
    OPENED,
    action_page,
    an_action,
    correct_page,
    days,
    text,
    told,
    typed,
    vacant_post,
    wait,
)
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
MARCH, MAY = date(2016, 3, 1), date(2016, 5, 2)
OPENING_STAYS = "The update that opened the action cannot be taken away"


@pytest.fixture
def action(owner):
    """The owner's action, opened in January 2016."""
    return an_action(owner=owner.post)


@pytest.fixture
def wrong(action):
    """In progress since March, it was said."""
    return told(action, Status.IN_PROGRESS, MARCH, evidence="Draft sent")


def right(update, status=Status.NOT_STARTED, day=MARCH, **more):
    """What the form posts to put the update right."""
    reason = {"kind": "right", "reason": "Entered for the wrong action"}
    return typed(update.action, status, day) | reason | more


def never(update, **more):
    """What the form posts to say that it never happened."""
    return {"kind": "never", "reason": "Another action was meant", "seen": update.action.latest().pk} | more


def post(person, update, said):
    return signed_in(person).post(correct_page(update), said)


def test_a_correction_takes_the_place_of_what_was_wrong_and_says_why(ig_officer, action, wrong):
    answer = post(ig_officer, wrong, right(wrong, evidence="Nothing was sent"))
    assert answer["Location"] == action_page(action)
    corrected = action.latest()
    assert corrected.corrects == wrong
    assert (corrected.status, corrected.place, corrected.evidence) == (
        "not_started",
        wrong.place,
        "Nothing was sent",
    )
    assert corrected.reason == "Entered for the wrong action"
    action.refresh_from_db()
    assert action.status == Status.NOT_STARTED
    assert action.history.latest().history_change_reason == "Progress corrected: Entered for the wrong action"


def test_what_was_known_before_the_correction_can_still_be_asked(ig_officer, action, wrong):
    post(ig_officer, wrong, right(wrong))
    assert action.standing(Moment.of(MAY, MAY)).status == Status.IN_PROGRESS
    assert action.standing(Moment.of(MAY)).status == Status.NOT_STARTED


def test_what_never_happened_stands_no_more(ig_officer, action, wrong):
    assert post(ig_officer, wrong, never(wrong)).status_code == 302
    assert action.latest().void
    assert action.standing().effective_on == date(2016, 1, 18)


def test_what_is_typed_beside_never_happened_does_not_count(ig_officer, action, wrong):
    said = never(wrong, status="banana", effective_on_day="99", evidence="x" * 9000)
    assert post(ig_officer, wrong, said).status_code == 302
    assert (action.latest().void, action.latest().evidence) == (True, "Draft sent")


def test_a_void_can_be_taken_back(ig_officer, action, wrong):
    post(ig_officer, wrong, never(wrong))
    void = action.latest()
    assert post(ig_officer, void, right(void, Status.IN_PROGRESS)).status_code == 302
    assert action.standing().status == Status.IN_PROGRESS


def test_the_form_begins_with_what_was_said(ig_officer, wrong):
    page = text(signed_in(ig_officer).get(correct_page(wrong)))
    assert "In progress from 1 March 2016" in page
    assert "Draft sent</textarea>" in page.replace("\n", "")
    assert 'value="in_progress" class="govuk-radios__input" id="id_status_1" checked' in page


def test_what_does_not_count_for_what_never_happened_is_said_to_be_only_for_a_correction(ig_officer, wrong):
    page = text(signed_in(ig_officer).get(correct_page(wrong)))
    assert page.count("Only for a correction: it does not count for what never happened") == 3
    assert page.index("What was wrong?") < page.index("Only for a correction")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"reason": ""}, "why is it corrected"),
        ({"kind": ""}, "Select what was wrong</a>"),
        ({"status": "in_progress", "evidence": "Draft sent"}, "Nothing is different"),
        (days(date(2016, 1, 17)), "The action was opened on 18 January 2016"),
        (days(date(2999, 1, 1)), "The date is in the future"),
        ({"status": ""}, "Select the status"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(ig_officer, action, wrong, said, sentence):
    page = text(post(ig_officer, wrong, right(wrong) | said))
    assert "There is a problem" in page
    assert sentence.lower() in page.lower()
    assert action.updates.count() == 2


@pytest.mark.parametrize("reports", [0, 1])
@pytest.mark.parametrize("corrections", [0, 1])
def test_the_opening_cannot_be_said_never_to_have_happened(ig_officer, action, reports, corrections):
    opening = action.latest()
    for _ in range(corrections):
        opening = action.correct(opening, by=ig_officer, reason="Said more of it", evidence="Minute 4")
    for _ in range(reports):
        told(action, Status.IN_PROGRESS, MARCH)
    page = text(post(ig_officer, opening, never(opening)))
    assert f"{OPENING_STAYS}: correct its date or status instead" in page
    with pytest.raises(OpeningUpdateError, match=OPENING_STAYS):
        action.correct(opening, by=ig_officer, reason="Another action was meant", void=True)
    assert action.updates.count() == 1 + reports + corrections
    assert action.standing(Moment.of(OPENED)).status == Status.NOT_STARTED


def test_the_opening_may_be_put_right_back_to_the_day_the_plan_was_opened(ig_officer, action):
    opening = action.latest()
    early = right(opening, Status.NOT_STARTED, date(2016, 1, 17), evidence="")
    assert "The action was opened on 18 January 2016" in text(post(ig_officer, opening, early))
    assert post(ig_officer, opening, right(opening, Status.NOT_STARTED, date(2016, 2, 1))).status_code == 302


def test_a_correction_that_breaks_the_order_warns_and_asks_why(ig_officer, action, wrong):
    wait(action, "finish", needs_post=vacant_post())
    said = right(wrong, Status.COMPLETED)
    assert "This action still waited on 1 March 2016" in text(post(ig_officer, wrong, said))
    assert post(ig_officer, wrong, said | {"waiver": "Agreed by the SIRO"}).status_code == 302
    assert action.latest().waiver == "Agreed by the SIRO"


def test_putting_only_the_evidence_right_asks_nothing_about_the_order(ig_officer, action):
    wait(action, "finish", needs_post=vacant_post())
    done = told(action, Status.COMPLETED, MAY, waiver="Agreed by the SIRO")
    assert post(ig_officer, done, right(done, Status.COMPLETED, MAY, evidence="Minute 4")).status_code == 302
    assert action.latest().waiver == "Agreed by the SIRO"


# Two people at once


def test_what_somebody_else_has_corrected_meanwhile_can_only_be_corrected_again(
    ig_officer, records_manager, action, wrong
):
    said = right(wrong, evidence="My own careful words")
    action.correct(wrong, by=records_manager, reason="One day out", effective_on=date(2016, 3, 2))
    for _ in range(2):
        answer = post(ig_officer, wrong, said)
        page = text(answer)
        assert answer.status_code == 409
        assert "My own careful words" in page
        assert correct_page(action.latest()) in page
        said["seen"] = action.latest().pk
    assert action.updates.count() == 3


def test_a_report_made_meanwhile_is_shown_and_the_correction_may_go_on(ig_officer, owner, action, wrong):
    said = right(wrong)
    action.report(Status.COMPLETED, effective_on=MAY, by=owner)
    assert post(ig_officer, wrong, said).status_code == 409
    assert post(ig_officer, wrong, said | {"seen": action.latest().pk}).status_code == 302


@pytest.mark.parametrize("said", [right, never])
def test_the_same_correction_sent_twice_is_made_once(ig_officer, action, wrong, said):
    posted = said(wrong)
    assert post(ig_officer, wrong, posted).status_code == 302
    assert post(ig_officer, wrong, posted).status_code == 302
    assert action.updates.count() == 3


@pytest.mark.parametrize("said", [right, never])
def test_another_reason_is_not_taken_for_the_same_correction(ig_officer, action, wrong, said):
    post(ig_officer, wrong, said(wrong))
    answer = post(ig_officer, wrong, said(wrong, reason="The board asked for it"))
    assert answer.status_code == 409
    assert "The board asked for it" in text(answer)
    assert action.updates.count() == 3


def test_the_form_of_something_already_corrected_leads_back_and_says_so(ig_officer, action, wrong):
    post(ig_officer, wrong, right(wrong))
    page = signed_in(ig_officer).get(correct_page(wrong), follow=True)
    assert page.redirect_chain[0][0] == action_page(action)
    assert "has been corrected already" in text(page)


# Who may


@pytest.mark.parametrize(
    ("who", "status"),
    [("ig_officer", 302), ("records_manager", 302), ("owner", 403), ("siro", 403), ("auditor", 403),
     ("other_owner", 404), ("outsider", 403)],
)  # fmt: skip
def test_who_may_correct(request, action, wrong, who, status):
    person = request.getfixturevalue(who)
    assert post(person, wrong, right(wrong)).status_code == status
    assert action.updates.count() == (3 if status == 302 else 2)


def test_an_update_of_another_action_is_not_found(ig_officer, wrong):
    other = an_action()
    address = correct_page(wrong).replace(wrong.action.reference, other.reference)
    assert signed_in(ig_officer).get(address).status_code == 404


@pytest.mark.parametrize("key", ["0", "99999999", "99999999999999999999999"])
def test_an_unknown_update_is_not_found(ig_officer, action, key):
    address = f"{action_page(action)}updates/{key}/correct/"
    assert signed_in(ig_officer).get(address).status_code == 404
