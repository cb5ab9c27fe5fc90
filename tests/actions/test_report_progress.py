"""Reporting progress: what may be said, what is asked back, and nobody's words lost."""

from datetime import date, timedelta

import pytest
from django.utils.html import escape

from actions.models import ProgressUpdate, Status
from governance.core.dates import today
from tests.actions.pages import (
    HOSTILE,
    a_plan,
    action_page,
    an_action,
    days,
    report_page,
    text,
    told,
    typed,
    vacant_post,
    wait,
)
from tests.cast import signed_in

pytestmark = pytest.mark.django_db
MARCH = date(2016, 3, 1)


@pytest.fixture
def action(owner):
    """The owner's action, opened in January 2016."""
    return an_action(owner=owner.post)


def post(person, action, said):
    return signed_in(person).post(report_page(action), said)


def test_a_report_is_kept_with_who_said_it_and_the_status_follows(owner, action):
    answer = post(owner, action, typed(action, Status.IN_PROGRESS, MARCH, "Draft sent to the board"))
    assert answer.status_code == 302
    assert answer["Location"] == action_page(action)
    update = action.latest()
    assert (update.status, update.effective_on, update.evidence) == (
        "in_progress",
        MARCH,
        "Draft sent to the board",
    )
    assert (update.recorded_by, update.recorded_as) == (owner, owner.post.title)
    action.refresh_from_db()
    assert action.status == Status.IN_PROGRESS


def test_the_trail_says_who_reported_and_why_the_action_changed(owner, action):
    post(owner, action, typed(action))
    version = action.history.latest()
    assert (version.history_who, version.history_post) == (owner.display_name, owner.post.title)
    assert version.history_change_reason == "Progress reported"
    assert version.history_request


def test_the_reporter_is_told_what_was_kept_and_comes_back_to_the_list_they_came_from(owner, action):
    answer = signed_in(owner).post(
        f"{report_page(action)}?status=not_started&page=2", typed(action), follow=True
    )
    assert answer.redirect_chain == [(action_page(action, "status=not_started&page=2"), 302)]
    assert f"{action.reference} reported: In progress from 1 March 2016" in text(answer)


def test_a_report_of_an_earlier_day_leaves_the_later_one_standing(owner, action):
    told(action, Status.COMPLETED, date(2016, 5, 2))
    said = typed(action, Status.IN_PROGRESS, MARCH)
    page = text(signed_in(owner).post(report_page(action), said, follow=True))
    action.refresh_from_db()
    assert action.status == Status.COMPLETED
    assert f"{action.reference} stands otherwise today, by a later report: Completed from 2 May 2016" in page
    assert "choose “Correct this” beside it" in page
    assert action.updates.count() == 3


def test_today_is_offered_as_the_day(owner, action):
    page = text(signed_in(owner).get(report_page(action)))
    assert f'name="effective_on_year" type="text" inputmode="numeric" value="{today().year}"' in page
    assert "checked" not in page


def test_the_way_back_from_the_form_goes_through_the_plan(owner, action):
    page = text(signed_in(owner).get(report_page(action)))
    way = [f'href="{where}">' for where in ("/plans/", action.plan.get_absolute_url(), action_page(action))]
    assert sorted(way, key=page.index) == way


def test_the_form_says_how_the_action_stands_now_and_on_what_evidence(owner, action):
    told(action, Status.AWAITING_APPROVAL, date(2016, 3, 30), evidence="Sent to the board")
    told(action, Status.IN_PROGRESS, MARCH, evidence="Draft begun")
    for page in (
        text(signed_in(owner).get(report_page(action))),
        text(post(owner, action, typed(action, status=""))),
    ):
        assert "<strong>Now: Awaiting approval since 30 March 2016</strong><br>Sent to the board" in page
        assert "Draft begun" not in page
        assert page.index("Now: Awaiting approval") < page.index('name="status"')


@pytest.mark.parametrize(
    ("said", "sentence", "field"),
    [
        ({"status": ""}, "Select the status", "#id_status_0"),
        ({"status": "finished"}, "Select the status from the list", "#id_status_0"),
        (days(today() + timedelta(days=1)), "The date is in the future", "#id_effective_on_day"),
        (days(date(2016, 1, 17)), "The action was opened on 18 January 2016", "#id_effective_on_day"),
        (
            {"effective_on_day": "31", "effective_on_month": "2"},
            "must be a real date",
            "#id_effective_on_day",
        ),
        ({"effective_on_month": "Brumaire"}, "must have a month", "#id_effective_on_month"),
        ({"effective_on_year": "16"}, "must have a year with 4 numbers", "#id_effective_on_year"),
        ({"effective_on_day": ""}, "must include a day", "#id_effective_on_day"),
        (
            {"effective_on_day": "", "effective_on_month": "", "effective_on_year": ""},
            "When did it take effect?",
            "#id_effective_on_day",
        ),
        ({"evidence": "x" * 5001}, "must be 5000 characters or fewer", "#id_evidence"),
        ({"evidence": "a\x00b"}, "Evidence has a character that cannot be kept", "#id_evidence"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_that_leads_to_the_field(owner, action, said, sentence, field):
    answer = post(owner, action, typed(action) | said)
    page = text(answer)
    assert answer.status_code == 200
    assert "There is a problem" in page
    assert "<title>Error: " in page
    assert sentence in page
    assert f'href="{field}"' in page
    assert action.updates.count() == 1


@pytest.mark.parametrize("seen", ["", "x", "-1", "999999999999999999999", None])
def test_a_form_that_does_not_say_what_was_seen_keeps_nothing(owner, action, seen):
    said = typed(action)
    said.pop("seen") if seen is None else said.update(seen=seen)
    answer = post(owner, action, said)
    assert answer.status_code in (200, 409)
    assert action.updates.count() == 1


def test_an_empty_form_asks_for_everything_at_once(owner, action):
    page = text(post(owner, action, {}))
    assert page.count("govuk-error-message") >= 2
    assert action.updates.count() == 1


# The order of work


@pytest.fixture
def held_up(action):
    """The action cannot start before another is completed, nor finish before a post is filled."""
    policy = an_action(action.plan, title="Approve the policy")
    wait(action, "start", needs_action=policy)
    wait(action, "finish", needs_post=vacant_post())
    return action


def test_breaking_the_order_warns_names_what_it_waits_on_and_asks_why(ig_officer, held_up):
    answer = post(ig_officer, held_up, typed(held_up, Status.COMPLETED, evidence="All done"))
    page = text(answer)
    assert answer.status_code == 200
    assert "This action still waited on 1 March 2016" in page
    assert "Approve the policy" in page
    assert "Records Manager" in page
    assert 'name="waiver"' in page
    assert "all the same? (optional)" not in page
    assert "All done" in page
    assert held_up.updates.count() == 1


def test_with_a_reason_it_goes_ahead_and_the_reason_is_kept(ig_officer, held_up):
    answer = post(ig_officer, held_up, typed(held_up, Status.COMPLETED, waiver="Agreed by the SIRO"))
    assert answer.status_code == 302
    assert held_up.latest().waiver == "Agreed by the SIRO"


@pytest.mark.parametrize("reason", ["", "   "])
def test_asked_for_the_reason_and_giving_none_is_an_error(ig_officer, held_up, reason):
    page = text(post(ig_officer, held_up, typed(held_up, Status.COMPLETED, waiver=reason)))
    assert "There is a problem" in page
    assert "Say why it goes ahead all the same" in page
    assert held_up.updates.count() == 1


def test_an_owner_is_warned_of_an_action_they_may_not_open_by_its_reference(owner, held_up):
    policy = held_up.dependencies.first().needs_action
    page = text(post(owner, held_up, typed(held_up, Status.IN_PROGRESS)))
    assert f"{policy.reference}, which you may not open," in page
    assert policy.title not in page


def test_withdrawing_breaks_no_order(owner, held_up):
    assert post(owner, held_up, typed(held_up, Status.WITHDRAWN, why="Not needed")).status_code == 302


# Two people at once


def test_somebody_who_saw_an_older_state_gets_both_statements_and_nothing_is_lost(owner, ig_officer, action):
    said = typed(action, Status.IN_PROGRESS, MARCH, "My own careful words")
    action.report(Status.COMPLETED, effective_on=date(2016, 4, 4), by=ig_officer, evidence="Their words")
    answer = post(owner, action, said)
    page = text(answer)
    assert answer.status_code == 409
    for words in ("Somebody else reported on this too", "My own careful words", "Their words", "In progress",
                  "Completed", "1 March 2016", "4 April 2016", ig_officer.post.title):  # fmt: skip
        assert words in page
    assert action.updates.count() == 2


def test_after_seeing_the_other_statement_one_may_go_on_with_ones_own(owner, ig_officer, action):
    said = typed(action, evidence="Mine")
    action.report(Status.IN_PROGRESS, effective_on=MARCH, by=ig_officer, evidence="Theirs")
    shown = post(owner, action, said).context["form"]
    again = said | {name: shown[name].value() for name in ("seen", "status", "evidence")}
    assert again == said | {"seen": str(action.latest().pk)}
    assert post(owner, action, again).status_code == 302
    assert list(action.updates.order_by("pk").values_list("evidence", flat=True)) == ["", "Theirs", "Mine"]


def test_a_correction_made_meanwhile_is_a_conflict_too(owner, ig_officer, action):
    first = told(action, Status.IN_PROGRESS, MARCH)
    said = typed(action, Status.COMPLETED)
    action.correct(first, by=ig_officer, reason="Never begun", void=True)
    answer = post(owner, action, said)
    assert answer.status_code == 409
    assert "This never happened" in text(answer)


def test_a_report_that_does_not_move_the_status_is_still_seen_by_the_next(owner, ig_officer, action):
    told(action, Status.COMPLETED, date(2016, 5, 2))
    said = typed(action, Status.COMPLETED, date(2016, 6, 1))
    action.report(Status.IN_PROGRESS, effective_on=MARCH, by=ig_officer)
    assert post(owner, action, said).status_code == 409


def test_the_same_form_sent_twice_makes_one_report(owner, action):
    said = typed(action)
    assert post(owner, action, said).status_code == 302
    assert post(owner, action, said).status_code == 302
    assert action.updates.count() == 2


def test_the_same_words_of_somebody_else_are_not_ones_own(owner, ig_officer, action):
    said = typed(action)
    post(owner, action, said)
    assert post(ig_officer, action, said).status_code == 409


def test_going_back_to_the_form_and_sending_it_changed_is_asked_about(owner, ig_officer, action):
    """The browser fetches the page anew, and keeps what was typed."""
    browser = signed_in(owner)
    assert post(owner, action, typed(action, evidence="Draft sent")).status_code == 302
    seen = browser.get(report_page(action)).context["form"]["seen"].value()
    answer = browser.post(
        report_page(action), typed(action, evidence="Draft sent to the board") | {"seen": seen}
    )
    page = text(answer)
    assert answer.status_code == 409
    assert "You have reported on this already" in page
    assert "ask an information governance officer to correct it" in page
    assert action.updates.count() == 2
    again = typed(action, evidence="Draft sent to the board") | {
        "seen": answer.context["form"]["seen"].value()
    }
    assert browser.post(report_page(action), again).status_code == 302
    post(ig_officer, action, typed(action, evidence="Theirs"))
    assert browser.get(report_page(action)).context["form"]["seen"].value() == action.latest().pk


def test_another_reason_to_go_ahead_is_not_taken_for_the_same_report(ig_officer, held_up):
    said = typed(held_up, Status.COMPLETED, waiver="Agreed by the SIRO")
    assert [post(ig_officer, held_up, said).status_code for _ in range(2)] == [302, 302]
    answer = post(ig_officer, held_up, said | {"waiver": "Agreed by the board"})
    assert answer.status_code == 409
    assert answer.context["compared"][-1] == (
        "Why it goes ahead", "Agreed by the board", "Agreed by the SIRO"
    )  # fmt: skip
    assert held_up.updates.count() == 2


def test_what_only_a_withdrawal_needs_is_folded_until_it_is_needed(owner, action):
    folded = '<details class="govuk-details">'
    assert folded in text(signed_in(owner).get(report_page(action)))
    page = text(post(owner, action, typed(action, Status.WITHDRAWN)))
    assert '<details class="govuk-details" open>' in page
    assert f"Say why {action.reference} is withdrawn" in page


# Who may


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 302), ("ig_officer", 302), ("records_manager", 302), ("siro", 403), ("auditor", 403),
     ("other_owner", 404), ("outsider", 403), ("administrator", 403)],
)  # fmt: skip
def test_who_may_report(request, action, who, status):
    person = request.getfixturevalue(who)
    assert post(person, action, typed(action)).status_code == status
    assert action.updates.count() == (2 if status == 302 else 1)


def test_looking_at_the_form_keeps_nothing(owner, action):
    before = ProgressUpdate.objects.count()
    assert signed_in(owner).get(report_page(action)).status_code == 200
    assert ProgressUpdate.objects.count() == before


def test_other_methods_are_not_taken(owner, action):
    assert signed_in(owner).put(report_page(action)).status_code == 405
    assert signed_in(owner).post(action_page(action)).status_code == 405


def test_hostile_words_are_shown_as_they_were_typed(owner, ig_officer):
    action = an_action(a_plan(title=HOSTILE), title=HOSTILE, owner=owner.post)
    wait(action, "finish", needs_post=vacant_post(HOSTILE), note=HOSTILE)
    said = typed(action, Status.COMPLETED, evidence=HOSTILE)
    warned = text(post(owner, action, said))
    action.report(Status.IN_PROGRESS, effective_on=MARCH, by=ig_officer, evidence=HOSTILE)
    conflict = text(post(owner, action, said))
    for page in (warned, conflict):
        assert "<script>alert" not in page
        assert escape(HOSTILE) in page
