"""Figures put into texts by their keys, and the Markdown that they stand in."""

from datetime import date

import pytest
from django.urls import reverse

from governance.committees import markdown, services
from governance.committees.models import PublishedFigure
from governance.core.dates import today
from tests.committees.conftest import OCTOBER
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.pages import plainly, read
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db


def written(text, **options):
    paper = PaperFactory(**options)
    paper.sections.create(position=1, number="2", heading="Progress", text=text)
    return paper


def issued(text, clerk, **options):
    paper = written(text, **options)
    services.issue(paper, by=clerk, frozen_on=OCTOBER)
    return paper


def test_a_figure_in_a_sentence_stands_in_the_ledger_and_opens_its_rows(plan, clerk, browser_of_clerk):
    text = "By now {{figure actions.completed plan=ico}} of **{{figure actions.total}}** are done."
    paper = issued(text, clerk, plans=[plan])
    page = read(browser_of_clerk, paper.get_absolute_url())
    assert "By now 4 of 5 are done." in plainly(page)
    kept = paper.figures.get(key="actions.completed", inserted=True)
    assert (kept.value, kept.entries.count(), kept.scope) == (4, 4, {"plans": ["ico"]})
    place = reverse("committees:published_figure", args=[paper.pk, kept.position])
    assert f'<a class="paper-figure" href="{place}">4</a>' in page
    assert "ICO-1" in read(browser_of_clerk, place)
    assert (
        PublishedFigure.objects.counted().filter(paper=paper, key="actions.completed", dimension={}).count()
        == 1
    )


def test_a_figure_as_at_an_earlier_day_is_as_known_at_the_freeze(plan, clerk):
    paper = issued("In July {{figure actions.completed plan=ico as_at=2016-07-13}}.", clerk, plans=[plan])
    kept = paper.figures.get(inserted=True)
    assert (kept.value, kept.as_at) == (1, date(2016, 7, 13))
    assert kept.known_before == paper.issue.known_before


def test_a_later_paper_compares_with_the_figures_of_the_paper_and_not_with_those_in_its_text(plan, clerk):
    before = PaperFactory(meeting=MeetingFactory(held_on=date(2016, 7, 25)), plans=[plan])
    before.sections.create(
        position=1, heading="Then", text="{{figure actions.completed plan=ico as_at=2016-05-02}}"
    )
    services.issue(before, by=clerk, frozen_on=date(2016, 7, 13))
    assert before.figures.get(inserted=True).value == 0
    after = issued("{{movement}}", clerk, plans=[plan])
    came = after.figures.get(key="actions.completed", movement="entered")
    assert (came.value, came.earlier.value) == (3, 1)


def test_a_table_by_a_dimension_and_a_list_have_every_number_in_the_ledger(plan, clerk, browser_of_clerk):
    text = "{{table actions.total by=status plan=ico}}\n\n{{list actions.not_started plan=ico}}"
    paper = issued(text, clerk, plans=[plan])
    page = plainly(read(browser_of_clerk, paper.get_absolute_url()))
    assert "StatusNumber Not started1 Completed4 All5" in page
    assert "Actions not started, Plan following the audit, as at 12 October 2016" in page
    assert "ReferenceTitleStatus" in page
    assert "ICO-5" in page
    values = {each.title: each.value for each in paper.figures.filter(inserted=True)}
    assert values["Actions: Completed"] == 4
    assert values["Actions: Not started"] == 1


WRONG = {
    "{{figure actions.finished}}": "There is no figure “actions.finished”",
    "{{figure actions.total plan=nowhere}}": "There is no action plan “nowhere”",
    "{{figure actions.total colour=red}}": "is not broken down by “colour”",
    "{{figure actions.total as_at=July}}": "“July” is no day",
    "{{figure actions.total as_at=2001-01-01}}": "On 1 January 2001 the register had not begun",
    "{{figure actions.total as_at=2999-01-01}}": "is after the day of the paper's figures",
    "{{figure actions.total plan}}": "is not understood",
    "{{figure}}": "It names no figure",
    "{{table actions.total}}": "Say by what the table is broken down",
    "{{figure sharing.lapsed}}": "cannot be put into a paper",
}


@pytest.mark.parametrize(("typed", "said"), WRONG.items())
def test_what_cannot_be_inserted_is_refused_where_it_stands(typed, said, plan, clerk, browser_of_clerk):
    paper = written(f"So far {typed}.", plans=[plan], to_come=True)
    with pytest.raises(services.IssueRefusedError) as refused:
        services.issue(paper, by=clerk)
    assert "In the section “2 Progress”" in str(refused.value)
    assert said in str(refused.value)
    assert typed in plainly(read(browser_of_clerk, paper.get_absolute_url())).replace("&quot;", '"')
    section = paper.sections.get()
    url = reverse("committees:edit_section", args=[paper.pk, section.pk])
    form = {"number": "2", "heading": "Progress", "text": f"Now {typed}", "place": 1}
    answer = browser_of_clerk.post(url, form | {"seen_version": section.standing_version()})
    assert said in answer.context["form"].errors["text"][0]
    assert answer.context["form"]["text"].value() == f"Now {typed}"


def test_a_paper_on_assets_has_figures_without_a_plan(clerk, browser_of_clerk):
    asset = AssetFactory()
    paper = PaperFactory(to_come=True, kind="assets")
    paper.sections.create(position=1, heading="Assets", text="{{figure assets.total}} assets")
    services.issue(paper, by=clerk)
    kept = paper.figures.get()
    assert (kept.key, kept.value, kept.as_at) == ("assets.total", 1, today())
    place = reverse("committees:published_figure", args=[paper.pk, kept.position])
    assert asset.reference in read(browser_of_clerk, place)


def test_a_policy_goes_out_without_any_figure(clerk, browser_of_clerk):
    paper = PaperFactory(to_come=True, kind="policy")
    paper.sections.create(position=1, heading="Summary", text="To approve the policy.")
    services.issue(paper, by=clerk)
    assert "Where the figures come from" not in read(browser_of_clerk, paper.get_absolute_url())


MARKDOWN = {
    "# Heading": ["heading"],
    "one\ntwo\n\nthree": ["paragraph", "paragraph"],
    "- a\n- b\n\n1. c": ["items", "items"],
    "| a | b |\n|---|---|\n| 1 | 2 |": ["grid"],
    "> said": ["quote"],
    "<script>alert(1)</script>": ["paragraph"],
    "    indented": ["paragraph"],
    "![picture](https://example.org/a.png)": ["paragraph"],
    "": [],
}


@pytest.mark.parametrize(("text", "kinds"), MARKDOWN.items())
def test_markdown_is_read_into_plain_blocks(text, kinds):
    assert [block["kind"] for block in markdown.read(text)] == kinds


def test_styles_are_kept_and_only_safe_links_lead_anywhere():
    text = "**a** *b* [c](https://example.org) [d](javascript:alert(1)) [e](http://x.org) <b>f</b>"
    (block,) = markdown.read(text)
    assert {"text": "a", "strong": True} in block["parts"]
    assert {"text": "b", "em": True} in block["parts"]
    assert [part["link"] for part in block["parts"] if "link" in part] == ["https://example.org"]
    words = "".join(part.get("text", "") for part in block["parts"])
    assert "[d](javascript:alert(1))" in words
    assert "<b>f</b>" in words


HOSTILE = [
    "[" * 20_000,
    "*a " * 6_000,
    "x" * 20_000,
    "> " * 9_000,
    "- " * 9_000,
    "\x00\ue0005\ue001",
    "|" * 9000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:4].encode().hex())
def test_hostile_text_is_text(text, plan, browser_of_clerk):
    read(browser_of_clerk, written(text.replace("\x00", ""), plans=[plan]).get_absolute_url())
