"""The pages of papers: what they show, to whom, and at what cost."""

import re
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.urls import reverse

from actions.models import Status
from governance.committees import services
from governance.committees.form import HEADINGS, LIST_OF_APPENDICES
from governance.committees.models import Issue, Paper, PaperSection, PublishedFigure, Rendering
from governance.core.dates import long_date, today
from governance.figures.figure import get_figure
from tests.cast import play, signed_in
from tests.committees.conftest import JULY, OCTOBER, brought_in
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.factories import ActionFactory, PlanFactory, ScopeAreaFactory, UnitFactory

pytestmark = pytest.mark.django_db

LEASE = timedelta(minutes=2)


@pytest.fixture
def clerk(db):
    return play("committee_officer", "committee_officer")


@pytest.fixture
def browser_of_clerk(clerk):
    return signed_in(clerk)


@pytest.fixture
def paper(plan, clerk):
    services.issue(
        PaperFactory(meeting=MeetingFactory(held_on=date(2016, 7, 25)), plans=[plan]),
        by=clerk,
        frozen_on=JULY,
    )
    paper = PaperFactory(plans=[plan])
    PaperSection.objects.create(paper=paper, position=1, heading="Executive summary", text="{{summary}}")
    services.issue(paper, by=clerk, frozen_on=OCTOBER)
    return Paper.objects.get(pk=paper.pk)


def figure(paper, name, movement="", **dimension):
    wanted = {"key": f"actions.{name}", "movement": movement, "dimension": dimension}
    return PublishedFigure.objects.get(paper=paper, **wanted)


def address(figure):
    return reverse("committees:published_figure", args=[figure.paper_id, figure.position])


def read(client, url, **options):
    answer = client.get(url, **options)
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


def make_file(paper, file=b"%PDF-1.7 a file"):
    Rendering.claim(paper.renderings.get().pk, lease=LEASE).finish(file)


def test_a_figure_of_the_summary_leads_to_exactly_its_rows(browser_of_clerk, paper):
    completed = figure(paper, "completed")
    assert f'href="{address(completed)}">4 completed</a>' in read(browser_of_clerk, paper.get_absolute_url())
    page = read(browser_of_clerk, address(completed))
    assert page.count('<th scope="row"><a') == 4
    assert "As published: asked again for the same moment, the registers give the same 4 today." in page
    for entry in completed.listed():
        assert entry.reference in page


def test_further_completed_opens_those_that_came_in(browser_of_clerk, paper):
    page = read(browser_of_clerk, address(figure(paper, "completed", "entered")))
    assert page.count('<th scope="row"><a') == 3
    assert "ICO-1<" not in page


def test_every_row_says_who_knew_what_when(browser_of_clerk, paper):
    page = read(browser_of_clerk, address(figure(paper, "completed")))
    for words in ("1 September 2016", "from: Action plan workbook", "Completed"):
        assert words in page


def test_titles_are_as_they_were_when_the_paper_was_issued(browser_of_clerk, paper, plan):
    before = plan.actions.get(reference="ICO-1").title
    plan.actions.filter(reference="ICO-1").update(title="Renamed since")
    page = read(browser_of_clerk, address(figure(paper, "completed")))
    assert before in page
    assert "Renamed since" not in page


def plainly(page):
    """The words of a page without its tags."""
    return " ".join(re.sub(r"<[^>]+>", "", page).replace("&#x27;", "'").split())


def the_action(reference):
    return f'<a class="govuk-link" href="{reverse("actions:action", args=[reference])}">{reference}</a>'


def test_a_figure_corrected_since_says_by_whom_and_why_and_leads_to_the_action(
    browser_of_clerk, paper, plan, clerk
):
    action = plan.actions.get(reference="ICO-4")
    made = action.correct(action.standing(), by=clerk, reason="Wrong line.", status=Status.IN_PROGRESS)
    why = f"corrected on {long_date(today())} by {made.recorded_as}, because “Wrong line”."
    page = read(browser_of_clerk, address(figure(paper, "completed")))
    assert "As published: asked again for the same moment, the registers give the same 4 today." in page
    assert f"3 as known today. ICO-4 is no longer counted: {why}" in plainly(page)
    assert the_action("ICO-4") in page
    page = read(browser_of_clerk, address(figure(paper, "in_progress")))
    assert f"1 as known today. ICO-4 is now counted: {why}" in plainly(page)


def test_an_unchanged_value_that_rests_on_a_corrected_update_says_still(browser_of_clerk, paper, plan, clerk):
    for number, reference in enumerate(("ICO-4", "ICO-3"), 1):
        action = plan.actions.get(reference=reference)
        action.correct(action.standing(), by=clerk, reason="Wrong line", status=Status.IN_PROGRESS)
        page = plainly(read(browser_of_clerk, address(figure(paper, "total"))))
        updates = "One action in it now rests on a corrected update."
        if number == 2:
            updates = "2 actions in it now rest on corrected updates."
        assert f"Still 5. {updates} " in page
        assert f"{reference}, corrected on {long_date(today())} by" in page
    assert "Corrected since" not in page


def test_a_report_that_came_late_is_named_as_one(browser_of_clerk, paper, plan, clerk):
    day = date(2016, 9, 2)
    plan.actions.get(reference="ICO-5").report(Status.COMPLETED, effective_on=day, by=clerk)
    page = plainly(read(browser_of_clerk, address(figure(paper, "completed"))))
    assert f"5 as known today. ICO-5 is now counted: reported on {long_date(today())} by" in page
    assert "with effect from 2 September 2016." in page
    page = plainly(read(browser_of_clerk, address(figure(paper, "total"))))
    assert "Still 5. One action in it now rests on another update. ICO-5, reported on" in page


def test_a_record_that_never_was_so_is_corrected_back_with_its_reason(browser_of_clerk, paper, plan, clerk):
    action = plan.actions.get(reference="ICO-3")
    action.correct(action.standing(), by=clerk, reason="It was another action", void=True)
    page = plainly(read(browser_of_clerk, address(figure(paper, "completed"))))
    assert "3 as known today. ICO-3 is no longer counted: corrected on" in page
    assert "because “It was another action”." in page


def test_corrections_of_actions_that_may_not_be_opened_are_counted_not_named(paper, plan, clerk):
    action = plan.actions.get(reference="ICO-4")
    action.correct(action.standing(), by=clerk, reason="Secret reason", status=Status.IN_PROGRESS)
    page = read(signed_in(play("portfolio_holder", "portfolio_holder")), address(figure(paper, "completed")))
    assert "3 as known today." in page
    assert "1 that you may not open." in page
    assert "ICO-4" not in page
    assert "Secret reason" not in page


def test_a_row_of_a_figure_opens_its_action_at_the_moment_of_the_paper(browser_of_clerk, paper, plan, clerk):
    day = OCTOBER.isoformat()
    page = read(browser_of_clerk, address(figure(paper, "completed")))
    at = f"{reverse('actions:action', args=['ICO-4'])}?as_at={day}&amp;known_at={day}"
    assert f'href="{at}">ICO-4</a>' in page
    action = plan.actions.get(reference="ICO-4")
    action.correct(action.standing(), by=clerk, reason="Wrong line", status=Status.NOT_STARTED)
    then = browser_of_clerk.get(at.replace("&amp;", "&"))
    assert then.context["moment"].as_at == OCTOBER


def test_a_figure_that_would_not_be_the_same_says_so(browser_of_clerk, paper, plan):
    area = ScopeAreaFactory(audit=plan.audit)
    plan.actions.filter(reference="ICO-1").update(scope_area=area)
    page = read(browser_of_clerk, address(figure(paper, "completed", scope_area_id=None)))
    assert "Not as published" in page
    assert "give 3 today" in page


def test_a_scope_area_by_another_name_is_still_the_one_that_was_counted(browser_of_clerk, clerk, plan):
    area = ScopeAreaFactory(audit=plan.audit, code="governance", title="Governance")
    plan.actions.filter(reference__in=["ICO-1", "ICO-2"]).update(scope_area=area)
    paper = services.issue(PaperFactory(plans=[plan]), by=clerk, frozen_on=OCTOBER).paper
    area.title = "Leadership"
    area.save()
    counted = figure(paper, "completed", scope_area_id=area.pk)
    page = read(browser_of_clerk, address(counted))
    assert "As published: asked again for the same moment, the registers give the same 2 today." in page
    assert "as known today, the figure as at 12 October 2016 is 2" in page
    assert "Actions completed: Governance: 2" in page
    assert "Leadership" not in page


def test_rows_that_may_not_be_opened_are_counted_not_shown(paper):
    holder = signed_in(play("portfolio_holder", "portfolio_holder"))
    page = read(holder, address(figure(paper, "completed")))
    assert "4 that you may not open" in page
    assert "ICO-1" not in page


def test_a_councillor_sees_issued_papers_and_no_draft(paper):
    draft = PaperFactory(title="Still being written")
    holder = signed_in(play("portfolio_holder", "portfolio_holder"))
    listed = read(holder, reverse("committees:papers"))
    assert paper.title in listed
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
    days = re.findall(r'<th scope="row">[^<]*, (\d+ \w+ \d{4})', page)
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
    for address in (reverse("committees:new_paper"), reverse("committees:edit_paper", args=[draft.pk])):
        assert ("Security marking" in read(browser_of_clerk, address)) == asked


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
    make_file(paper)
    ready = read(browser_of_clerk, paper.get_absolute_url())
    assert "Download the PDF" in ready
    assert "refresh" not in ready
    assert "hx-get" not in read(browser_of_clerk, state, headers={"HX-Request": "true"})


def test_a_failed_file_is_explained_and_can_be_tried_again(browser_of_clerk, paper):
    for _ in range(3):
        Rendering.claim(paper.renderings.get().pk, lease=LEASE).give_back("The worker stopped.")
    assert "The worker stopped." in read(browser_of_clerk, paper.get_absolute_url())
    again = reverse("committees:render_again", args=[paper.pk])
    assert "is being made again" in browser_of_clerk.post(again, follow=True).content.decode()
    assert paper.renderings.get().state == "queued"
    siro = signed_in(play("siro", "siro"))
    assert siro.post(again).status_code == 403


# From a meeting to an issued paper


def parts(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_an_officer_goes_from_an_empty_list_to_an_issued_paper(browser_of_clerk, plan, clerk):
    browser = browser_of_clerk
    assert "There are no papers yet" in read(browser, reverse("committees:papers"))
    body = MeetingFactory(held_on=date(2016, 1, 4)).body
    browser.post(reverse("committees:new_meeting"), {"body": body.pk} | parts("held_on", today()))
    meeting = body.meetings.get(held_on=today())
    front = {"meeting": meeting.pk, "title": "Progress", "publication_status": "Public", "plans": [plan.pk]}
    begun = browser.post(reverse("committees:new_paper"), front, follow=True)
    paper = Paper.objects.get(title="Progress")
    assert paper.created_by == clerk
    assert "This is a draft" in begun.content.decode()
    assert list(paper.sections.values_list("heading", flat=True)) == [heading for _, heading, _ in HEADINGS]
    check = read(browser, reverse("committees:issue_paper", args=[paper.pk]))
    assert "An issued paper never changes" in check
    assert "Recommendations" in check  # still without text
    done = browser.post(reverse("committees:issue_paper", args=[paper.pk]), follow=True)
    assert "The paper is issued" in done.content.decode()
    assert figure(paper, "completed").value == 4


def test_a_section_is_written_moved_and_removed(browser_of_clerk, plan):
    draft = PaperFactory(plans=[plan])
    for position, heading in enumerate(("First", "Second", "Third"), 1):
        PaperSection.objects.create(paper=draft, position=position, heading=heading)
    third = draft.sections.get(heading="Third")
    url = reverse("committees:edit_section", args=[draft.pk, third.pk])
    typed = {"number": "1", "heading": "Third", "text": "- a\n- b", "place": 1}
    browser_of_clerk.post(url, typed | {"seen_version": third.standing_version()})
    assert list(draft.sections.values_list("heading", flat=True)) == ["Third", "First", "Second"]
    assert "<li>a</li><li>b</li>" in read(browser_of_clerk, draft.get_absolute_url())
    new = {"number": "2", "heading": "Fourth", "text": "{{7*7}} <b>", "place": 2}
    browser_of_clerk.post(reverse("committees:new_section", args=[draft.pk]), new)
    assert list(draft.sections.values_list("heading", flat=True)) == ["Third", "Fourth", "First", "Second"]
    assert "{{7*7}} &lt;b&gt;" in read(browser_of_clerk, draft.get_absolute_url())
    browser_of_clerk.post(url, {"remove": "yes", "seen_version": third.standing_version()})
    assert list(draft.sections.values_list("heading", flat=True)) == ["Fourth", "First", "Second"]


def test_every_figure_of_a_draft_opens_before_it_is_issued(browser_of_clerk, paper, plan):
    area = ScopeAreaFactory(audit=plan.audit)
    plan.actions.update(scope_area=area)
    draft = PaperFactory(plans=[plan], to_come=True)
    PaperSection.objects.create(
        paper=draft, position=1, heading="Summary", text="{{summary}}\n\n{{movement}}"
    )
    page = read(browser_of_clerk, draft.get_absolute_url())
    links = re.findall(r'<a class="paper-figure" href="([^"]+)">(\d*)', page)
    ledger = page[page.index('class="paper-table paper-ledger"') :]
    numbers = len(re.findall(r"<small>\(\d+\)</small>", ledger))
    assert numbers == len(re.findall('class="paper-figure"', ledger)) > 10
    for href, value in sorted(set(links)):
        opened = read(browser_of_clerk, href.replace("&amp;", "&"))
        if value and "since=" not in href:
            assert f": {value}</h1>" in opened
    check = read(browser_of_clerk, reverse("committees:issue_paper", args=[draft.pk]))
    assert re.search(r'class="paper-figure" href="/figures/actions.completed/\?plans=ico', check)


def test_a_draft_begins_with_its_title_and_promises_no_dates_it_has_not(browser_of_clerk, plan):
    draft = PaperFactory(plans=[plan], to_come=True)
    page = read(browser_of_clerk, draft.get_absolute_url())
    assert re.findall(r"<h1[^>]*>([^<]*)</h1>", page) == [draft.title]
    assert "Draft for" in page[: page.index("<h1")]
    assert '<th scope="row">Figures frozen</th><td>will be frozen when issued</td>' in page
    assert '<th scope="row">To be published</th><td>on the day of issue</td>' in page


def test_the_form_of_a_section_names_section_and_paper(browser_of_clerk, plan):
    draft = PaperFactory(plans=[plan])
    section = PaperSection.objects.create(paper=draft, position=1, number="2", heading="Context")
    page = read(browser_of_clerk, reverse("committees:edit_section", args=[draft.pk, section.pk]))
    assert "Write “2 Context”</h1>" in page
    assert f'href="{draft.get_absolute_url()}">{draft.title}</a>' in page
    assert f"<title> 2 Context: {draft.title} -" in page or f"2 Context: {draft.title}" in page


def test_removing_a_section_asks_first(browser_of_clerk, plan):
    section = PaperSection.objects.create(paper=PaperFactory(plans=[plan]), position=1, heading="Context")
    page = read(browser_of_clerk, reverse("committees:edit_section", args=[section.paper_id, section.pk]))
    question = page[page.index("<details", page.index("<main")) : page.rindex("</details>")]
    assert "Remove this section</span></summary>" in question
    assert "“Context” and its text leave the paper" in question
    assert 'name="remove"' in question
    assert page.count('name="remove"') == 1


def test_the_list_of_appendices_is_made_from_those_there_are(browser_of_clerk, plan, clerk):
    paper = PaperFactory(plans=[plan])
    heading = {"position": 1, "heading": LIST_OF_APPENDICES, "text": "A letter, sent apart."}
    PaperSection.objects.create(paper=paper, **heading)
    services.issue(paper, by=clerk, frozen_on=OCTOBER)
    page = read(browser_of_clerk, paper.get_absolute_url())
    titles = ["Appendix 1: Progress in figures", f"Appendix 2: Actions, {plan.title}"]
    titles += ["Appendix 3: Where the figures come from"]
    assert f"<ul>{''.join(f'<li>{title}</li>' for title in titles)}</ul>" in re.sub(r"> <", "><", page)
    assert "A letter, sent apart." in page
    for title in titles:
        assert f">{title}</h2>" in page


def test_the_paragraphs_of_a_plan_stay_together(browser_of_clerk, plan, clerk):
    other = PlanFactory(code="zz", title="Another plan")
    paper = PaperFactory(plans=[plan, other], to_come=True)
    text = "{{summary}}\n\n{{movement}}\n\nIn between.\n\n{{waiting}}"
    PaperSection.objects.create(paper=paper, position=1, heading="Summary", text=text)
    blocks = services.preview(paper)["sections"][0]["blocks"]
    assert [block.get("code", block["kind"]) for block in blocks] == [
        "ico", "ico", "zz", "zz", "text", "ico", "zz"
    ]  # fmt: skip


def test_the_ledger_gives_each_figure_one_row_with_its_definition_once(browser_of_clerk, paper):
    page = read(browser_of_clerk, paper.get_absolute_url())
    ledger = page[page.index('class="paper-table paper-ledger"') :]
    ledger = ledger[: ledger.index("</table>")]
    kept = list(paper.figures.all())
    assert ledger.count('<th scope="row">') == len({figure.key for figure in kept})
    for one in kept:
        assert ledger.count(f"<code>{one.key}</code>") == 1
        at = f'href="{address(one)}">{one.value}</a> <small>({one.position})</small>'
        assert ledger.count(at) == 1
    assert ledger.count(get_figure("actions.completed").definition) == 1


def test_two_people_writing_one_section_lose_nothing(browser_of_clerk, plan):
    draft = PaperFactory(plans=[plan])
    section = PaperSection.objects.create(paper=draft, position=1, heading="Context")
    seen = section.standing_version()
    url = reverse("committees:edit_section", args=[draft.pk, section.pk])
    typed = {"number": "1", "heading": "Context", "place": 1, "seen_version": seen}
    assert browser_of_clerk.post(url, typed | {"text": "Mine"}).status_code == 302
    late = browser_of_clerk.post(url, typed | {"text": "Theirs"})
    assert late.status_code == 409
    assert "Mine" in late.content.decode()
    assert "Theirs" in late.content.decode()


def fill(draft, sections, text):
    PaperSection.objects.bulk_create(
        PaperSection(paper=draft, position=n, heading=f"Part {n}", text=text) for n in range(2, sections + 1)
    )


@pytest.mark.parametrize(
    ("sections", "text", "sentence"),
    [
        (60, "", "A paper has at most 60 sections. With this it has 61."),
        (6, "x" * 20_000, "A paper has at most 100,000 characters in all its sections together."),
        (21, "- x\n\n" * 100, "A paper has at most 2,000 lines with words in all its sections together."),
        (16, "{{summary}}\n{{ waiting ico }}", "A paper has at most 30 lines such as {{summary}}."),
    ],
)
def test_a_paper_that_could_not_be_laid_out_is_neither_written_nor_issued(
    browser_of_clerk, plan, clerk, sections, text, sentence
):
    draft = PaperFactory(plans=[plan])
    PaperSection.objects.create(paper=draft, position=1, heading="Part 1", text="{{summary}}")
    fill(draft, sections, text)
    typed = {"number": "", "heading": "One more", "text": "{{summary}}", "place": 1}
    new = browser_of_clerk.post(reverse("committees:new_section", args=[draft.pk]), typed)
    assert sentence in new.content.decode()
    assert draft.sections.count() == sections
    PaperSection.objects.create(paper=draft, position=99, heading="Slipped in", text=text)
    with pytest.raises(services.IssueRefusedError, match=re.escape(sentence.split(" With")[0])):
        services.issue(draft, by=clerk)


@pytest.mark.parametrize("seen", ["", "none", "9" * 30, None])
def test_a_section_changed_meanwhile_is_not_removed_unread(browser_of_clerk, plan, seen):
    section = PaperSection.objects.create(paper=PaperFactory(plans=[plan]), position=1, heading="Context")
    opened = section.standing_version()
    section.text = "Written by somebody else"
    section.save()
    url = reverse("committees:edit_section", args=[section.paper_id, section.pk])
    late = browser_of_clerk.post(
        url, {"remove": "yes", "seen_version": opened if seen is None else seen}, follow=True
    )
    assert late.status_code == 409
    page = late.content.decode()
    assert "Somebody else changed this section after you opened it" in page
    assert "Written by somebody else" in page
    assert f'name="seen_version" value="{section.standing_version()}"' in page
    now = {"remove": "yes", "seen_version": section.standing_version()}
    assert browser_of_clerk.post(url, now).status_code == 302
    assert not PaperSection.objects.filter(pk=section.pk).exists()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("new_paper", "Select at least one action plan"),
        ("new_paper", "Enter the title"),
        ("new_meeting", "Select the body"),
    ],
)
def test_what_is_missing_is_said_in_words(browser_of_clerk, name, sentence):
    answer = browser_of_clerk.post(reverse(f"committees:{name}"), {"place": ""})
    assert sentence in answer.content.decode()


def test_dates_out_of_order_are_said_in_words(browser_of_clerk, plan):
    meeting = MeetingFactory()
    front = {"meeting": meeting.pk, "title": "Progress", "publication_status": "Public", "plans": [plan.pk]}
    late = front | parts("as_at", date(2016, 10, 25)) | parts("published_on", date(2016, 10, 14))
    page = browser_of_clerk.post(reverse("committees:new_paper"), late).content.decode()
    assert "The day of the figures must be on or before the day of the meeting" in page
    assert "The day of publication must be on or after the day of the figures" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "The meeting was on 24 October 2016. Enter a day of the figures on or before it"),
        (
            parts("as_at", OCTOBER) | parts("published_on", date(2016, 10, 25)),
            "The day of publication must be on or before the meeting",
        ),
    ],
)
def test_dates_after_the_meeting_are_refused_in_words(browser_of_clerk, plan, typed, sentence):
    meeting = MeetingFactory()
    front = {"meeting": meeting.pk, "title": "Progress", "publication_status": "Public", "plans": [plan.pk]}
    page = browser_of_clerk.post(reverse("committees:new_paper"), front | typed).content.decode()
    assert sentence in page
    assert not Paper.objects.exists()


def test_the_check_says_why_a_paper_cannot_be_issued_and_offers_no_button(browser_of_clerk, plan):
    draft = PaperFactory(plans=[plan])
    address = reverse("committees:issue_paper", args=[draft.pk])
    page = read(browser_of_clerk, address)
    assert f"as at {long_date(today())}, which is after the meeting of 24 October 2016" in page
    assert "Issue the paper</button>" not in page
    assert "which is after the meeting" in browser_of_clerk.post(address, follow=True).content.decode()
    draft.refresh_from_db()
    assert draft.is_draft


@pytest.mark.parametrize(
    ("days", "label", "closing"),
    [
        (0, '<th scope="row">Published</th>', "This report is published on"),
        (2, '<th scope="row">To be published</th>', "This report is to be published on"),
    ],
)
def test_a_publication_that_lies_ahead_is_said_to(browser_of_clerk, plan, clerk, days, label, closing):
    day = today() + timedelta(days=days)
    meeting = MeetingFactory(held_on=day + timedelta(days=7))
    paper = PaperFactory(plans=[plan], meeting=meeting, published_on=day)
    services.issue(paper, by=clerk)
    page = read(browser_of_clerk, paper.get_absolute_url())
    assert f"{label}<td>{long_date(day)}</td>" in page
    assert closing in page


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
        with django_assert_max_num_queries(18 if name == "published_figure" else 12) as seen:
            browser_of_clerk.get(url)
        taken.append(len(seen))
    assert taken[0] == taken[1]
