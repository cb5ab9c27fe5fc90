"""From a meeting to an issued paper: what the pages of drafts show, ask and refuse."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from governance.committees import services
from governance.committees.form import LIST_OF_APPENDICES, shipped_forms
from governance.committees.models import Paper, PaperSection
from governance.core.dates import long_date, today
from governance.figures.figure import get_figure
from governance.people.models import Draft
from tests.cast import play, signed_in
from tests.committees.clearing import clear
from tests.committees.conftest import OCTOBER
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.pages import address, figure, parts, read
from tests.factories import PlanFactory, ScopeAreaFactory

pytestmark = pytest.mark.django_db


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
    headings = [each.heading for each in shipped_forms()["coventry"].sections]
    assert list(paper.sections.values_list("heading", flat=True)) == headings
    paper.sections.filter(heading="Recommendations").update(text="To note the progress")
    clear(paper, by=clerk)
    check = read(browser, reverse("committees:issue_paper", args=[paper.pk]))
    assert "An issued paper never changes" in check
    assert "Context (or background)" in check  # still without text
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
    assert "<li>a </li><li>b </li>" in read(browser_of_clerk, draft.get_absolute_url())
    new = {"number": "2", "heading": "Fourth", "text": "{% now %} <b>", "place": 2}
    browser_of_clerk.post(reverse("committees:new_section", args=[draft.pk]), new)
    assert list(draft.sections.values_list("heading", flat=True)) == ["Third", "Fourth", "First", "Second"]
    assert "{% now %} &lt;b&gt;" in read(browser_of_clerk, draft.get_absolute_url())
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
        "ico", "ico", "zz", "zz", "paragraph", "ico", "zz"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{summary nowhere}}", "There is no action plan “nowhere”"),
        ("{{summary other}}", "This paper is not about that plan: choose it, or take the line out"),
    ],
)
def test_sentences_about_a_plan_that_is_not_on_the_paper_are_never_left_out_in_silence(plan, text, said):
    PlanFactory(code="other")
    paper = PaperFactory(plans=[plan], to_come=True)
    PaperSection.objects.create(paper=paper, position=1, heading="Summary", text=text)
    assert services.why_not(paper) == f"In the section “Summary”, {text}: {said}."
    (block,) = services.preview(paper)["sections"][0]["blocks"]
    assert (block["kind"], text in str(block)) == ("paragraph", True)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_draft_says_what_the_plan_that_it_names_is_called_by_now(browser_of_clerk, plan, owner_connection):
    draft, url = PaperFactory(plans=[plan]), "committees:new_section"
    owner_connection.execute("ALTER TABLE actions_actionplan DISABLE TRIGGER keep_code")
    owner_connection.execute("UPDATE actions_actionplan SET code = 'ico-7'")
    owner_connection.execute("ALTER TABLE actions_actionplan ENABLE TRIGGER keep_code")
    for text in ("{{summary ico}}", "{{figure actions.completed plan=ico}}"):
        typed = {"number": "", "heading": "Summary", "text": text, "place": 1}
        answer = browser_of_clerk.post(reverse(url, args=[draft.pk]), typed)
        said = f"{text}: There is no action plan “ico” any more: it is called “ico-7” now"
        assert answer.context["form"].errors["text"] == [said]


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


def test_two_texts_of_one_section_are_put_together_and_looked_through_before_they_are_saved(
    browser_of_clerk, plan
):
    draft = PaperFactory(plans=[plan])
    text = "The first.\n\nThe second.\n\nThe third."
    section = PaperSection.objects.create(paper=draft, position=1, heading="Context", text=text)
    seen, url = section.standing_version(), reverse("committees:edit_section", args=[draft.pk, section.pk])
    typed = {"number": "1", "heading": "Context", "place": 1, "seen_version": seen}
    other = signed_in(play("another", "committee_officer"))
    theirs = text.replace("The first.", "Their first.").replace("The third.", "Their third.")
    assert other.post(url, typed | {"text": theirs}).status_code == 302
    late = browser_of_clerk.post(url, typed | {"text": text.replace("The third.", "My third.")})
    assert late.status_code == 409
    assert "Both, put together" in late.content.decode()
    chosen = dict(late.context["conflict"].posted) | {"first-seen": seen, "to-choose": "text"}
    chosen |= {"choose-text": "both", "seen_version": section.standing_version()}
    shown = browser_of_clerk.post(url, chosen)
    both = "Their first.\n\nThe second.\n\nTheir third.\n\nMy third."
    section.refresh_from_db()
    assert (shown.status_code, section.text) == (200, theirs)
    assert f"{both}</textarea>" in shown.content.decode()
    assert "Both texts stand here together. Look through them, then save" in shown.content.decode()
    again = typed | {"text": both, "seen_version": section.standing_version()}
    assert browser_of_clerk.post(url, again).status_code == 302
    section.refresh_from_db()
    assert section.text == both


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


@pytest.fixture
def section(plan):
    return PaperSection.objects.create(paper=PaperFactory(plans=[plan]), position=1, heading="Context")


def test_what_is_kept_by_itself_after_the_form_was_saved_makes_no_draft(browser_of_clerk, section):
    url = reverse("committees:edit_section", args=[section.paper_id, section.pk])
    (opened,) = re.findall('name="form-opened" value="([^"]+)"', read(browser_of_clerk, url))
    typed = {"heading": "Context", "text": "Typed", "place": 1, "seen_version": section.standing_version()}
    assert browser_of_clerk.post(url, typed | {"form-opened": opened}).status_code == 302
    late = browser_of_clerk.post(url, typed | {"form-opened": opened, "keep-draft": "quietly"})
    assert "this form was saved already" in late.content.decode()
    assert not Draft.objects.exists()
    assert f'value="{opened}"' not in read(browser_of_clerk, url)
    browser_of_clerk.post(url, typed | {"form-opened": "another", "keep-draft": "quietly"})
    assert Draft.objects.exists()


def test_whoever_saved_in_two_windows_is_not_somebody_else(browser_of_clerk, section):
    url = reverse("committees:edit_section", args=[section.paper_id, section.pk])
    typed = {"heading": "Context", "place": 1, "seen_version": section.standing_version()}
    assert browser_of_clerk.post(url, typed | {"text": "There"}).status_code == 302
    page = browser_of_clerk.post(url, typed | {"text": "Here"})
    assert page.status_code == 409
    assert "You saved a change in another window" in page.content.decode()
    assert "Somebody else" not in page.content.decode()
    seen = {"seen_version": section.standing_version()}
    other = signed_in(play("another", "committee_officer"))
    assert other.post(url, typed | seen | {"text": "Theirs"}).status_code == 302
    page = browser_of_clerk.post(url, typed | {"text": "Here"}).content.decode()
    assert "Somebody else changed this too" in page


def test_the_figures_of_a_paper_are_of_no_day_before_its_register_began(browser_of_clerk, plan, section):
    draft, sentence = section.paper, "On 1 January 2010 the register had not begun: it begins on "
    front = {"meeting": draft.meeting_id, "title": "Early", "plans": [plan.pk]} | parts(
        "as_at", date(2010, 1, 1)
    )
    assert sentence in browser_of_clerk.post(reverse("committees:new_paper"), front).content.decode()
    changed = front | {"seen_version": draft.standing_version(), "seen_plans": str(plan.pk)}
    edit = reverse("committees:edit_paper", args=[draft.pk])
    assert sentence in browser_of_clerk.post(edit, changed).content.decode()
    assert not Paper.objects.filter(title="Early").exists()


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
