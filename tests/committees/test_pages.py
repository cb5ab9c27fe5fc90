"""The pages of papers: what they show, to whom, and at what cost."""

import re
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.urls import reverse

from governance.committees import services
from governance.committees.models import Issue, Rendering
from governance.core.dates import long_date, today
from tests.cast import play, signed_in
from tests.committees.conftest import JULY, OCTOBER, brought_in
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.pages import address, figure, parts, read
from tests.factories import ActionFactory, PlanFactory, UnitFactory

pytestmark = pytest.mark.django_db

LEASE = timedelta(minutes=2)


def make_file(paper, file=b"%PDF-1.7 a file", kind="pdf"):
    Rendering.claim(paper.renderings.get(format=kind).pk, lease=LEASE).finish(file)


def test_a_councillor_sees_issued_papers_and_no_draft(paper):
    draft = PaperFactory(title="Still being written")
    holder = signed_in(play("portfolio_holder", "portfolio_holder"))
    listed = read(holder, reverse("committees:papers"))
    assert paper.title in listed
    assert f"Issued; the meeting was on {long_date(paper.meeting.held_on)}" in listed
    assert draft.title not in listed
    assert holder.get(draft.get_absolute_url()).status_code == 404
    assert holder.get(paper.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("role", "reads"), [("dpo", False), ("ig_officer", False), ("director_approver", True)]
)
def test_a_reader_of_one_units_registers_reads_no_whole_paper(paper, role, reads):
    person = signed_in(play(role, role, UnitFactory()))
    assert person.get(paper.get_absolute_url()).status_code == (200 if reads else 404)
    assert person.get(reverse("committees:papers")).status_code == (200 if reads else 403)


def test_an_issued_paper_is_not_edited(browser_of_clerk, paper):
    for name in ("edit_paper", "new_section"):
        assert browser_of_clerk.post(reverse(f"committees:{name}", args=[paper.pk])).status_code == 403


def test_a_second_click_on_issue_leads_to_the_paper(browser_of_clerk, paper):
    again = reverse("committees:issue_paper", args=[paper.pk])
    for answer in (browser_of_clerk.get(again), browser_of_clerk.post(again)):
        assert answer["Location"] == paper.get_absolute_url()
    said = browser_of_clerk.post(again, follow=True).content.decode()
    assert "is issued" not in said
    assert f"This paper was issued {Issue.objects.get(paper=paper).told}. It never changes" in said
    assert re.search(r"was issued at \d\d:\d\d on \d+ \w+ \d{4} by \w+", said)


def test_meetings_without_papers_are_listed_too_the_latest_first(browser_of_clerk, paper):
    without = MeetingFactory(held_on=date(2016, 9, 26))
    page = read(browser_of_clerk, reverse("committees:papers"))
    days = re.findall(r'<th scope="row"><a[^>]*>[^<]*, (\d+ \w+ \d{4})', page)
    assert days == ["24 October 2016", "26 September 2016", "25 July 2016"]
    assert "No paper</td>" in page
    begin = f"{reverse('committees:new_paper')}?meeting={without.pk}"
    assert f'href="{begin}">New paper' in page
    assert f'<option value="{without.pk}" selected>' in read(browser_of_clerk, begin)
    assert read(browser_of_clerk, f"{reverse('committees:new_paper')}?meeting=x%00")


def test_a_meeting_just_entered_is_chosen_for_the_paper(browser_of_clerk):
    body = MeetingFactory().body
    typed = {"body": body.pk} | parts("held_on", today())
    page = browser_of_clerk.post(reverse("committees:new_meeting"), typed, follow=True).content.decode()
    assert f'<option value="{body.meetings.get(held_on=today()).pk}" selected>' in page


@pytest.mark.parametrize("asked", [True, False])
def test_a_security_marking_is_asked_for_only_where_it_is_printed(browser_of_clerk, plan, settings, asked):
    settings.PAPER_MARKINGS = asked
    draft = PaperFactory(plans=[plan], to_come=True, security_marking="OFFICIAL")
    for form in (reverse("committees:new_paper"), reverse("committees:edit_paper", args=[draft.pk])):
        assert ("Security marking" in read(browser_of_clerk, form)) == asked


def test_the_file_is_handed_over_byte_for_byte(browser_of_clerk, paper):
    url = reverse("committees:paper_pdf", args=[paper.pk])
    assert browser_of_clerk.get(url).status_code == 404
    make_file(paper)
    answer = browser_of_clerk.get(url)
    assert answer.content == b"%PDF-1.7 a file"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert sha256(answer.content).hexdigest() in read(browser_of_clerk, paper.get_absolute_url())


def test_the_file_of_a_past_paper_is_never_shown_in_the_browser(browser_of_clerk, plan, clerk):
    meeting = MeetingFactory(held_on=date(2016, 7, 25))
    past = services.enter_past_paper(
        meeting, "July", [plan], JULY, {"completed": 1}, b"<script>alert(1)</script>", "july.html", clerk
    )
    answer = browser_of_clerk.get(reverse("committees:paper_pdf", args=[past.pk]))
    assert answer["Content-Type"] == "application/octet-stream"
    assert "attachment" in answer["Content-Disposition"]
    page = read(browser_of_clerk, past.get_absolute_url())
    assert "issued before the product" in page
    assert "rows behind it were not kept here" in read(browser_of_clerk, address(figure(past, "completed")))


def test_the_page_waits_for_the_file_with_and_without_scripts(browser_of_clerk, paper):
    waiting = read(browser_of_clerk, paper.get_absolute_url())
    state = reverse("committees:paper_state", args=[paper.pk])
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert f'hx-get="{state}"' in waiting
    assert "It waits for the worker" in read(browser_of_clerk, state, headers={"HX-Request": "true"})
    assert browser_of_clerk.get(state)["Location"] == paper.get_absolute_url()
    for kind in services.ENDINGS:  # the archive of everything last
        make_file(paper, kind=kind)
    ready = read(browser_of_clerk, paper.get_absolute_url())
    assert "Download the PDF" in ready
    assert "refresh" not in ready
    assert "hx-get" not in read(browser_of_clerk, state, headers={"HX-Request": "true"})


def test_a_failed_file_is_explained_and_can_be_tried_again(browser_of_clerk, paper):
    for _ in range(3):
        Rendering.claim(paper.renderings.get(format="pdf").pk, lease=LEASE).give_back("The worker stopped.")
    assert "The worker stopped." in read(browser_of_clerk, paper.get_absolute_url())
    again = reverse("committees:render_again", args=[paper.pk])
    assert "The files are being made" in browser_of_clerk.post(again, follow=True).content.decode()
    assert paper.renderings.get(format="pdf").state == "queued"
    siro = signed_in(play("siro", "siro"))
    assert siro.post(again).status_code == 403


# Cost


def grown_plan(officer, actions):
    plan = PlanFactory()
    opened = {"opened_on": date(2015, 3, 2), "by": officer} | brought_in(date(2015, 3, 2))
    action = ActionFactory(plan=plan, reference=f"N{actions}-0000", **opened)
    update = action.updates.get()
    kind, progress = type(action), type(update)
    more = [
        kind(reference=f"N{actions}-{n:04}", title="More", plan=plan, owner_id=action.owner_id)
        for n in range(1, actions)
    ]
    when = {"effective_on": update.effective_on, "known_at": update.known_at, "source_document": "x"}
    progress.objects.bulk_create(
        progress(action=one, status="not_started", recorded_by=officer, **when)
        for one in kind.objects.bulk_create(more)
    )
    return plan


@pytest.mark.parametrize("name", ["papers", "paper", "published_figure"])
def test_pages_take_the_same_few_queries_for_10_and_1000_actions(
    browser_of_clerk, clerk, name, django_assert_max_num_queries
):
    taken = []
    for actions in (10, 1000):
        paper = PaperFactory(plans=[grown_plan(clerk, actions)])
        services.issue(paper, by=clerk, frozen_on=OCTOBER)
        arguments = {"papers": [], "paper": [paper.pk], "published_figure": [paper.pk, 1]}[name]
        url = reverse(f"committees:{name}", args=arguments)
        with django_assert_max_num_queries(19 if name == "published_figure" else 12) as seen:
            browser_of_clerk.get(url)
        taken.append(len(seen))
    assert taken[0] == taken[1]
