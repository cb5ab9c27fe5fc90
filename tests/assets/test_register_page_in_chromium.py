"""The register as its page is used: few things at first, more once they are wanted or rows are chosen."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assets.models import Asset
from tests.browser import NARROW, WIDE, axe, sign_in
from tests.factories import AssetFactory, PostFactory, RiskFactory, UnitFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_few_look_for_is_one_click_away_and_stays_open_while_it_is_in_force(any_page, ig_officer):
    AssetFactory(is_golden=True, title="Council tax accounts")
    AssetFactory(title="Car parks")
    sign_in(any_page, ig_officer)
    any_page.goto(reverse("assets:list"))
    golden = any_page.get_by_label("Golden record")
    expect(any_page.get_by_label("Reference or title")).to_be_visible()
    expect(golden).not_to_be_visible()
    any_page.get_by_text("More filters").click()
    golden.check()
    any_page.get_by_role("button", name="Apply filters").click()
    expect(any_page.get_by_text("More filters (1 applied)")).to_be_visible()
    expect(golden).to_be_checked()
    expect(any_page.get_by_role("cell", name="Car parks")).to_have_count(0)
    axe(any_page)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "phone"])
def test_the_past_day_and_the_columns_are_folded_until_they_are_wanted(open_page, ig_officer, size):
    AssetFactory()
    page = open_page(viewport=size)
    sign_in(page, ig_officer)
    page.goto(reverse("assets:list"))
    for words, control in (("Look at a past day", "Show that day"), ("Columns", "Show these columns")):
        button = page.get_by_role("button", name=control)
        expect(button).not_to_be_visible()
        page.get_by_text(words, exact=True).click()
        expect(button).to_be_visible()


def test_a_past_day_that_is_shown_or_mistyped_stays_open(page, ig_officer):
    AssetFactory()
    sign_in(page, ig_officer)
    for day in ("2020-01-01", "2020-02-31"):
        page.goto(f"{reverse('assets:list')}?as_at={day}")
        expect(page.get_by_role("button", name="Show that day")).to_be_visible()


def test_changing_those_chosen_is_offered_once_one_is_chosen(any_page, ig_officer):
    first, _ = AssetFactory.create_batch(2)
    sign_in(any_page, ig_officer)
    any_page.goto(reverse("assets:list"))
    change = any_page.get_by_role("button", name="Change those chosen")
    expect(any_page.get_by_role("button", name="Change all 2 on the register")).to_be_visible()
    expect(change).not_to_be_visible()
    any_page.get_by_label(f"Choose {first.reference}").check()
    axe(any_page)
    change.click()
    expect(any_page.get_by_text("1 asset chosen")).to_be_visible()


def test_the_way_to_change_many_stands_above_the_list(page, ig_officer):
    AssetFactory.create_batch(3)
    sign_in(page, ig_officer)
    page.goto(reverse("assets:list"))
    bar = page.locator("#change-many").bounding_box()
    table = page.get_by_role("table", name="Assets on the register").bounding_box()
    assert bar["y"] < table["y"]
    assert Asset.objects.count() == 3


# The words of a table of which a part stands on another line.
BROKEN = """table => {
  const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT), broken = [];
  while (texts.nextNode()) {
    for (const word of texts.currentNode.data.matchAll(/[^\\s-]+/g)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(rect => Math.round(rect.top)));
      if (lines.size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "phone"])
@pytest.mark.parametrize("made", [AssetFactory, RiskFactory], ids=["assets", "risks"])
def test_no_word_of_a_register_is_broken(open_page, ig_officer, size, made):
    unit = UnitFactory(name="Children's Safeguarding and Homelessness")
    made(title="Safeguarding information of unaccompanied children", owner=PostFactory(unit=unit))
    page = open_page(viewport=size)
    sign_in(page, ig_officer)
    page.goto(reverse(f"{'assets' if made is AssetFactory else 'risks'}:list"))
    expect(page.get_by_role("cell", name="Safeguarding information")).to_be_visible()
    assert page.locator(".app-table").evaluate(BROKEN) == []
