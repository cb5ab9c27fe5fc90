"""The pages of resolutions and requests: recorded from the minutes, read by whoever reads what is issued."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from governance.committees import services
from governance.committees.models import Minute, PaperReason, PaperSection, Request, RequestDue, Resolution
from governance.committees.modern_gov import summary_of
from governance.people.models import Role
from tests.cast import play, play_owner, signed_in
from tests.committees.conftest import JULY, OCTOBER
from tests.committees.factories import BodyFactory, MeetingFactory, PaperFactory
from tests.committees.pages import parts, plainly, read
from tests.factories import UnitFactory

pytestmark = pytest.mark.django_db

ASKED, DUE, HELD = date(2016, 7, 25), date(2016, 9, 26), date(2016, 10, 24)
LONG = "x" * 200_000


@pytest.fixture
def meeting(db):
    return MeetingFactory(body=BodyFactory(code="audit", name="Audit Committee"), held_on=ASKED)


@pytest.fixture
def due(meeting):
    return MeetingFactory(body=meeting.body, held_on=DUE)


@pytest.fixture
def held(meeting, due):
    (resolution,) = services.resolve(meeting, [{"decision": "request", "text": "A report"}])
    facts = {"text": "A report", "matter": "Progress", "due": {"due_meeting": due}, "resolution": resolution}
    return services.request(meeting, **facts)


def rows(*texts):
    typed = {"resolution-TOTAL_FORMS": "6", "resolution-INITIAL_FORMS": "0"}
    for number, text in enumerate(texts):
        if not text:
            continue
        typed |= {f"resolution-{number}-text": text, f"resolution-{number}-decision": "request"}
    return typed


def test_several_resolutions_are_recorded_at_once_and_a_second_click_records_none_twice(
    browser_of_clerk, meeting
):
    url = reverse("committees:new_resolutions", args=[meeting.pk])
    answer = browser_of_clerk.post(url, rows("Note the report.", "", "Report in September."), follow=True)
    assert "Resolutions recorded" in answer.content.decode()
    again = browser_of_clerk.post(url, rows("Note the report.", "", "Report in September."))
    assert "This is recorded already: “Note the report.”" in again.content.decode()
    found = Resolution.objects.order_by("position")
    assert [(one.position, one.text) for one in found] == [
        (1, "Note the report."),
        (2, "Report in September."),
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (rows(), "Enter at least one resolution"),
        (rows("Twice", "Twice"), "This is typed twice: “Twice”"),
        (rows("Good", LONG), "must be 5000 characters or fewer"),
        (rows("Good", "A\x00B"), "cannot be kept"),
        ({}, "Enter at least one resolution"),
        (rows("Good") | {"resolution-0-paper": "9" * 30}, "from the list"),
    ],
)
def test_what_is_wrong_with_resolutions_is_said_and_nothing_is_recorded(
    browser_of_clerk, meeting, typed, said
):
    page = browser_of_clerk.post(reverse("committees:new_resolutions", args=[meeting.pk]), typed)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not Resolution.objects.exists()
    if "Good" in typed.values():
        assert "Good</textarea>" in page.content.decode()


def test_a_request_is_made_of_a_resolution_put_off_ended_and_opened_again_on_pages(
    browser_of_clerk, meeting, due
):
    (resolution,) = services.resolve(meeting, [{"decision": "request", "text": "A report in September."}])
    form = reverse("committees:new_request", args=[resolution.pk])
    assert "A report in September." in read(browser_of_clerk, form)
    typed = {"text": "A report in September.", "matter": "Progress", "due_meeting": due.pk}
    page = browser_of_clerk.post(form, typed, follow=True).content.decode()
    assert "Overdue" in plainly(page)
    held = Request.objects.get()
    decided = parts("decided_on", DUE) | {"decided_by": "The chair", "reason": "Audit delayed"}
    off = decided | parts("due_on", date(2099, 1, 1)) | {"seen": RequestDue.objects.get().pk}
    again = reverse("committees:reschedule", args=[held.pk])
    assert "is now due by 1 January 2099" in browser_of_clerk.post(again, off, follow=True).content.decode()
    stale = browser_of_clerk.post(again, off).content.decode()
    assert "Somebody else has put it off meanwhile" in stale
    assert "Audit delayed" in stale
    page = plainly(read(browser_of_clerk, held.get_absolute_url()))
    assert "put off by The chair on 26 September 2016. Why: Audit delayed" in page
    assert "At the meeting of 26 September 2016, as asked" in page
    ended = parts("ended_on", HELD) | {"decided_by": "The chair", "reason": "No need", "kind": "lapsed"}
    url = reverse("committees:end_request", args=[held.pk])
    assert "Lapsed" in plainly(browser_of_clerk.post(url, ended, follow=True).content.decode())
    opened = browser_of_clerk.post(
        reverse("committees:reopen_request", args=[held.pk]), {"reason": "Wanted"}, follow=True
    )
    assert "The request is open again" in opened.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Say in one way when it is due"),
        ({"awaits": "It", "due_on_day": "1", "due_on_month": "1", "due_on_year": "2099"}, "Say in one way"),
        ({"due_on_day": "1", "due_on_month": "1", "due_on_year": "2016"}, "must be on or after 25 July 2016"),
        (
            {"due_on_day": "31", "due_on_month": "12", "due_on_year": "9999"},
            "the same as or before 31 December 2199",
        ),
        ({"due_meeting": "99999999999999999999"}, "from the list"),
        ({"awaits": "x" * 301}, "must be 300 characters or fewer"),
    ],
)
def test_what_is_wrong_with_a_request_is_said_at_its_field(browser_of_clerk, meeting, typed, said):
    url = reverse("committees:members_request", args=[meeting.pk])
    page = browser_of_clerk.post(url, {"text": "Kept as typed", "matter": "A"} | typed)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert "Kept as typed" in page.content.decode()
    assert not Request.objects.exists()


def test_a_resolution_is_put_right_with_a_reason_and_its_history_shows_both(browser_of_clerk, meeting):
    (resolution,) = services.resolve(meeting, [{"decision": "note", "text": "Note it."}])
    url = reverse("committees:edit_resolution", args=[resolution.pk])
    typed = {"decision": "endorse", "text": "Note it.", "seen_version": resolution.standing_version()}
    assert "Why are you making this change?" in browser_of_clerk.post(url, typed).content.decode()
    assert browser_of_clerk.post(url, typed | {"change_reason": "Minutes as signed"}).status_code == 302
    assert (
        browser_of_clerk.post(url, typed | {"decision": "approve", "change_reason": "x"}).status_code == 409
    )
    assert list(Resolution.history.order_by("history_id").values_list("decision", "history_change_reason"))[
        1
    ] == ("endorse", "Minutes as signed")


def test_outstanding_issues_are_told_by_body_and_day(browser_of_clerk, meeting, held):
    services.request(meeting, text="When will it end?", matter="The end", due={"awaits": "the outcome"})
    url = reverse("committees:outstanding", args=["audit"])
    page = plainly(read(browser_of_clerk, f"{url}?as_at=2016-09-27"))
    assert "Expected: at the meeting of 26 September 2016." in page
    assert "Overdue by 1 day" in page
    assert "When will it end?" in page.split("Appendix 2")[1]
    before = plainly(read(browser_of_clerk, f"{url}?as_at=2016-07-24"))
    assert "No report is outstanding" in before


@pytest.mark.parametrize("name", ["requests", "outstanding", "request"])
def test_pages_of_requests_take_the_same_few_queries_however_many_there_are(
    browser_of_clerk, meeting, held, name, django_assert_max_num_queries
):
    at = {"requests": [], "outstanding": ["audit"], "request": [held.pk]}[name]
    taken = []
    for several in (1, 30):
        for number in range(several):
            matter = "Progress" if number % 2 else f"Matter {number}"
            services.request(
                meeting, text=f"{several} {number}", matter=matter, due={"due_on": date(2099, 1, 1)}
            )
        with django_assert_max_num_queries(15 if name == "request" else 12) as seen:
            browser_of_clerk.get(reverse(f"committees:{name}", args=at))
        taken.append(len(seen))
    assert taken[0] == taken[1]


@pytest.mark.parametrize("model", [Resolution, Request, Minute])
def test_who_reads_what_is_issued_sees_resolutions_requests_and_minutes(meeting, held, model):
    services.resolve(meeting, [{"decision": "note", "text": "Note it."}])
    everything = set(model.objects.values_list("pk", flat=True))
    assert set(model.objects.visible_to(play("holder", Role.PORTFOLIO_HOLDER))) == set(
        model.objects.filter(pk__in=everything)
    )
    assert not model.objects.visible_to(play("owner", Role.IAO, UnitFactory()))


def test_an_address_asked_with_nonsense_answers_in_words(browser_of_clerk, held):
    for query in ("as_at=never", "as_at=9999-12-31", "body=nothing", "body=%00", "page=x", "as_at_day=99"):
        assert browser_of_clerk.get(f"{reverse('committees:requests')}?{query}").status_code == 200
    assert signed_in(play("nobody", Role.IAO, UnitFactory())).get(held.get_absolute_url()).status_code == 404


def test_a_paper_to_a_body_that_waits_for_a_request_says_why_it_is_late_and_prints_it(
    browser_of_clerk, meeting, held, plan, clerk
):
    later = MeetingFactory(body=meeting.body, held_on=HELD)
    paper = PaperFactory(meeting=later, plans=[plan], as_at=OCTOBER)
    issue = reverse("committees:issue_paper", args=[paper.pk])
    answers = reverse("committees:paper_requests", args=[paper.pk])
    assert "due at the meeting of 26 September 2016" in plainly(read(browser_of_clerk, issue))
    assert answers in read(browser_of_clerk, issue)
    override = reverse("committees:override_stop", args=[paper.pk])
    told = read(signed_in(play("proper", "monitoring_officer")), override)
    assert "“Progress” was asked for, due at the meeting of 26 September 2016" in plainly(told)
    assert answers in told
    assert '<form method="post" novalidate>' not in told
    with pytest.raises(services.IssueRefusedError, match="why it is late"):
        services.issue(paper, by=clerk, frozen_on=OCTOBER)
    seen = browser_of_clerk.get(answers).context["form"].initial["seen"]
    typed = {"seen": seen, f"answers_{held.pk}": "on", f"reason_{held.pk}": "The figures were not ready."}
    assert browser_of_clerk.post(answers, typed).status_code == 302
    stale = browser_of_clerk.post(answers, {"seen": seen, f"reason_{held.pk}": "Mine"}).content.decode()
    assert "Somebody else changed this while you were typing" in stale
    assert "Mine</textarea>" in stale
    services.issue(paper, by=clerk, frozen_on=OCTOBER)
    page = plainly(read(browser_of_clerk, paper.get_absolute_url()))
    assert "This report answers it, late. Reason: The figures were not ready." in page
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        PaperReason.objects.update(reason="Another")
    assert "Answered late by 28 days" in plainly(read(browser_of_clerk, held.get_absolute_url()))


def test_what_is_due_at_the_meeting_of_a_paper_is_not_called_late(browser_of_clerk, due, held, plan, clerk):
    paper = PaperFactory(meeting=due, plans=[plan])
    with pytest.raises(services.IssueRefusedError, match="Say whether this paper answers it; if not, why"):
        services.issue(paper, by=clerk, frozen_on=JULY)
    page = plainly(read(browser_of_clerk, reverse("committees:paper_requests", args=[paper.pk])))
    assert "It answers: Progress, asked on 25 July 2016, due at the meeting of 26 September 2016" in page
    assert "If it does not, why: Progress" in page
    assert "late" not in page
    services.answer(paper, [], {held.pk: "It is not ready."})
    services.issue(paper, by=clerk, frozen_on=JULY)
    page = plainly(read(browser_of_clerk, paper.get_absolute_url()))
    assert "Requests of this body that are due or late" in page
    assert "This report does not answer it. Reason: It is not ready." in page


def test_a_paper_in_time_needs_no_reason_and_prints_none(meeting, due, held, plan, clerk):
    paper = PaperFactory(meeting=due, plans=[plan])
    services.answer(paper, [held], {})
    assert "requests" not in services.issue(paper, by=clerk, frozen_on=JULY).content


def test_what_a_clerk_copies_for_the_agenda_page_is_plain_html(browser_of_clerk, paper):
    page = browser_of_clerk.get(reverse("committees:agenda_page", args=[paper.pk])).content.decode()
    assert "<h3>Executive summary</h3>" in page
    assert "&lt;h3&gt;Executive summary&lt;/h3&gt;" in page
    assert services.file_name(paper) in page
    assert "12 October 2016" in page
    draft = PaperFactory()
    assert browser_of_clerk.get(reverse("committees:agenda_page", args=[draft.pk])).status_code == 404


def test_a_file_is_called_by_body_day_and_title_as_clerks_upload_it(db):
    body = BodyFactory(name="Audit & Procurement Committee")
    body.former_names.create(name="Audit Committee", until_on=date(2016, 9, 30))
    meeting = MeetingFactory(body=body, held_on=date(2016, 7, 25))
    paper = PaperFactory(meeting=meeting, title="Progress: the ICO’s audit – July/August")
    name = "audit-committee-2016-07-25-progress-the-icos-audit-julyaugust"
    assert [services.file_name(paper, kind) for kind in ("pdf", "docx")] == [f"{name}.pdf", f"{name}.docx"]
    paper.title = "Progress " * 30
    assert (
        services.file_name(paper)
        == f"{('audit-committee-2016-07-25' + '-progress' * 30)[:120].rstrip('-')}.pdf"
    )


def test_what_authors_wrote_goes_to_the_agenda_page_whole_and_without_style_or_links(plan, clerk):
    draft = PaperFactory(plans=[plan], to_come=True)
    text = "Note **this** & [that](https://example.org).\n\n- one\n- two\n\n{{summary}}"
    PaperSection.objects.create(paper=draft, position=1, number="1", heading="Executive summary", text=text)
    PaperSection.objects.create(paper=draft, position=2, number="2", heading="Background", text="Not this.")
    copied = summary_of(services.issue(draft, by=clerk).paper)
    assert "<h3>Executive summary</h3>\n<p>Note <strong>this</strong> &amp; that.</p>" in copied
    assert "<li>one</li>" in copied
    assert "have been completed" in copied
    for other in ("Not this", "href", "class", "Progress in figures", "<p></p>"):
        assert other not in copied


def test_an_action_names_the_resolutions_it_came_of_to_those_who_read_what_was_resolved(
    browser_of_clerk, meeting
):
    owner, text = play_owner("owner_of_work"), "That the work be brought forward."
    (found,) = services.resolve(meeting, [{"decision": "approve", "text": text}])
    found.action_links.create(action=owner.action)
    page = read(browser_of_clerk, owner.action.get_absolute_url())
    assert "Resolutions it came of" in page
    assert f'href="{found.get_absolute_url()}">1. Approve, meeting of 25 July 2016</a>' in page
    assert text in page
    assert text not in read(signed_in(owner), owner.action.get_absolute_url())
