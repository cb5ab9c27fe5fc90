"""The pages of audits: what they show, what they take, what they refuse in words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from actions.models import ActionRecommendation, Audit, AuditText, Quotation, Recommendation
from tests.actions.factories_audits import AnsweringFactory, QuotationFactory, TextFactory
from tests.browser import NARROW, WIDE, axe, sign_in
from tests.cast import signed_in
from tests.factories import ActionFactory, AuditFactory, RecommendationFactory, ScopeAreaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser_of_officer(ig_officer):
    return signed_in(ig_officer)


def at(name, *args):
    return reverse(f"actions:{name}", args=args)


def words(response):
    return " ".join(response.content.decode().split())


def entered(browser, address, typed):
    """What the page says after typing; where it was taken, the page it leads to."""
    return words(browser.post(address, typed, follow=True))


def version_of(thing):
    return {"seen_version": thing.standing_version(), "change_reason": "The report says so"}


def test_an_audit_is_entered_as_it_was_delivered(browser_of_officer):
    typed = {"title": "Audit of data protection", "code": "ico-2027", "auditor": "The Commissioner"}
    page = entered(browser_of_officer, at("new_audit"), typed)
    assert "ico-2027 entered" in page
    typed = {"title": "Training", "code": "training", "position": "1", "opinion": "very limited"}
    assert "“very limited”" in entered(browser_of_officer, at("add_area", "ico-2027"), typed)
    typed = {"reference": "A01", "text": "Train everybody", "priority": "urgent", "scope_area": ""}
    page = entered(browser_of_officer, at("new_recommendation", "ico-2027"), typed)
    assert "Train everybody" in page
    assert "Urgent" in page
    assert Recommendation.objects.get().history.get().history_change_reason == "Entered for ico-2027"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"code": "new"}, "Choose another code"),
        ({"code": "two words"}, "Code must be letters, numbers and hyphens only"),
        ({"code": "taken"}, "Code is taken already"),
        ({"title": ""}, "Enter the title"),
        (
            {
                "audited_from_day": "3", "audited_from_month": "2", "audited_from_year": "2016",
                "audited_to_day": "2", "audited_to_month": "2", "audited_to_year": "2016",
            },
            "The last day must be on or after the first day of the audit",
        ),
    ],
)  # fmt: skip
def test_an_audit_that_cannot_be_is_refused_in_words_and_nothing_typed_is_lost(
    browser_of_officer, typed, sentence
):
    AuditFactory(code="taken")
    typed = {"title": "Kept words", "code": "ico", "auditor": "Kept auditor"} | typed
    page = words(browser_of_officer.post(at("new_audit"), typed))
    assert sentence in page
    assert "Kept auditor" in page
    assert Audit.objects.count() == 1


def test_the_opinion_is_changed_with_a_reason_and_the_page_tells_it(browser_of_officer):
    audit = AuditFactory(opinion="limited")
    typed = {"opinion": "very limited", "opinion_note": ""}
    address = at("edit_audit", audit.code, "opinion")
    unexplained = typed | {"seen_version": audit.standing_version()}
    assert "Why are you making this change" in words(browser_of_officer.post(address, unexplained))
    assert Audit.objects.get().opinion == "limited"
    page = entered(browser_of_officer, address, typed | version_of(audit))
    assert "“very limited”" in page
    assert "The report says so" in page


def test_of_two_who_change_an_opinion_the_second_sees_both(browser_of_officer):
    audit = AuditFactory(opinion="limited")
    seen = version_of(audit)
    Audit.objects.filter(pk=audit.pk).update(opinion="reasonable")
    typed = {"opinion": "high", "opinion_note": ""} | seen
    answer = browser_of_officer.post(at("edit_audit", audit.code, "opinion"), typed)
    assert answer.status_code == 409
    assert "reasonable" in words(answer)
    assert "high" in words(answer)


def test_a_section_that_is_none_is_not_there(browser_of_officer):
    assert browser_of_officer.get(at("edit_audit", AuditFactory().code, "nonsense")).status_code == 404


@pytest.mark.parametrize("handle", ["nonsense", "ico.", ".A01", "ico.A01.2", "\u2603.\u2603"])
def test_a_recommendation_that_is_none_is_not_there(browser_of_officer, handle):
    assert browser_of_officer.get(at("recommendation", handle)).status_code == 404


def test_the_references_of_two_audits_do_not_get_in_each_others_way(browser_of_officer):
    for code in ("one", "two"):
        RecommendationFactory(audit__code=code, reference="1.1", text=f"Asked by {code}")
    assert "Asked by two" in words(browser_of_officer.get(at("recommendation", "two.1.1")))


@pytest.mark.parametrize(
    ("year", "said"), [(2099, "must be today or in the past"), (2015, "must be on or after 1 October 2015")]
)
def test_an_answer_has_a_day_that_has_come_and_is_not_before_the_audit(browser_of_officer, year, said):
    asked = RecommendationFactory(audit__audited_from=date(2015, 10, 1))
    day = {"responded_on_day": 1, "responded_on_month": 9, "responded_on_year": year}
    address = at("answer_recommendation", asked.handle)
    page = words(browser_of_officer.post(address, {"response": "accepted"} | day | version_of(asked)))
    assert said in page
    assert Recommendation.objects.get().response == ""


def test_a_recommendation_is_not_rejected_without_saying_why(browser_of_officer):
    asked = RecommendationFactory()
    address, typed = at("answer_recommendation", asked.handle), {"response": "rejected"} | version_of(asked)
    page = words(browser_of_officer.post(address, typed | {"response_reason": "  "}))
    assert "a recommendation is not rejected without a reason" in page
    assert Recommendation.objects.get().response == ""
    page = entered(browser_of_officer, address, typed | {"response_reason": "The service ends in May"})
    assert "Rejected" in page
    assert "The service ends in May" in page


def test_a_priority_that_the_list_does_not_know_stays_as_the_auditor_gave_it(browser_of_officer):
    asked = RecommendationFactory(priority="grade-2")
    assert "grade-2" in words(browser_of_officer.get(asked.get_absolute_url()))
    typed = {"reference": asked.reference, "text": "Put right", "priority": "grade-2", "illustrative": "on"}
    entered(browser_of_officer, at("edit_recommendation", asked.handle), typed | version_of(asked))
    asked.refresh_from_db()
    assert (asked.priority, asked.text) == ("grade-2", "Put right")


def test_an_area_of_another_audit_cannot_be_chosen(browser_of_officer):
    foreign, audit = ScopeAreaFactory(title="Elsewhere"), AuditFactory()
    address = at("new_recommendation", audit.code)
    assert "Elsewhere" not in words(browser_of_officer.get(address))
    page = words(browser_of_officer.post(address, {"reference": "1", "text": "x", "scope_area": foreign.pk}))
    assert "There is a problem" in page
    assert not Recommendation.objects.exists()


@pytest.mark.parametrize("typed", ["A, B", "A;B", "..", "A\u202eB"])
def test_a_reference_that_no_file_and_no_address_can_name_is_refused(browser_of_officer, typed):
    audit = AuditFactory()
    address = at("new_recommendation", audit.code)
    assert "The reference cannot" in words(
        browser_of_officer.post(address, {"reference": typed, "text": "x"})
    )
    assert not audit.recommendations.exists()


def test_a_reference_with_a_slash_is_refused_in_words(browser_of_officer):
    audit = AuditFactory()
    page = words(
        browser_of_officer.post(at("new_recommendation", audit.code), {"reference": "1/2", "text": "Kept"})
    )
    assert "cannot hold a slash" in page
    assert "Kept" in page


def test_a_reference_that_differs_in_capital_letters_alone_is_refused_in_words(browser_of_officer):
    audit = RecommendationFactory(reference="A01").audit
    page = words(
        browser_of_officer.post(at("new_recommendation", audit.code), {"reference": "a01", "text": "Kept"})
    )
    assert "Another recommendation of this audit has this reference already" in page
    assert "Kept" in page


def test_held_words_and_their_quotations_stand_together_and_an_altered_one_is_flagged(browser_of_officer):
    audit = AuditFactory()
    kind = TextFactory().kind
    typed = {"kind": kind.pk, "text": "There is\r\nvery limited assurance.", "document": "Report",
             "paragraph": "2.1"}  # fmt: skip
    entered(browser_of_officer, at("add_text", audit.code), typed)
    held = audit.texts.get()
    assert held.text == "There is\nvery limited assurance."
    for said, told in (("very limited assurance", "word by word"), ("no assurance", "altered: these words")):
        typed = {"words": said, "document": f"Paper with {said}"}
        page = entered(browser_of_officer, at("add_quotation", audit.code, held.pk), typed)
        assert f"“{said}” in Paper with {said}: " in page
        assert told in page
    assert "Altered quotations" in page


def test_the_same_words_typed_twice_are_held_once(browser_of_officer):
    held = TextFactory()
    typed = {"kind": held.kind_id, "text": held.text, "document": "Again", "paragraph": "9"}
    page = words(browser_of_officer.post(at("add_text", held.audit.code), typed))
    assert "These words are held for this audit already" in page
    assert AuditText.objects.count() == 1


def test_words_are_put_right_with_a_reason(browser_of_officer):
    held = TextFactory()
    address = at("change_text", held.audit.code, held.pk)
    typed = {"kind": held.kind_id, "text": "Very limited.", "document": "Report", "paragraph": "2.1"}
    browser_of_officer.post(address, typed | {"seen_version": held.standing_version()})
    assert AuditText.objects.get().text == held.text
    assert "Very limited." in entered(browser_of_officer, address, typed | version_of(held))


def test_a_quotation_is_taken_off_and_the_history_keeps_that_it_was_there(browser_of_officer):
    quoted = QuotationFactory()
    address = at("remove_quotation", quoted.held.audit.code, quoted.held_id, quoted.pk)
    assert "Take it off" in words(browser_of_officer.get(address))
    assert Quotation.objects.exists()
    browser_of_officer.post(address)
    assert not Quotation.objects.exists()
    assert Quotation.history.order_by("history_id").last().history_type == "-"


def test_one_action_answers_several_recommendations(browser_of_officer):
    first = RecommendationFactory()
    second = RecommendationFactory(audit=first.audit)
    action = ActionFactory(recommendation=first, title="One document")
    address = at("add_answer", second.handle)
    assert "One document" in entered(browser_of_officer, address, {"action": action.reference.lower()})
    assert "is recorded already" in words(browser_of_officer.post(address, {"action": action.reference}))
    twice = words(browser_of_officer.post(at("add_answer", first.handle), {"action": action.reference}))
    assert "was agreed for this recommendation already" in twice
    link = ActionRecommendation.objects.get()
    page = entered(browser_of_officer, at("remove_answer", second.handle, link.pk), {})
    assert "is taken off" in page
    assert not ActionRecommendation.objects.exists()


@pytest.mark.parametrize("typed", ["", "ACT-9999", "\x00", "x" * 21])
def test_an_action_that_is_none_is_refused_in_words(browser_of_officer, typed):
    asked = RecommendationFactory()
    page = words(browser_of_officer.post(at("add_answer", asked.handle), {"action": typed, "note": "Kept"}))
    assert "There is a problem" in page
    assert "Kept" in page


@pytest.mark.parametrize("number", [10, 120])
def test_the_list_and_the_page_of_an_audit_ask_the_same_however_much_was_said(
    ig_officer, django_assert_max_num_queries, number
):
    audit = AuditFactory()
    RecommendationFactory.create_batch(number, audit=audit)
    for each in range(number // 10):
        QuotationFactory(held=TextFactory(audit=audit, text=f"very limited level of assurance {each}"))
        AuditFactory()
    browser = signed_in(ig_officer)
    browser.get(at("audits"))
    with django_assert_max_num_queries(10):
        assert browser.get(at("audits")).status_code == 200
    with django_assert_max_num_queries(21):
        assert browser.get(at("audit", audit.code)).status_code == 200


def test_recommendations_are_found_by_words_area_priority_and_answer(browser_of_officer):
    audit = AuditFactory()
    area = ScopeAreaFactory(audit=audit, code="training")
    RecommendationFactory(
        audit=audit, reference="IN", text="Train all", scope_area=area, priority="high", response="accepted"
    )
    RecommendationFactory(audit=audit, reference="OUT", text="Lock the doors")
    for asked in ("q=train", "area=training", "priority=high", "response=accepted"):
        found = browser_of_officer.get(f"{at('audit', audit.code)}?{asked}").context["listed"]
        assert [each.reference for each in found.page] == ["IN"], asked
    found = browser_of_officer.get(f"{at('audit', audit.code)}?response=none").context["listed"]
    assert [each.reference for each in found.page] == ["OUT"]
    assert browser_of_officer.get(f"{at('audit', audit.code)}?area=x&priority=%00").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_two_recommendations_the_same_reference_one_is_told(ig_officer):
    audit = AuditFactory()
    each = [RecommendationFactory(audit=audit) for _ in range(2)]
    work = [(signed_in(ig_officer), asked, version_of(asked)) for asked in each]

    def rename(job):
        browser, asked, seen = job
        try:
            typed = {"reference": "SAME", "text": "x", "illustrative": "on"} | seen
            return browser.post(at("edit_recommendation", asked.handle), typed).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=2) as people:
        assert sorted(people.map(rename, work)) == [200, 302]
    assert Recommendation.objects.filter(reference="SAME").count() == 1


def in_sight(page, caption):
    """At 320 px no column of that table is out of sight."""
    page.set_viewport_size(NARROW)
    frame = page.get_by_role("region", name=caption)
    assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth")
    page.set_viewport_size(WIDE)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_officer_answers_a_recommendation_and_holds_the_auditors_words(page, ig_officer):
    audit = AuditFactory(title="Data protection audit", opinion="very limited assurance")
    asked = RecommendationFactory(audit=audit, reference="A01", text="Train everybody every two years")
    AnsweringFactory(recommendation=asked, action__title="Buy a course")
    QuotationFactory(held__audit=audit, words="hardly any assurance")
    sign_in(page, ig_officer)
    page.goto(at("audits"))
    axe(page)
    in_sight(page, "Audits")
    page.get_by_role("link", name="Data protection audit").click()
    expect(page.get_by_text("altered: these words do not stand in the text")).to_be_visible()
    axe(page)
    in_sight(page, "Recommendations of this audit")
    page.get_by_role("link", name="A01").click()
    page.get_by_role("link", name="Change The council’s answer").click()
    axe(page)
    page.get_by_label("Rejected").check()
    page.get_by_label("Why are you making this change?").fill("The board decided")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("not rejected without a reason")
    page.get_by_label("Why it is answered so").fill("A national course takes its place")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Buy a course")).to_be_visible()
    axe(page)


def test_what_is_accepted_in_part_says_which_part(browser_of_officer):
    asked = RecommendationFactory()
    there = at("answer_recommendation", asked.handle)
    typed = {"response": "partially", "response_reason": ""} | version_of(asked)
    assert "Say which part is accepted" in words(browser_of_officer.post(there, typed))
    assert browser_of_officer.post(there, typed | {"response_reason": "For two services"}).status_code == 302
