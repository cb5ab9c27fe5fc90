"""The register's page is drawn at once and asks for no more than it shows."""

import re
from html import unescape

import pytest
from django.db import connection
from django.http import QueryDict
from django.template import engines
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from assets.filters.register import AssetFilter
from assets.models import Asset
from assets.representations.register import OFFERED
from governance.core.addresses import address
from governance.figures.moment import Moment
from governance.people.models import ChosenColumns
from tests.assets.test_register_search import ask, rows
from tests.cast import signed_in
from tests.factories import AssetFactory, PostFactory, PostHoldingFactory, UnitFactory

pytestmark = pytest.mark.django_db


# Lines


@pytest.mark.parametrize("title", ["{reference} {0} {cells}", "<b>bold</b> & {", "100 %s of {title!r}"])
def test_a_title_is_shown_as_it_was_typed(ig_officer, title):
    asset = AssetFactory(title=title)
    page = ask(ig_officer)
    assert title in [unescape(each) for each in re.findall(r"<td>([^<]*)</td>", page)]
    assert rows(page) == [asset.reference]
    assert "<b>bold" not in page


def test_a_line_leads_to_its_entry_and_keeps_what_was_asked(ig_officer):
    asset = AssetFactory(title="Adoption records")
    page = ask(ig_officer, q="adoption", sort="title")
    leads = re.search(r'<th scope="row"[^>]*><a[^>]*href="([^"]*)"', page)[1]
    assert unescape(leads) == f"{reverse('assets:asset', args=[asset.reference])}?q=adoption&sort=title"


def test_the_block_draws_its_content_for_each_row_with_what_the_row_calls_so():
    drawn = engines["django"].from_string(
        "{% each rows end=end %}<i>{name}</i>{% if bold %}<b>{end}</b>{% endif %}{% endeach %}"
    )
    said = {"rows": [{"name": "<One>"}, {"name": "{end}"}], "end": "&", "bold": True}
    assert drawn.render(said) == "<i>&lt;One&gt;</i><b>&amp;</b><i>{end}</i><b>&amp;</b>"
    assert drawn.render(said | {"rows": []}) == ""


# Columns


@pytest.mark.parametrize("column", OFFERED, ids=lambda column: column.code)
def test_a_column_by_itself_asks_no_more_of_many_entries_than_of_few(ig_officer, column):
    ChosenColumns.objects.create(person=ig_officer, register="assets", codes=column.code)
    client, asked = signed_in(ig_officer), []
    for more in (2, 10):
        AssetFactory.create_batch(more)
        with CaptureQueriesContext(connection) as found:
            assert client.get("/assets/").status_code == 200
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_the_usual_columns_bring_nothing_of_an_entry_but_what_they_show(ig_officer):
    AssetFactory()
    with CaptureQueriesContext(connection) as found:
        ask(ig_officer)
    asked = [each["sql"] for each in found if '"assets_asset"."title"' in each["sql"]]
    assert len(asked) == 1
    assert '"assets_asset"."form"' in asked[0]
    assert '"assets_asset"."description"' not in asked[0]


def test_columns_and_views_are_each_persons_own_however_often_asked(ig_officer, siro):
    AssetFactory(state="under_review")
    ChosenColumns.objects.create(person=ig_officer, register="assets", codes="state")
    for _ in range(2):
        assert "<td>Under review</td>" in ask(ig_officer)
        assert "<td>Under review</td>" not in ask(siro)
    ChosenColumns.objects.update(codes="form")
    assert "<td>Under review</td>" not in ask(ig_officer)


# Filters


def test_two_filters_of_one_kind_offer_each_what_its_own_rows_have(ig_officer):
    first, second = AssetFactory(unit=UnitFactory(name="North")), AssetFactory(unit=UnitFactory(name="South"))
    seen = [
        AssetFilter(QueryDict(), Asset.objects.at(Moment.now()).filter(pk=each.pk))
        for each in (first, second)
    ]
    assert [[words for _, words in each.filters["unit"].extra["choices"]] for each in seen] == [
        ["North"],
        ["South"],
    ]
    assert [each.filters["vacant"].parent is each for each in seen] == [True, True]
    assert "choices" not in AssetFilter.base_filters["unit"].extra


def test_a_filter_by_a_method_asks_the_object_that_it_belongs_to(ig_officer):
    vacant, filled = AssetFactory(owner=PostFactory()), AssetFactory(owner=PostHoldingFactory().post)
    assert rows(ask(ig_officer, vacant="on")) == [vacant.reference]
    assert set(rows(ask(ig_officer))) == {vacant.reference, filled.reference}


# Addresses


def test_an_address_is_what_the_router_says_under_the_addresses_in_force():
    assert address("assets:list") == address("assets:list") == reverse("assets:list")
    assert address("figures:figure", "assets.total") == reverse("figures:figure", args=["assets.total"])
    with override_settings(ROOT_URLCONF="tests.interface.urls"), pytest.raises(NoReverseMatch):
        address("assets:list")
    assert address("assets:list") == reverse("assets:list")
