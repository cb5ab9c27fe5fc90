"""What the public sees: what may be public, and nothing else."""

import json
import re
from datetime import UTC, date, datetime
from urllib.parse import urlencode

import pytest
from django.db import connection, models
from django.test import Client
from django.utils.html import escape

from assets.models import Asset, Exemption, Function, Licence, Marking, RetentionRule, System
from assets.representations.catalogue import catalogue as pieces_of
from assets.representations.public import FIELDS
from assets.views.openly import SearchForm
from governance.people.models import Controller
from tests.cast import signed_in
from tests.factories import AssetFactory, PostFactory, PostHoldingFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
ENTRY = dict.fromkeys((field.key for field in FIELDS), "") | {
    "licence": "Open", "marking": "OFFICIAL", "changed": datetime(2026, 11, 22, tzinfo=UTC)
}  # fmt: skip
PAGES = ("/register/", "/exchange/public/assets.csv", "/register/catalogue.jsonld")


def official():
    return Marking.objects.get(code="official")


def published(**fields):
    fields = {
        "publish": "publish",
        "marking": official(),
        "licence": Licence.objects.get(code="ogl-3"),
    } | fields
    if fields["publish"] in ("part", "withhold"):
        fields = {"publish_reason": "Some of it is personal", "exemption": Exemption.objects.first()} | fields
    return AssetFactory(**fields)


def read(address):
    answer = Client().get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode() if answer.status_code == 200 else answer.status_code


def everything_public(asset):
    """All that a stranger can get hold of: the list, the file, the catalogue and the entry's page."""
    found = [read(address) for address in (*PAGES, f"/register/{asset.reference}/")]
    return "\n".join(str(part) for part in found)


@pytest.mark.parametrize(
    ("fields", "is_public"),
    [
        ({}, True),
        ({"publish": "part"}, True),
        ({"publish": "withhold"}, False),
        ({"publish": "undecided"}, False),
        ({"marking": None}, False),
        ({"marking": "official-sensitive"}, False),
        ({"state": "draft"}, False),
        ({"state": "live"}, True),
        ({"state": "under_review"}, True),
        ({"state": "to_be_disposed"}, True),
        ({"state": "disposed"}, False),
        ({"state": "transferred"}, False),
        ({"state": "withdrawn"}, False),
    ],
)
def test_an_entry_is_public_when_held_decided_and_marked_so(fields, is_public):
    if isinstance(fields.get("marking"), str):
        fields = fields | {"marking": Marking.objects.get(code=fields["marking"])}
    asset = published(title="A very particular title", **fields)

    for address in PAGES:
        assert ("A very particular title" in read(address)) is is_public, address
    assert (read(f"/register/{asset.reference}/") != 404) is is_public


def canaries():
    """Every field of an asset that can hold words of its own, each filled with a word found nowhere else."""
    words = {
        field.name: f"canary{field.name.replace('_', '')}"
        for field in Asset._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in ("reference", "dataset_address")
    }
    unit = UnitFactory(name="canaryunit", code="canaryunitcode")
    owner, custodian = (
        PostFactory(title=f"canary{what}", code=f"canarycode{what}", unit=unit)
        for what in ("owner", "custodian")
    )
    for post in (owner, custodian):
        PostHoldingFactory(post=post, person=UserFactory(display_name=f"canaryperson{post.title}"))
    chosen = {
        "owner": owner,
        "unit": unit,
        "custodian": custodian,
        "function": Function.objects.create(
            code="canary-f", name="canaryfunction", explanation="canaryexplained"
        ),
        "system": System.objects.create(code="canary-s", name="canarysystem", supplier="canarysupplier"),
        "retention_rule": RetentionRule.objects.create(
            code="canary-r", record_type="canaryrule", words="canarywords", trigger="closure",
            action="destroy", authority="business",
        ),
        "dataset_address": "https://data.northmere.example/canaryaddress.csv",
    }  # fmt: skip
    return words | chosen


# What may be said under either decision; the rest of the canaries must never be seen.
ALWAYS = {"canarytitle", "canaryunit", "canaryowner", "canaryfunction", "canaryaddress"}
OF_DECISION = {
    "publish": {"canarydescription", "canarypurpose"},
    "part": {"canarypublishreason"},
}


@pytest.mark.parametrize("decision", ["publish", "part"])
def test_nothing_but_the_public_fields_is_ever_shown(decision):
    fields = canaries()
    asset = published(publish=decision, **fields)
    shown = set(re.findall(r"canary\w*", everything_public(asset)))
    assert shown == ALWAYS | OF_DECISION[decision]


def test_every_field_of_an_asset_had_a_canary_or_holds_no_words():
    worded = {
        field.name
        for field in Asset._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    }
    assert worded - {"reference"} <= {*canaries()}


def test_names_of_people_are_in_no_public_field():
    paths = {field.path for field in FIELDS}
    assert not any("holding" in path or "__person" in path or "display_name" in path for path in paths)


@pytest.mark.parametrize("words", ["canarydescription", "canarypurpose", "canaryrecipients", "canaryreason"])
def test_what_is_withheld_cannot_be_found_by_searching(words):
    published(publish="part", **canaries())
    assert "Nothing matches your search" in read(f"/register/?q={words}")


def test_a_published_entry_is_found_by_what_it_says():
    published(title="Allotments", description="Plots and tenants")
    published(title="Trees", publish="part")
    assert "Allotments" in read("/register/?q=plots+allot")
    assert "Allotments" not in read("/register/?q=trees")


def test_a_word_of_the_function_finds_too_and_every_word_has_to_be_there():
    function = Function.objects.first()
    published(title="Allotments", function=function)
    word = function.name.split()[0]
    assert "Allotments" in read(f"/register/?q={word}+ALLOT")
    assert "Nothing matches your search" in read(f"/register/?q={word}+trees")


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("a b", "Search for at least one word of 3 letters or more"),
        ("zq zx zj", "Search for at least one word of 3 letters or more"),
        ("--- ... %%%", "Search for at least one word of 3 letters or more"),
        ("a-b__ ___ ²²² ①①①", "Search for at least one word of 3 letters or more"),
        ("one two three four five six", "Search for at most 5 words. You typed 6"),
    ],
)
def test_a_search_that_asks_too_much_is_told_so_and_keeps_what_was_typed(words, wrong):
    published(title="Allotments")
    page = Client().get("/register/", {"q": words}).content.decode()
    assert page.count(wrong) == 2  # above and at the field
    assert f'value="{words}"' in page


@pytest.mark.parametrize("words", ["---", "%%%", "a-b__", "²²²", "①①①", "½½½"])
def test_what_is_refused_is_what_the_index_knows_nothing_of(words):
    """All its trigrams are of words of two letters at most, with the spaces around them."""
    assert not SearchForm({"q": words}).is_valid()
    with connection.cursor() as cursor:
        cursor.execute("SELECT show_trgm(upper(%s))", [words])
        assert all(" " in trigram for trigram in cursor.fetchone()[0])


@pytest.mark.parametrize("words", ["2026", "e-mail", "R&D team", "Łódź", "--- trees"])
def test_a_word_with_three_letters_or_digits_is_searched_for(words):
    published(title=f"About {words}")
    assert f"<td>About {escape(words)}</td>" in read(f"/register/?{urlencode({'q': words})}")


def test_no_more_than_so_many_are_counted_and_listed_of_what_a_search_finds(monkeypatch):
    monkeypatch.setattr("assets.views.openly.MOST_FOUND", 3)
    for n in range(5):
        published(title=f"Trees {n}")
    page = read("/register/?q=trees")
    assert "More than 3 may match “trees”" in page
    assert re.findall(r"<td>(Trees \d)</td>", page) == ["Trees 0", "Trees 1", "Trees 2"]


def test_the_last_page_of_a_search_is_in_the_same_order_as_the_first():
    for n in range(60):
        published(title=f"Trees {n:02}")
    assert re.findall(r"<td>Trees (\d\d)</td>", read("/register/?q=trees&page=2")) == [
        f"{n:02}" for n in range(50, 60)
    ]


def test_the_register_says_its_day_and_pages_through_what_it_holds():
    for _ in range(51):
        published()
    page = read("/register/?page=2")
    assert "Showing 51 to 51 of 51" in page
    assert "as at" in page
    assert "Showing 1 to 50 of 51" in read("/register/?page=999")


def test_an_empty_register_says_so():
    assert "Nothing has been published yet" in read("/register/")


@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_s_cache_may_keep_it_and_nobody_keeps_what_a_signed_in_person_saw(address, outsider):
    assert "public" in Client().get(address)["Cache-Control"]
    assert "max-age=300" in Client().get(address)["Cache-Control"]
    assert "no-store" in signed_in(outsider).get(address)["Cache-Control"]


def test_the_public_register_costs_the_same_for_ten_entries_and_for_many(django_assert_max_num_queries):
    for _ in range(10):
        published()
    for count in (10, 60):
        while Asset.objects.count() < count:
            published()
        with django_assert_max_num_queries(4):
            Client().get("/register/")


def test_the_file_is_safe_to_open_and_has_one_row_for_each_entry():
    published(title="=HYPERLINK(1)")
    published(title="Trees")
    head, *rows = read("/exchange/public/assets.csv").splitlines()
    assert head.lstrip("\ufeff").split(",")[:2] == ["Reference", "Title"]
    assert "'=HYPERLINK(1)" in rows[0]
    assert len(rows) == 2


# The catalogue


def catalogue():
    return json.loads(read("/register/catalogue.jsonld"))


def test_the_catalogue_holds_what_has_a_licence():
    published(title="Open")
    published(title="Without a licence", licence=None)
    assert [each["title"] for each in catalogue()["dataset"]] == ["Open"]


def test_the_catalogue_names_a_post_and_a_mailbox():
    Controller.objects.update(dpo_name="Information Governance Team", dpo_email="ig@northmere.example")
    published()
    (record,) = catalogue()["dataset"]
    assert record["contactPoint"] == {
        "contactName": "Information Governance Team",
        "email": "ig@northmere.example",
    }


def test_an_entry_published_in_part_is_described_by_its_reason():
    published(publish="part", description="Names of tenants", publish_reason="Tenants are left out")
    (record,) = catalogue()["dataset"]
    assert record["description"] == "Published in part. Tenants are left out"
    assert "Names of tenants" not in json.dumps(record)


def test_a_dataset_with_an_address_has_a_distribution_of_its_kind():
    published(dataset_address="https://data.northmere.example/trees.csv")
    (record,) = catalogue()["dataset"]
    (found,) = catalogue()["@included"]
    assert record["distribution"] == [found["@id"]]
    assert (found["mediaType"], found["downloadURL"]) == (
        "text/csv",
        "https://data.northmere.example/trees.csv",
    )


def test_the_catalogue_is_one_of_json_however_many_have_addresses():
    assert catalogue()["dataset"] == catalogue()["@included"] == []
    for n in range(3):
        published(dataset_address=f"https://data.northmere.example/{n}.csv")
        published()
    assert len(catalogue()["dataset"]) == 6
    assert [each["@id"][-5:] for each in catalogue()["@included"]] == ["0.csv", "1.csv", "2.csv"]


def test_the_catalogue_comes_in_pieces_as_its_entries_do():
    read_so_far = []

    def entries():
        for n in range(3):
            read_so_far.append(n)
            yield ENTRY | {"reference": f"IA-000{n}"}

    pieces = pieces_of(entries(), Controller.objects.current(), date(2026, 11, 22))
    next(pieces)
    assert read_so_far == []
    assert "IA-0000" in next(pieces)
    assert read_so_far == [0]


def test_a_summary_has_250_characters_at_most():
    published(description="word " * 200)
    (record,) = catalogue()["dataset"]
    assert len(record["summary"]) == 250


@pytest.mark.parametrize("address", ["/accounts/login/", "/register/", "/no-such-page/"])
def test_a_stranger_finds_the_public_register_from_any_page(client, address):
    assert 'href="/register/">Public register of information</a>' in client.get(address).content.decode()


def test_the_sign_in_page_says_that_the_public_register_needs_no_account(client):
    assert "No account is needed for the" in client.get("/accounts/login/").content.decode()
