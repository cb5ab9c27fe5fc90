"""Lists keep their whole state in the address: pages, order, filters."""

import re

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from governance.core.components import Column
from governance.core.filtering import applied, carried, paginate, sort_order
from governance.core.gallery import ExampleFilter


def ask(address: str):
    return RequestFactory().get(address)


def draw(template: str, request, **values) -> str:
    return Template(template).render(Context({"request": request, **values}))


def pages(request, rows: int) -> str:
    return draw("{% pagination page %}", request, page=paginate(request, list(range(rows)), per_page=10))


def test_a_single_page_has_no_pagination() -> None:
    assert pages(ask("/?q=x"), 10).strip() == ""


def test_the_page_is_in_the_title_when_there_is_more_than_one() -> None:
    request = ask("/?page=2")
    assert (
        draw("{% page_of page %}", request, page=paginate(request, list(range(40)), 10)) == " (page 2 of 4)"
    )
    assert draw("{% page_of page %}", request, page=paginate(request, [1], 10)) == ""


@pytest.mark.parametrize("asked", ["0", "5", "-1", "x", "", "99999999999999999999"])
def test_a_page_that_is_not_there_leads_to_the_first(asked: str) -> None:
    assert paginate(ask(f"/?page={asked}"), list(range(40)), 10).number == 1


def test_filters_and_order_stay_in_the_links_to_other_pages() -> None:
    drawn = pages(ask("/?q=tax&status=completed&status=withdrawn&sort=-due_on&page=2"), 40)
    links = re.findall(r'href="([^"]+)"', drawn)
    assert len(links) == 6
    for link in links:
        assert "q=tax&amp;status=completed&amp;status=withdrawn&amp;sort=-due_on&amp;page=" in link
    assert drawn.count('aria-current="page"') == 1


def heading(address: str) -> str:
    columns = [Column("Due", "due_on"), Column("Updates", numeric=True)]
    return draw("{% table caption='Actions' columns=columns %}{% endtable %}", ask(address), columns=columns)


def test_a_table_has_a_caption_and_its_headings_a_scope() -> None:
    drawn = heading("/")
    assert re.search(r"<caption[^>]*>Actions</caption>", drawn)
    assert drawn.count("<th ") == drawn.count('scope="col"') == 2
    assert re.search(r'<th scope="col" class="app-number">\s*Updates', drawn)


@pytest.mark.parametrize(
    ("address", "order", "leads_to"),
    [
        ("/?q=x&page=3", None, "?q=x&amp;sort=due_on"),
        ("/?q=x&sort=due_on", "ascending", "?q=x&amp;sort=-due_on"),
        ("/?q=x&sort=-due_on", "descending", "?q=x&amp;sort=due_on"),
    ],
)
def test_a_heading_says_the_order_and_turns_it_round(address: str, order: str | None, leads_to: str) -> None:
    drawn = heading(address)
    assert f'href="{leads_to}"' in drawn
    assert re.findall(r'aria-sort="(\w+)"', drawn) == ([order] if order else [])


@pytest.mark.parametrize(
    ("asked", "order"), [("due_on", "due_on"), ("-due_on", "-due_on"), ("password", "title")]
)
def test_only_offered_columns_can_be_sorted_by(asked: str, order: str) -> None:
    assert sort_order(ask(f"/?sort={asked}"), [Column("Due", "due_on"), Column("Updates")], "title") == order


def test_each_filter_in_force_can_be_taken_off_alone() -> None:
    request = ask("/?q=tax&status=completed&status=withdrawn&due_before=2016-10-24&sort=title&page=2")
    form = ExampleFilter(request.GET)
    found = [(each.label, each.value, each.href) for each in applied(form, request.GET)]
    rest = "due_before=2016-10-24&sort=title"
    assert found == [
        ("Search", "tax", f"?status=completed&status=withdrawn&{rest}"),
        ("Status", "Completed", f"?q=tax&status=withdrawn&{rest}"),
        ("Status", "Withdrawn", f"?q=tax&status=completed&{rest}"),
        ("Due before", "24 October 2016", "?q=tax&status=completed&status=withdrawn&sort=title"),
    ]


def test_a_date_filter_is_taken_off_with_all_its_parts() -> None:
    request = ask("/?due_before_day=24&due_before_month=oct&due_before_year=2016&q=tax")
    hrefs = [each.href for each in applied(ExampleFilter(request.GET), request.GET)]
    assert hrefs[1] == "?q=tax"


def test_filtering_keeps_the_moment_and_the_order_but_not_the_page() -> None:
    request = ask("/?as_at=2016-07-25&sort=title&page=2&q=tax&status=completed")
    kept = carried(ExampleFilter(request.GET), request.GET)
    assert kept == [("as_at", "2016-07-25"), ("sort", "title")]


def test_the_way_back_to_now_drops_the_moment_alone() -> None:
    class Past:
        is_past = True

    request = ask("/?as_at=2016-07-25&known_at=2016-07-25&q=x")
    assert 'href="?q=x"' in render_to_string("components/as_at.html", {"moment": Past}, request)
    assert render_to_string("components/as_at.html", {"moment": None}, request).strip() == ""
