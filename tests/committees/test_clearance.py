"""Clearance: sent to posts, answered by who is in them, of the words as they stand."""

from datetime import timedelta

import pytest
from django.urls import reverse

from governance.committees import services
from governance.committees.clearing import Stage, clearing_of
from governance.committees.models import ClearanceAnswer, Clearer, Meeting
from governance.committees.services import clearance
from governance.core.dates import long_date, today
from governance.core.steps import StepError
from governance.people.models import User
from governance.people.waiting import all_waiting
from tests.cast import play, signed_in
from tests.committees.clearing import answered, standing
from tests.committees.exempting import mark
from tests.committees.factories import MeetingFactory
from tests.committees.pages import plainly, read
from tests.factories import PostHoldingFactory

pytestmark = pytest.mark.django_db
CHANGED = "To be cleared again"


def browser(person):
    return signed_in(User.objects.get(pk=person.pk))


def waiting_for(person):
    found = all_waiting(User.objects.get(pk=person.pk))
    return [each.words for each in found if each.kind == "clearances"]


def test_who_is_in_the_post_clears_what_was_sent_and_the_days_come_from_the_clock(sent, finance):
    assert waiting_for(finance) == [f"1 paper waits for your clearance, due by {long_date(due_of(sent))}"]
    answered(sent, finance)
    now = standing(sent)
    assert (now.stage.value, now.sent, now.returned) == ("Cleared", long_date(today()), long_date(today()))
    assert clearing_of(sent.paper).state == "Cleared"
    assert waiting_for(finance) == []


def due_of(clearer):
    page = signed_in(clearer.paper.created_by).get(reverse("committees:clearance", args=[clearer.paper_id]))
    ((_, day, _),) = page.context["rows"]
    return day


def test_a_changed_word_reopens_a_clearance_and_a_changed_place_does_not(sent, finance):
    answered(sent, finance)
    sent.paper.sections.filter(heading="Costs").update(number="3", position=9)
    assert standing(sent).stage.value == "Cleared"
    sent.paper.sections.filter(heading="Costs").update(text="£10,000")
    sent.paper.recommendations.create(position=1, body=sent.paper.meeting.body, text="Note it")
    now = standing(sent)
    assert now.stage.value == CHANGED
    assert now.changed == ["Recommendations", "“Costs”"]
    assert clearing_of(sent.paper).state == "Being cleared"
    assert len(waiting_for(finance)) == 1
    answered(sent, finance)
    assert standing(sent).stage.value == "Cleared"


def test_words_that_were_changed_back_are_cleared_anew_where_others_were_cleared_between(sent, finance):
    costs = sent.paper.sections.filter(heading="Costs")
    for text, stage in (("None", "Not answered yet"), ("£10,000", CHANGED), ("None", CHANGED)):
        costs.update(text=text)
        assert standing(sent).stage.value == stage
        answered(sent, finance)
        assert standing(sent).stage.value == "Cleared"
    assert [each.version for each in sent.sendings.get().answers.all()][::2] == [standing(sent).version] * 2


def test_what_is_marked_as_not_for_publication_and_unmarked_reopens_a_clearance(sent, finance):
    costs = sent.paper.sections.get(heading="Costs")
    for change in (
        lambda: mark(sent.paper, section=costs),
        lambda: mark(sent.paper, row="ICO-1"),
        lambda: sent.paper.exemptions.filter(section=costs).update(reason="The supplier asked for it"),
        lambda: sent.paper.exemptions.filter(section=costs).update(withholds_heading=True),
        lambda: sent.paper.exemptions.filter(row="ICO-1").delete(),
        lambda: sent.paper.exemptions.get().delete(),
    ):
        if standing(sent).stage is not Stage.CLEARED:
            answered(sent, finance)
        change()
        now = standing(sent)
        assert (now.stage.value, now.changed) == (CHANGED, ["What is not for publication"])


def test_a_report_taken_to_another_body_asks_the_same_posts_anew(sent, finance, clerk):
    answered(sent, finance)
    second = services.follow(sent.paper, MeetingFactory(), by=clerk)
    (now,) = clearing_of(second).posts
    assert (now.clearer.post, now.clearer.part, now.stage) == (finance.post, "finance", Stage.NOT_SENT)
    assert clearing_of(sent.paper).state == "Cleared"


def test_who_saw_an_older_version_is_told_what_changed_and_clears_nothing(sent, finance):
    seen = standing(sent).words
    sent.paper.sections.filter(heading="Background").update(text="As it is now")
    with pytest.raises(StepError, match="has changed since you opened it: “Background”"):
        answered(sent, finance, seen=seen)
    assert not ClearanceAnswer.objects.exists()


def test_a_double_click_clears_once(sent, finance):
    assert answered(sent, finance) == answered(sent, finance)
    assert ClearanceAnswer.objects.count() == 1


def test_what_comes_back_with_a_comment_is_sent_again_before_it_is_cleared(sent, finance, clerk):
    answered(sent, finance, "returned", "Say what it costs")
    with pytest.raises(StepError, match="It has to be sent again first"):
        answered(sent, finance)
    clearance.send(sent.paper, [sent], by=clerk)
    answered(sent, finance)
    assert standing(sent).stage.value == "Cleared"
    with pytest.raises(StepError, match="It is not sent twice"):
        clearance.send(sent.paper, [sent], by=clerk)


def test_nobody_clears_for_another_for_a_post_they_left_or_an_own_paper(sent, finance, clerk, cast_of_two):
    other, acting = cast_of_two
    with pytest.raises(StepError, match=r"nobody clears for another\. In the post now: The finance director"):
        answered(sent, other)
    PostHoldingFactory(post=sent.post, person=clerk)
    with pytest.raises(StepError, match="nobody clears a paper of their own"):
        answered(sent, User.objects.get(pk=clerk.pk))
    sent.post.holdings.update(from_on=today() - timedelta(9), until_on=today() - timedelta(1))
    left = User.objects.get(pk=finance.pk)
    day = long_date(today() - timedelta(1))
    with pytest.raises(StepError, match=f"You left the post of Finance director on {day}. Vacant since"):
        answered(sent, left)
    PostHoldingFactory(post=sent.post, person=acting, kind="acting")
    answered(sent, User.objects.get(pk=acting.pk))
    assert standing(sent).stage.value == "Cleared"


@pytest.fixture
def cast_of_two(db):
    return play("legal_officer", "legal_approver"), play("deputy")


def test_the_form_names_who_clears_and_a_person_chooses_where_several_could(draft, finance):
    (made,) = clearance.name_those_asked_for(draft)
    assert (made.post, made.part) == (finance.post, "finance")
    made.delete()
    play("second_finance", "finance_approver")
    assert clearance.name_those_asked_for(draft) == []
    assert clearing_of(draft).missing == ["finance"]


def test_a_post_is_asked_on_pages_and_answers_by_a_link(draft, finance, clerk):
    office, theirs = browser(clerk), browser(finance)
    page = reverse("committees:clearance", args=[draft.pk])
    assert theirs.get(page).status_code == 404
    office.post(reverse("committees:fill_clearers", args=[draft.pk]))
    clearer = Clearer.objects.get()
    assert theirs.get(clearer.get_absolute_url()).status_code == 404
    sending = reverse("committees:send_for_clearance", args=[draft.pk])
    assert office.post(sending, {}).context["form"].errors
    office.post(sending, {"posts": [clearer.pk]})
    assert draft.title in plainly(read(theirs, reverse("committees:to_clear")))
    assert theirs.get(draft.get_absolute_url()).status_code == 200
    shown = theirs.get(clearer.get_absolute_url())
    seen = shown.context["form"]["seen"].value()
    nothing = theirs.post(clearer.get_absolute_url(), {"outcome": "returned", "seen": seen})
    assert nothing.context["form"].errors == {
        "comment": ["Say what has to be changed before you can clear it"]
    }
    forged = theirs.post(clearer.get_absolute_url(), {"outcome": "cleared", "seen": "forged"})
    assert "did not come back with your answer" in plainly(forged.content.decode())
    assert not ClearanceAnswer.objects.exists()
    draft.sections.filter(heading="Costs").update(text="More")
    stale = {"outcome": "returned", "comment": "Too dear", "seen": seen}
    told = theirs.post(clearer.get_absolute_url(), stale)
    assert "has changed since you opened it: “Costs”" in plainly(told.content.decode())
    assert "Too dear" in told.content.decode()
    again = stale | {"seen": told.context["form"]["seen"].value()}
    assert theirs.post(clearer.get_absolute_url(), again).status_code == 302
    words = plainly(read(office, page))
    assert "Returned with a comment: Too dear" in words


def test_comments_are_for_who_reads_drafts_and_for_posts_that_were_asked(sent, finance, clerk):
    answered(sent, finance, "returned", "Too dear")
    sent.paper.sections.filter(heading="Costs").update(text="More")
    pages = [sent.get_absolute_url(), reverse("committees:clearance", args=[sent.paper_id])]
    assert all("Too dear" in read(browser(each), page) for each in (finance, clerk) for page in pages)
    councillor = play("councillor", "portfolio_holder")
    clearance.send(sent.paper, [sent], by=clerk)
    answered(sent, finance)
    services.issue(sent.paper, by=clerk)
    assert browser(councillor).get(sent.paper.get_absolute_url()).status_code == 200
    assert [browser(councillor).get(page).status_code for page in pages] == [404, 403]


def test_who_left_the_post_sees_that_and_not_which_sections_changed(sent_before, finance):
    sent_before.paper.sections.filter(heading="Costs").update(text="More")
    assert "“Costs”" in read(browser(finance), sent_before.get_absolute_url())
    sent_before.post.holdings.update(from_on=today() - timedelta(9), until_on=today() - timedelta(1))
    page = read(browser(finance), sent_before.get_absolute_url())
    assert "You left the post" in page
    assert "“Costs”" not in page


def test_a_paper_of_a_cancelled_meeting_waits_for_nobody(sent, finance):
    Meeting.objects.filter(papers=sent.paper).update(state="cancelled", reason="Snow")
    assert waiting_for(finance) == []


def test_what_was_sent_stays(sent, clerk):
    office = browser(clerk)
    delete = reverse("committees:delete_paper", args=[sent.paper_id])
    assert "what was sent stays" in plainly(office.post(delete, follow=True).content.decode())
    with pytest.raises(StepError, match="stays in the table"):
        clearance.take_off(sent)
    with pytest.raises(StepError, match="in the table already"):
        clearance.name_clearer(sent.paper, post=sent.post, part="legal")


def test_a_clearance_of_the_past_is_brought_in_by_its_document(draft, finance, clerk):
    clearer = clearance.name_clearer(draft, post=finance.post, part="finance")
    day = today() - timedelta(40)
    (sending,) = clearance.send(draft, [clearer], by=clerk, sent_on=day, document="Report as published")
    back = {"outcome": "cleared", "document": "Report as published", "by": clerk}
    clearance.bring_in(sending, answered_on=day + timedelta(3), **back)
    now = standing(clearer)
    assert (now.stage.value, now.sent, now.returned) == (
        "Cleared",
        long_date(day),
        long_date(day + timedelta(3)),
    )
