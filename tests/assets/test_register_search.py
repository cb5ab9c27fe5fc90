"""Finding assets: by words, mistyped too, by every filter, in chosen columns, by saved views."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assets.models import Asset, Exemption, Function, Marking
from assets.representations.register import OFFERED
from governance.people.models import ChosenColumns, SavedView
from tests.cast import signed_in
from tests.factories import AssetFactory, PostHoldingFactory

pytestmark = pytest.mark.django_db


def ask(person, **query):
    response = signed_in(person).get(f"/assets/?{urlencode(query, doseq=True)}")
    assert response.status_code == 200
    return response.content.decode()


def rows(page):
    return re.findall(r'<th scope="row"[^>]*><a[^>]*>(IA-\d+)</a>', page)


def headings(page):
    return re.findall(r'<a class="app-sort"[^>]*>([^<]+)<', page)


# Words


@pytest.mark.parametrize("typed", ["Adption recrods", "adoption reocrds", "ADOPTOIN", "adoptions recordz"])
def test_a_mistyped_search_finds_what_comes_near_and_says_so(ig_officer, typed):
    wanted = AssetFactory(title="Adoption records")
    AssetFactory(title="Housing benefit claims")
    page = ask(ig_officer, q=typed)
    assert rows(page) == [wanted.reference]
    assert f"Nothing holds exactly “{typed}”" in page


def test_where_something_is_like_every_word_what_is_like_one_of_them_is_left_out(ig_officer):
    AssetFactory(title="Adoption records, Harbour")
    wanted = AssetFactory(title="Adoption records, Castle")
    assert rows(ask(ig_officer, q="Adption Castel")) == [wanted.reference]


def test_where_nothing_is_like_every_word_what_is_like_most_of_it_is_found(ig_officer):
    wanted = AssetFactory(title="Adoption records")
    AssetFactory(title="Housing benefit claims")
    assert rows(ask(ig_officer, q="Adption recrods zzzz")) == [wanted.reference]


def test_the_first_page_and_the_second_of_what_is_searched_for_are_counted_alike(ig_officer):
    made = AssetFactory.create_batch(60, title="Adoption records")
    AssetFactory(title="Housing benefit claims")
    pages = [ask(ig_officer, q="adoption", page=n, sort="-reference") for n in (1, 2)]
    assert all("60 assets match your filters" in page for page in pages)
    assert [len(rows(page)) for page in pages] == [50, 10]
    assert rows(pages[0]) + rows(pages[1]) == sorted((each.reference for each in made), reverse=True)


def test_where_something_holds_the_words_what_only_comes_near_is_left_out(ig_officer):
    AssetFactory(title="Adaption records")
    exact = AssetFactory(title="Adoption records")
    page = ask(ig_officer, q="adoption")
    assert rows(page) == [exact.reference]
    assert "Nothing holds exactly" not in page


def test_a_short_word_has_to_be_there_as_it_is(ig_officer):
    AssetFactory(title="Adoption records")
    assert "Nothing matches your filters" in ask(ig_officer, q="xyz")


def test_descriptions_are_searched_and_signs_of_patterns_are_ordinary_letters(ig_officer):
    asset = AssetFactory(title="Files", description="Sent to the coroner; 100% complete_d")
    assert rows(ask(ig_officer, q="coroner")) == [asset.reference]
    assert rows(ask(ig_officer, q="100%")) == [asset.reference]
    assert rows(ask(ig_officer, q="%_%_%")) == []


def test_nearness_respects_the_other_filters(ig_officer):
    paper = AssetFactory(title="Adoption records", form="paper")
    AssetFactory(title="Adoption records", form="data")
    assert rows(ask(ig_officer, q="Adption", kind="paper")) == [paper.reference]


# Filters


def test_each_filter_finds_what_it_says_and_no_more(ig_officer):
    marking, function = Marking.objects.get(code="official"), Function.objects.first()
    wanted = AssetFactory(
        marking=marking, function=function, is_key=True, confidentiality_id=4, confidentiality_reason="Rated",
        publish="withhold", publish_reason="Names", exemption=Exemption.objects.first(),
        special_category=True,
    )  # fmt: skip
    plain = AssetFactory(contains_personal_data=None)
    for query in (
        {"marking": marking.pk},
        {"function": function.pk},
        {"criticality": 4},
        {"publish": "withhold"},
        {"has": "is_key"},
        {"has": ["special_category", "environmental"]},
        {"personal_data": "True"},
    ):
        assert rows(ask(ig_officer, **query)) == [wanted.reference], query
    for query in (
        {"marking": "null"},
        {"function": "null"},
        {"criticality": "null"},
        {"personal_data": "null"},
        {"missing": "assets.without_marking"},
        {"missing": ["assets.not_rated", "assets.without_publish_decision"]},
    ):
        assert rows(ask(ig_officer, **query)) == [plain.reference], query
    assert rows(ask(ig_officer, missing="assets.without_retention_rule")) == [
        wanted.reference,
        plain.reference,
    ]


def test_filters_are_told_apart_by_tags_that_take_each_off(ig_officer):
    AssetFactory(is_key=True)
    page = ask(ig_officer, has=["is_key"], missing="assets.not_rated", q="asset")
    tags = re.findall(r'<a class="moj-filter__tag" href="([^"]*)"', page)
    assert len(tags) == 3
    assert "?has=is_key&amp;q=asset" in tags


@pytest.mark.parametrize("name", ["marking", "function", "criticality", "publish", "has", "missing", "state"])
@pytest.mark.parametrize("typed", ["abc", "-1", "9" * 30, "\x00", "' OR 1=1"])
def test_a_filter_that_makes_no_sense_is_answered_with_a_page(ig_officer, name, typed):
    AssetFactory()
    ask(ig_officer, **{name: typed})


# Columns


def test_columns_are_chosen_kept_for_the_person_and_go_back_to_the_usual(ig_officer, siro):
    AssetFactory(marking=Marking.objects.get(code="official"))
    client = signed_in(ig_officer)
    response = client.post("/assets/columns/", {"column": ["marking", "state"], "query": "q=asset&page=3"})
    assert response.url == "/assets/?q=asset"
    page = client.get("/assets/").content.decode()
    assert headings(page) == ["Reference", "Title", "State", "Marking"]
    assert "<td>OFFICIAL</td>" in page
    usual = ["Reference", "Title", "Unit", "Owner", "Form", "Personal data"]
    assert headings(ask(siro)) == usual
    client.post("/assets/columns/", {"column": ["marking"], "default": "yes"})
    assert headings(client.get("/assets/").content.decode()) == usual
    assert ChosenColumns.objects.filter(person=ig_officer).count() == 1


def test_every_column_can_be_shown_and_sorted_by_both_ways_now_and_in_the_past(ig_officer):
    AssetFactory(integrity_id=2, integrity_reason="Rated")
    AssetFactory(contains_personal_data=None)
    client = signed_in(ig_officer)
    client.post("/assets/columns/", {"column": [column.code for column in OFFERED]})
    for column in OFFERED:
        first = rows(client.get("/assets/", {"sort": column.sort}).content.decode())
        assert len(first) == 2
        assert rows(client.get("/assets/", {"sort": f"-{column.sort}"}).content.decode()) in (
            first,
            first[::-1],
        )
        assert client.get("/assets/", {"sort": column.sort, "as_at": "2020-01-01"}).status_code == 200
    page = client.get("/assets/").content.decode()
    for said in ("Moderate", "Not rated", "Not assessed", "Not decided"):
        assert f"<td>{said}</td>" in page


def test_unknown_columns_and_a_forged_way_back_are_passed_over(ig_officer):
    client = signed_in(ig_officer)
    response = client.post(
        "/assets/columns/", {"column": ["password"], "query": "//evil.example/?x=1\r\nY: z"}
    )
    assert response.url.startswith("/assets/?")
    assert "evil.example/" not in response.url
    assert ChosenColumns.objects.get().codes == ""


def test_a_page_in_the_second_half_is_in_order_and_complete(ig_officer):
    for n in range(120):
        AssetFactory(title=f"File {n % 7}", reference=f"IA-{3000 + n}")
    for sort in ("reference", "-reference", "title", "-title", "owner_title"):
        pages = [rows(ask(ig_officer, sort=sort, page=n)) for n in (1, 2, 3)]
        assert [len(page) for page in pages] == [50, 50, 20]
        assert len({reference for page in pages for reference in page}) == 120
    listed = Asset.objects.order_by("-title", "reference").values_list("reference", flat=True)
    assert rows(ask(ig_officer, sort="-title", page=3)) == list(listed[100:])


# Saved views


def test_a_view_is_saved_under_a_name_and_opened_by_its_link(ig_officer):
    AssetFactory(title="Housing register")
    client = signed_in(ig_officer)
    page = client.get("/assets/views/?q=housing&sort=-title&page=2").content.decode()
    assert 'name="query" value="q=housing&amp;sort=-title"' in page
    response = client.post("/assets/views/", {"name": "Housing", "query": "q=housing&sort=-title"})
    assert response.url == "/assets/?q=housing&sort=-title"
    assert '<a class="govuk-link" href="/assets/?q=housing&amp;sort=-title">Housing</a>' in ask(ig_officer)


def test_a_view_of_ones_own_is_not_seen_by_others_and_a_shared_one_is(ig_officer, siro):
    SavedView.objects.create(person=ig_officer, register="assets", name="Mine", query="q=a")
    SavedView.objects.create(person=ig_officer, register="assets", name="Ours", query="q=b", is_shared=True)
    page = ask(siro)
    assert "Ours" in page
    assert "Mine" not in page


def test_only_those_who_keep_the_register_share(ig_officer, siro):
    typed = {"name": "All of it", "query": "", "is_shared": "on"}
    assert "Share it" in signed_in(ig_officer).get("/assets/views/").content.decode()
    signed_in(siro).post("/assets/views/", typed)
    signed_in(ig_officer).post("/assets/views/", typed)
    assert dict(SavedView.objects.values_list("person__display_name", "is_shared")) == {
        "The siro": False,
        "The ig officer": True,
    }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter the name of this view"),
        ({"name": "Taken"}, "You have a view called “Taken” already"),
        ({"name": "x" * 81}, "80"),
        ({"query": "q=" + "x" * 3000}, "too many filters"),
    ],
)
def test_a_view_that_cannot_be_saved_says_why(ig_officer, wrong, said):
    SavedView.objects.create(person=ig_officer, register="assets", name="Taken")
    page = signed_in(ig_officer).post("/assets/views/", {"name": "New", "query": "q=a"} | wrong)
    assert said in page.content.decode()
    assert SavedView.objects.count() == 1


def test_a_view_is_removed_by_its_owner_and_a_shared_one_by_those_who_keep_the_register(
    ig_officer, records_manager, siro
):
    mine = SavedView.objects.create(person=siro, register="assets", name="Mine")
    ours = SavedView.objects.create(person=ig_officer, register="assets", name="Ours", is_shared=True)
    assert signed_in(ig_officer).post(f"/assets/views/{mine.pk}/remove/").status_code == 404
    assert signed_in(siro).post(f"/assets/views/{ours.pk}/remove/").status_code == 403
    assert "Remove the view" in signed_in(siro).get(f"/assets/views/{mine.pk}/remove/").content.decode()
    signed_in(siro).post(f"/assets/views/{mine.pk}/remove/")
    signed_in(records_manager).post(f"/assets/views/{ours.pk}/remove/")
    assert not SavedView.objects.exists()


# Queries


@pytest.mark.parametrize("who", ["ig_officer", "owner"])
@pytest.mark.parametrize(
    "query",
    [{}, {"q": "asset"}, {"q": "Aset", "has": "is_key"}, {"q": "Aest"}, {"sort": "-unit_name"}],
)
def test_the_page_asks_no_more_of_two_hundred_than_of_ten(request, who, query):
    person, asked = request.getfixturevalue(who), []
    for number in (10, 190):
        for asset in AssetFactory.create_batch(number, owner=person.post, is_key=True):
            assert asset.pk
        PostHoldingFactory()
        client = signed_in(person)
        with CaptureQueriesContext(connection) as found:
            assert client.get("/assets/", query).status_code == 200
        # The request's own transaction is a savepoint only within that of the test.
        asked.append(sum("SAVEPOINT" not in each["sql"] for each in found.captured_queries))
    assert asked[0] == asked[1] <= 12
