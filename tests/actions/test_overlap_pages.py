"""The pages of overlap: said, changed and taken back; asked about on completing; plans seen together."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import Overlap, Status
from governance.core.dates import today
from governance.people.models import Role
from governance.people.waiting import all_waiting
from tests.actions.factories_overlap import overlap_of
from tests.actions.moving import approved_by_a_body
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
)
from tests.actions.several import MINE
from tests.browser import axe, sign_in
from tests.cast import known, play, signed_in
from tests.factories import ActionFactory, PostFactory, RoleAssignmentFactory, UnitFactory

pytestmark = pytest.mark.django_db
MARCH = date(2016, 3, 1)
TOGETHER = "/plans-together/"


@pytest.fixture
def pair():
    """Two actions of two plans."""
    one = an_action(
        a_plan(code="first", title="Plan of the audit"), reference="A-1", title="Write the policy"
    )
    other = an_action(a_plan(code="second", title="Road map"), reference="B-1", title="Draft a policy")
    return one, other


def adding(action):
    return reverse("actions:add_overlap", args=[action.reference])


def changing(action, overlap):
    return reverse("actions:change_overlap", args=[action.reference, overlap.pk])


def asked(action):
    return reverse("actions:overlaps_asked", args=[action.reference])


def said(other="B-1", kind="same", reason="One policy answers both"):
    return {"other": other, "kind": kind, "reason": reason}


class TestSaying:
    def test_what_is_said_stands_on_both_pages_each_from_its_side(self, ig_officer, pair):
        one, _other = pair
        browser = signed_in(ig_officer)
        assert browser.post(adding(one), said("b-1", "part_of")).url == one.get_absolute_url()
        ours, theirs = (" ".join(text(browser.get(action_page(each))).split()) for each in pair)
        assert re.search(r"Is part of <a [^>]*>B-1 Draft a policy</a>, of Road map", ours)
        assert re.search(r"Includes <a [^>]*>A-1 Write the policy</a>, of Plan of the audit", theirs)
        assert "One policy answers both" in ours
        assert "One policy answers both" in theirs

    @pytest.mark.parametrize(
        ("change", "field", "words"),
        [
            ({"other": "B-9"}, "other", "There is no action B-9 that you may open"),
            ({"other": "\x00"}, "other", ""),
            ({"other": ""}, "other", ""),
            ({"other": HOSTILE[:20]}, "other", "that you may open"),
            ({"other": "A-1"}, "other", "on the same plan"),
            ({"kind": "like"}, "kind", ""),
            ({"kind": ""}, "kind", "Select what this action is to the other"),
            ({"reason": " "}, "reason", ""),
        ],
    )
    def test_what_cannot_be_said_is_told_at_its_field_and_nothing_typed_is_lost(
        self, ig_officer, pair, change, field, words
    ):
        answer = signed_in(ig_officer).post(adding(pair[0]), said() | change)
        assert answer.status_code == 200
        assert words in str(answer.context["form"].errors[field])
        kept = {"other": "B-1", "reason": "One policy answers both"} | change
        assert all(answer.context["form"][name].value() == value for name, value in kept.items())
        assert not Overlap.objects.exists()

    def test_said_twice_the_second_time_it_is_told_what_is_recorded(self, ig_officer, pair):
        overlap_of(*pair)
        answer = signed_in(ig_officer).post(adding(pair[1]), said("A-1", "supports"))
        assert "A-1 is the same as B-1" in str(answer.context["form"].errors["other"])

    def test_it_is_changed_as_seen_from_the_page_it_was_changed_on(self, ig_officer, pair):
        overlap = overlap_of(*pair)
        answer = signed_in(ig_officer).post(
            changing(pair[1], overlap), {"kind": "supports", "reason": "Not all"}
        )
        assert answer.url == pair[1].get_absolute_url()
        assert Overlap.objects.get(corrects=overlap).seen_from(pair[0]) == "supported_by"

    def test_taken_back_it_is_gone_from_both_pages(self, ig_officer, pair):
        browser = signed_in(ig_officer)
        browser.post(changing(pair[0], overlap_of(*pair)), {"kind": "none", "reason": "Two policies"})
        for each in pair:
            assert "Is the same as" not in text(browser.get(action_page(each)))

    @pytest.mark.parametrize("kind", ["same", "", "like"])
    def test_a_change_that_changes_nothing_is_refused(self, ig_officer, pair, kind):
        overlap = overlap_of(*pair)
        answer = signed_in(ig_officer).post(changing(pair[0], overlap), {"kind": kind, "reason": "So"})
        assert "kind" in answer.context["form"].errors
        assert Overlap.objects.count() == 1

    def test_what_stands_no_longer_is_offered_to_nobody(self, ig_officer, pair):
        browser, first = signed_in(ig_officer), overlap_of(*pair)
        browser.post(changing(pair[0], first), {"kind": "none", "reason": "Two policies"})
        gone = Overlap.objects.get(void=True)
        assert [browser.get(changing(pair[0], each)).status_code for each in (first, gone)] == [404, 404]
        for kind in ("same", "none"):
            late = browser.post(changing(pair[0], gone), {"kind": kind, "reason": "Mine"})
            assert late.status_code == 409
            assert "Mine" in text(late)
        assert Overlap.objects.count() == 2

    def test_over_what_somebody_else_changed_meanwhile_nothing_is_saved_and_the_words_are_kept(
        self, ig_officer, pair
    ):
        seen = overlap_of(*pair)
        browser = signed_in(ig_officer)
        browser.post(changing(pair[0], seen), {"kind": "supports", "reason": "Not all"})
        late = browser.post(changing(pair[0], seen), {"kind": "none", "reason": "Mine"})
        assert late.status_code == 409
        assert "Somebody else has changed this" in text(late)
        assert "Mine" in text(late)
        assert Overlap.objects.count() == 2

    def test_of_an_overlap_of_other_actions_this_page_knows_nothing(self, ig_officer, pair):
        stranger = an_action(a_plan(), reference="C-1")
        assert signed_in(ig_officer).get(changing(stranger, overlap_of(*pair))).status_code == 404


class TestWhoSees:
    def test_the_owner_of_one_sees_that_it_overlaps_and_not_the_title_of_the_other(self, owner, other_owner):
        overlap_of(owner.action, other_owner.action, reason="Both rewrite the secret policy")
        page = text(signed_in(owner).get(action_page(owner.action)))
        assert f"{other_owner.action.reference}, which you may not open" in page
        for hidden in (other_owner.action.title, other_owner.action.plan.title, "the secret policy"):
            assert hidden not in page
        assert "Say what it overlaps with" not in page

    def test_overlaps_are_visible_from_either_end_and_to_nobody_else(self, owner, other_owner, outsider):
        overlap = overlap_of(owner.action, other_owner.action)
        for person in (owner, other_owner):
            assert list(Overlap.objects.visible_to(person)) == [overlap]
        assert not Overlap.objects.visible_to(outsider)

    def test_a_moment_before_it_was_known_shows_no_overlap(self, ig_officer, pair):
        overlap_of(*pair)
        page = signed_in(ig_officer).get(action_page(pair[0], "as_at=2016-05-02&known_at=2016-05-02"))
        assert "Is the same as" not in text(page)
        assert "Is the same as" in text(signed_in(ig_officer).get(action_page(pair[0], "as_at=2016-05-02")))


class TestAsking:
    def report(self, person, action, status=Status.COMPLETED):
        return signed_in(person).post(report_page(action), typed(action, status, why="As told"))

    @pytest.mark.parametrize("kind", Overlap.Kind)
    def test_completing_one_asks_about_the_other_and_leaves_it_as_it_stands(self, ig_officer, pair, kind):
        one, other = pair
        overlap_of(one, other, kind)
        assert self.report(ig_officer, one).url == asked(one)
        page = text(signed_in(ig_officer).get(asked(one)))
        assert "Are these done too?" in page
        assert f'href="{report_page(other)}"' in page
        other.refresh_from_db()
        assert (other.status, other.updates.count()) == ("not_started", 1)

    def test_who_approves_is_asked_as_who_reports_is_and_the_owner_of_the_other_is_told(
        self, pair, siro, owner
    ):
        one, other = pair
        one.approver, one.owner, other.owner = siro.post, owner.post, owner.post
        one.save()
        other.save()
        overlap_of(*pair)
        told(one, Status.AWAITING_APPROVAL, MARCH)
        told(other, Status.IN_PROGRESS, MARCH)
        words = "the same as A-1, which was completed on 2 March 2016: is it done too?"
        assert words not in text(signed_in(owner).get(MINE))
        there, browser = reverse("actions:approve_completion", args=["A-1"]), signed_in(siro)
        found = {"basis": "Seen", "waiver": ""} | days(date(2016, 3, 2))
        assert browser.post(there, found).url == asked(one)
        assert "Are these done too?" in text(browser.get(asked(one)))
        assert words in text(signed_in(owner).get(MINE))
        (waiting,) = [each for each in all_waiting(known(owner, owner.post)) if each.kind == "twin_done"]
        assert (waiting.words, waiting.path) == (f"B-1: {words}", other.get_absolute_url())
        one.owner = PostFactory()  # whoever may not open it is told nothing of how it stands
        one.save()
        assert "the same as A-1" not in text(signed_in(owner).get(MINE))
        assert all(each.kind != "twin_done" for each in all_waiting(known(owner, owner.post)))

    def test_while_one_of_two_is_done_both_pages_lead_whoever_may_answer_to_the_question(
        self, ig_officer, siro, pair
    ):
        one, other = pair
        overlap_of(*pair)
        asks, waits = "A-1, the same on another plan, is completed", "B-1, the same on another plan, is still"
        pages = [action_page(each) for each in pair]
        assert not any("the same on another plan" in text(signed_in(ig_officer).get(page)) for page in pages)
        told(one, Status.COMPLETED, MARCH)
        here, there = (text(signed_in(ig_officer).get(page)) for page in pages)
        assert waits in here
        assert asked(one) in here
        assert asks in there
        assert asks not in text(signed_in(siro).get(pages[1]))  # reads, and does not report
        told(other, Status.AWAITING_APPROVAL, MARCH)
        assert not any("the same on another plan" in text(signed_in(ig_officer).get(page)) for page in pages)

    def test_the_same_is_asked_from_the_other_side(self, ig_officer, pair):
        overlap_of(*pair)
        assert self.report(ig_officer, pair[1]).url == asked(pair[1])

    @pytest.mark.parametrize("status", [s for s in Status if s not in (Status.COMPLETED, Status.NOT_STARTED)])
    def test_nothing_is_asked_of_what_is_not_completed(self, ig_officer, pair, status):
        overlap_of(*pair)
        if status == Status.AWAITING_APPROVAL:
            approved_by_a_body(pair[0])
        assert self.report(ig_officer, pair[0], status).url == pair[0].get_absolute_url()

    def test_nothing_is_asked_where_the_other_is_closed_or_there_is_none(self, ig_officer, pair):
        overlap_of(*pair)
        told(pair[1], Status.WITHDRAWN, MARCH)
        assert self.report(ig_officer, pair[0]).url == pair[0].get_absolute_url()
        assert "Nothing that overlaps" in text(signed_in(ig_officer).get(asked(pair[0])))
        alone = an_action(a_plan(), reference="C-1")
        assert self.report(ig_officer, alone).url == alone.get_absolute_url()

    def test_who_may_open_the_other_and_not_report_on_it_is_told_who_reports(self, owner):
        manager = play("deputy", Role.IAA, owner.post.unit)
        theirs = ActionFactory(owner=PostFactory(unit=UnitFactory(), title="Clerk of the records"))
        RoleAssignmentFactory(post=manager.post, role=Role.SERVICE_MANAGER, unit=theirs.owner.unit)
        overlap_of(owner.action, theirs)
        page = text(signed_in(manager).get(asked(owner.action)))
        assert "reports on it: Clerk of the records" in page
        assert theirs.title in page

    def test_of_one_that_may_not_be_opened_nothing_is_told_but_its_reference(self, owner, other_owner):
        theirs = other_owner.action
        overlap_of(owner.action, theirs)
        told(owner.action, Status.COMPLETED, today())
        assert "the same on another plan" not in text(signed_in(owner).get(action_page(owner.action)))
        told(theirs, Status.AWAITING_APPROVAL, today())
        for address in (asked(owner.action), action_page(owner.action)):
            page = text(signed_in(owner).get(address))
            assert f"{theirs.reference}" in page
            assert "which you may not open" in page
            for hidden in (theirs.title, theirs.owner.title, theirs.plan.title, "Awaiting approval"):
                assert hidden not in page, (address, hidden)


class TestTogether:
    def shown(self, person, asked=""):
        return signed_in(person).get(f"{TOGETHER}{asked}")

    def test_the_three_totals_stand_side_by_side(self, siro, pair):
        overlap_of(*pair)
        an_action(pair[1].plan, reference="B-2")
        found = self.shown(siro).context["found"]
        assert [line.total.value for line in found.plans] == [1, 2]
        assert (found.added_up, found.repeated.value, found.union.total.value) == (3, 1, 2)

    def test_of_the_plans_chosen_only_these_are_counted(self, siro, pair):
        overlap_of(*pair)
        an_action(a_plan(code="third"), reference="C-1")
        found = self.shown(siro, "?plans=first&plans=third").context["found"]
        assert (found.added_up, found.repeated.value, found.union.total.value) == (2, 0, 2)

    @pytest.mark.parametrize(
        "asked", ["?plans=nonsense", "?plans=%00", "?as_at=rubbish", "?known_at=2999-01-01"]
    )
    def test_what_cannot_be_read_is_said_and_all_is_shown(self, siro, pair, asked):
        answer = self.shown(siro, asked)
        assert answer.status_code == 200
        assert "There is a problem" in text(answer)
        assert answer.context["found"].added_up == 2

    def test_a_plan_that_may_not_be_opened_is_neither_offered_nor_counted(self, owner, other_owner):
        answer = self.shown(owner)
        assert [line.title for line in answer.context["found"].plans] == [owner.action.plan.title]
        hidden = self.shown(owner, f"?plans={other_owner.action.plan.code}")
        assert "There is a problem" in text(hidden)
        assert other_owner.action.plan.title not in text(hidden)

    def test_who_may_open_no_plan_is_told_so_and_counts_nothing(self, pair):
        manager = play("manager", Role.SERVICE_MANAGER, UnitFactory())
        answer = self.shown(manager)
        assert answer.context["found"] is None
        assert "no action plan that you may open" in text(answer)

    @pytest.mark.parametrize("plans", [1, 12])
    def test_however_many_plans_it_asks_as_often(self, siro, plans, django_assert_max_num_queries):
        for n in range(plans):
            an_action(a_plan(code=f"plan-{n}"), reference=f"P-{n}")
        browser = signed_in(siro)
        browser.get(TOGETHER)
        with django_assert_max_num_queries(12 + 4):  # who asks, and their roles, are four
            browser.get(TOGETHER)


@pytest.mark.django_db(transaction=True)
def test_of_ten_who_say_it_at_once_one_is_taken_and_nine_are_told(transactional_db):
    officer = play("ig_officer", Role.IG_OFFICER)
    one = an_action(a_plan(), reference="A-1")
    other = an_action(a_plan(), reference="B-1")

    def send(n):
        try:
            here, there = (one, other) if n % 2 else (other, one)
            return signed_in(officer).post(adding(here), said(there.reference)).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        found = list(pool.map(send, range(10)))
    assert sorted(found) == [200] * 9 + [302]
    assert Overlap.objects.count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 320])
def test_an_officer_says_what_overlaps_completes_one_and_is_asked_about_the_other(open_page, width):
    officer = play("ig_officer", Role.IG_OFFICER)
    one = an_action(a_plan(title="Plan of the audit"), reference="A-1", title="Write the policy")
    an_action(a_plan(title="Road map"), reference="B-1", title="Draft a policy")
    page = open_page(viewport={"width": width, "height": 900})
    sign_in(page, officer)
    page.goto(action_page(one))
    page.get_by_role("link", name="Say what it overlaps with").click()
    axe(page)
    page.get_by_label("Reference of the other action").fill("B-1")
    page.get_by_label("Is the same as").check()
    page.get_by_label("Why is that so?").fill("One policy answers both")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Recorded: A-1 is the same as B-1")).to_be_visible()
    axe(page)
    page.goto(report_page(one))
    page.get_by_label("Completed").check()
    page.get_by_role("button", name="Report progress").click()
    expect(page.get_by_role("heading", name="Are these done too?")).to_be_visible()
    axe(page)
    page.goto(TOGETHER)
    expect(page.get_by_role("heading", name="Action plans together")).to_be_visible()
    axe(page)
