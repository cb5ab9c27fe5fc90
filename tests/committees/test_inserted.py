"""Figures put into texts by their keys, and the Markdown that they stand in."""

from datetime import date

import pytest
from django.urls import reverse

from governance.committees import markdown, services
from governance.committees.inserted.asked import OF_TODAY, asked, insertable
from governance.committees.inserted.days import InsertionError
from governance.committees.inserted.reckoned import MOST_VALUES, Inserted, reckon_inserted
from governance.committees.lines import Line
from governance.committees.models import PublishedFigure
from governance.committees.restating.comparing import compare
from governance.committees.restating.finding import find
from governance.committees.services.ledger import write_ledger
from governance.core.dates import end_of_day, today
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope
from tests.committees.conftest import OCTOBER
from tests.committees.factories import MeetingFactory, PaperFactory
from tests.committees.pages import plainly, read
from tests.factories import AssetFactory, ScopeAreaFactory

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
    "{{chart actions.total}}": "Say by what the chart is broken down",
    "{{chart actions.total over=soon}}": "“soon” is no period",
    "{{chart actions.total over=2016-13..2017-02}}": "“2016-13..2017-02” is no period",
    "{{chart actions.total over=2016-07..2016-05}}": "31 July 2016 is not before 31 May 2016",
    "{{chart actions.total over=2015-01..2016-05}}": "On 31 January 2015 the register had not begun",
    "{{chart actions.total over=2016-05..2999-01}}": "is after the day of the paper's figures",
    "{{chart actions.total over=2015-05..2018-05}}": "There can be 24: choose a shorter period",
    "{{chart actions.total over=2016-05..2016-07 by=status}}": "has its own days: take “by” out",
    "{{table actions.total over=2016-05..2016-07 as_at=2016-05-05}}": "its own days: take “as_at” out",
    "{{chart actions.total,actions.none over=2016-05..2016-07}}": "There is no figure “actions.none”",
    "{{chart actions.total,risks.total over=2016-05..2016-07}}": "give each its own chart",
    "{{figure actions.total,actions.completed}}": "are told together only over time",
    "{{figure actions.total over=2016-05..2016-07}}": "Only a table or a chart is over time",
    "{{list actions.total by=status}}": "Only a table or a chart is broken down",
    "{{figure sharing.lapsed}}": "cannot be put into a paper",
    "{{figure actions.total scope_area_id=abc}}": "There is no such part: scope_area_id “abc”",
    "{{figure actions.total scope_area_id=99999999999999999999}}": "There is no such part",
    "{{figure actions.total status=done}}": "There is no such part: status “done”",
    f"{{{{figure risks.by_level level={'x' * 400}}}}}": "There is no such part",
    "{{figure risks.total plan=ico}}": "is of the whole council whatever the plan",
    "{{figure assets.total plan=ico}}": "is of the whole council whatever the plan",
    "{{figure actions.maturity_areas unit=ict}}": "is of the whole council whatever the unit",
    "{{table actions.total by=status}}": "Put it on a line of its own",
    "{{chart actions.total by=status}}": "Put it on a line of its own",
    "{{list actions.total}}": "Put it on a line of its own",
    "{{summary}}": "Put it on a line of its own",
    "{{summery}}": "{{summery}}: It means nothing. Write {{summary}} if that is meant",
    "{{figures actions.total}}": "It means nothing. Write {{figure actions.total}} if that is meant",
    "{{7*7}}": "It means nothing. There are {{summary}}, {{movement}}",
    "{{movement": "It is not closed: put }} behind it",
    "{{figure actions.total bye=status}}": "There are: plan, principle, scope area (written scope_area), st",
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


def test_a_part_is_kept_as_the_registers_have_it_and_is_not_restated_for_nothing(plan, clerk):
    area = ScopeAreaFactory(audit=plan.audit, title="Training")
    plan.actions.filter(reference__in=["ICO-1", "ICO-5"]).update(scope_area=area)
    asked = f"scope_area_id={area.pk} plan=ico"
    paper = issued(
        f"{{{{figure actions.total {asked}}}}} and {{{{figure actions.by_rag {asked} colour=red}}}}",
        clerk,
        plans=[plan],
    )
    kept = paper.figures.filter(inserted=True)
    assert [(each.value, each.dimension) for each in kept] == [
        (2, {"scope_area_id": area.pk}),
        (0, {"scope_area_id": area.pk, "colour": "red"}),
    ]
    assert find().written == []


def test_a_part_that_was_kept_as_it_was_typed_is_compared_with_the_same_part(plan, clerk):
    area = ScopeAreaFactory(audit=plan.audit)
    plan.actions.filter(reference="ICO-1").update(scope_area=area)
    total = get_figure("actions.total")
    moment, scope = Moment(OCTOBER, end_of_day(OCTOBER)), Scope(plans=("ico",))
    entries = total.entries_of(total.rows(moment, scope).filter(action__reference="ICO-1"))
    line = Line(total, "Actions", "As typed", 1, entries, {"scope_area_id": str(area.pk)}, inserted=True)
    paper = written("Words", kind="policy")
    write_ledger(paper, [Inserted(moment, scope, {("actions.total", "", ""): line})], moment)
    services.issue(paper, by=clerk, frozen_on=OCTOBER)
    assert [bool(each) for each in compare(paper.figures.all(), end_of_day(today()))] == [False]


def test_what_says_its_plan_or_unit_is_narrowed_by_it():
    for each in insertable():
        for name in ("plan", "unit"):
            rows = each.rows(Moment.now(), Scope(**{f"{name}s": ("nowhere-else",)}))
            narrowed = "nowhere-else" in repr(rows.query.where)
            assert narrowed == (name in each.shape.dimensions), (each.key, name)


def test_a_part_that_nobody_knows_is_refused_by_every_dimension():
    paths = {
        (each.shape.evidence_kind, path): (each.key, name)
        for each in insertable()
        for name, path in each.shape.dimensions.items()
        if name not in OF_TODAY.get(each.shape.evidence_kind, ())
    }
    for key, name in paths.values():
        with pytest.raises(InsertionError, match="There is no "):
            asked("figure", f"{key} {name}=abc", Moment.now())


@pytest.mark.parametrize(
    ("verb", "said"),
    [("table", "actions.total by=owner"), ("list", "actions.overdue owner=P-1"),
     ("figure", "actions.completed priority=high"), ("figure", "actions.completed milestone=Visit")],
)  # fmt: skip
def test_who_owns_an_action_today_its_priority_and_milestone_cut_no_number_of_a_paper(verb, said):
    with pytest.raises(InsertionError, match="known as of today only, and a paper is of its own day"):
        asked(verb, said, Moment.now())


def test_of_a_long_table_the_first_rows_are_printed_in_order_and_counted_together(
    clerk, browser_of_clerk, django_assert_max_num_queries
):
    for number in reversed(range(MOST_VALUES + 1)):
        AssetFactory(owner__unit__name=f"ICT {number:02}", owner__unit__code=f"ict-{number:02}")
    paper = PaperFactory(to_come=True, kind="assets")
    paper.sections.create(position=1, heading="Assets", text="{{table assets.total by=unit}}")
    with django_assert_max_num_queries(8):
        reckon_inserted(paper, Moment.now())
    services.issue(paper, by=clerk)
    page = plainly(read(browser_of_clerk, paper.get_absolute_url()))
    assert "ICT 381 ICT 391 All41" in page
    assert "The first 40 are printed." in page
    assert sorted(paper.figures.values_list("value", flat=True)) == [1] * MOST_VALUES + [MOST_VALUES + 1]


LOST = {
    "> " * 13 + "innermost": "too deep",
    "\n".join("  " * deep + "- level" for deep in range(6)): "too deep",
    '[words](https://example.org "A title")': "A title: A link has no title",
    "[words](https://example.org/{{figure actions.total}})": "{{figure actions.total}}: It cannot stand in",
    "<https://example.org/{{figure actions.total}}>": "{{figure actions.total}}: It cannot stand in",
    "| a |\n|---|\n| 1 | beyond |": "| 1 | beyond |: This row has more cells",
    "| a | b |\n|---|---|\n| 5 | 5 | 5 |": "| 5 | 5 | 5 |: This row has more cells",
    "> | a | b |\n> |---|---|\n> | 0 | 12 | 0 | 12 |": "This row has more cells",
}


@pytest.mark.parametrize(("text", "said"), LOST.items(), ids=range(len(LOST)))
def test_words_that_would_not_be_printed_are_refused(text, said, plan, clerk):
    with pytest.raises(services.IssueRefusedError, match="In the section “2 Progress”") as refused:
        services.issue(written(text, plans=[plan], to_come=True), by=clerk)
    assert said in str(refused.value)


def test_words_as_deep_as_they_may_stand_are_printed(plan, clerk, browser_of_clerk):
    lists = "\n".join("  " * deep + f"- level {deep}" for deep in range(5))
    text = f"{lists}\n\n{'> ' * 11}innermost\n\n> | a | b |\n> |---|---|\n> | 1 \\| 2 |"
    page = plainly(read(browser_of_clerk, issued(text, clerk, plans=[plan]).get_absolute_url()))
    assert "level 4" in page
    assert "innermost" in page
    assert "1 | 2" in page


def test_a_paper_on_assets_has_figures_without_a_plan(clerk, browser_of_clerk):
    asset = AssetFactory()
    paper = PaperFactory(to_come=True, kind="assets")
    text = "{{figure assets.total}} assets, {{figure assets.total personal_data=yes ownerless=False}}"
    paper.sections.create(position=1, heading="Assets", text=text)
    assert "ownerless=False" in read(browser_of_clerk, paper.get_absolute_url())
    services.issue(paper, by=clerk)
    kept, part = paper.figures.order_by("position")
    assert (part.value, part.dimension) == (0, {"ownerless": False, "personal_data": True})
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
