"""Anybody may see who was told what: which post, when, of what; never the words, and no asset of others."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from governance.reminders.models import Digest
from governance.reminders.representations import told_of, waiting_for, words_of
from tests.browser import axe, sign_in
from tests.cast import play_owner, signed_in
from tests.factories import ActionFactory, AssetFactory
from tests.reminders.test_digests import PAST, a_digest

pytestmark = pytest.mark.django_db


def item(kind, *references, words="Something"):
    return {"kind": kind, "words": words, "path": "/", "references": list(references)}


def told(person, *items, day=PAST, **fields):
    return a_digest(person, day, items=list(items), **fields)


def page_of(person, **asked):
    response = signed_in(person).get("/reminders/", asked)
    assert response.status_code == 200
    return response.content.decode()


def rows(page):
    return page.count('<th scope="row"')


def test_everybody_in_a_post_sees_which_post_was_told_of_what_and_not_the_words(owner, outsider):
    words = "3 secret assets to confirm"
    entries = [item("confirm", "IA-1", "IA-2", words=words), item("actions", "AC-1")]
    digest = told(owner, *entries, subject=words)
    page = page_of(outsider)
    assert "Head of service" in page
    assert "Assets to confirm, Overdue actions" in page
    assert '<td class="app-number">3</td>' in page
    for hidden in (words, f"/reminders/{digest.pk}/", owner.display_name, owner.email, "IA-1"):
        assert hidden not in page


def test_the_words_are_opened_by_the_person_told_and_by_those_who_oversee(cast):
    digest = told(cast["owner"], item("confirm", "IA-1"))
    opened = {who for who, person in cast.items() if f'href="/reminders/{digest.pk}/"' in page_of(person)}
    assert opened == {"owner", "ig_officer", "records_manager", "internal_auditor"}


def test_who_is_in_no_post_is_told_nothing_of_others(outsider):
    outsider.holdings.get().end(PAST + timedelta(days=9000))
    outsider.holdings.update(until_on=date(2020, 1, 1), from_on=PAST)
    assert signed_in(outsider).get("/reminders/").status_code == 403


def test_the_list_is_narrowed_by_post_kind_state_and_day(owner, other_owner, auditor):
    told(owner, item("confirm"))
    told(owner, item("actions"), item("confirm"), day=PAST + timedelta(days=1))
    told(other_owner, item("actions"), post="Head of roads", state="failed", error="No")
    day = {"from_on_day": "5", "from_on_month": "1", "from_on_year": "2016"}
    until = {"until_on_day": "4", "until_on_month": "1", "until_on_year": "2016"}
    narrowed = {
        3: [{}],
        2: [
            {"post": "Head of service"},
            {"kind": "confirm"},
            {"kind": "actions"},
            {"state": "queued"},
            until,
        ],
        1: [{"post": "Head of roads"}, day, {"state": "failed"}, {"kind": "actions"} | until],
        0: [{"kind": "chased"}, {"post": "Head of roads", "kind": "confirm"}, day | until],
    }
    for number, asked in narrowed.items():
        for each in asked:
            assert rows(page_of(auditor, **each)) == number, each
    assert "Nothing matches your filters" in page_of(auditor, kind="chased")


@pytest.mark.parametrize(
    "asked",
    [{"from_on_day": "99"}, {"kind": "x"}, {"post": "\x00"}, {"about": "\x00"}, {"page": "-1"},
     {"state": "[]"}, {"about": "%" * 30}],
)  # fmt: skip
def test_a_filter_that_makes_no_sense_breaks_nothing(owner, asked):
    told(owner, item("confirm"))
    assert page_of(owner, **asked)


def test_what_was_told_about_an_asset_is_found_by_those_who_may_open_it(owner, other_owner, ig_officer):
    AssetFactory(owner=owner.post)
    told(owner, item("confirm", owner.asset.reference, "IA-9999"))
    told(other_owner, item("confirm", other_owner.asset.reference), post="Head of roads")
    for person in (owner, ig_officer):
        assert rows(page_of(person, about=owner.asset.reference.lower())) == 1
    assert rows(page_of(owner, about=other_owner.asset.reference)) == 0
    assert rows(page_of(ig_officer, about="IA-9999")) == 0


def test_the_page_of_an_asset_says_who_was_told_about_it(owner, ig_officer):
    address = owner.asset.get_absolute_url()
    assert "No mail has told anybody of it" in signed_in(owner).get(address).content.decode()
    for day in range(7):
        told(owner, item("confirm", owner.asset.reference), day=PAST + timedelta(days=day))
    page = signed_in(ig_officer).get(address).content.decode()
    assert page.count("Head of service on ") == 5
    assert "Head of service on 10 January 2016: assets to confirm. Waiting to be sent" in page
    assert f'href="/reminders/?about={owner.asset.reference}"' in page
    assert owner.display_name not in page.split("Who was told about this asset")[-1].split("</ul>")[0]


def test_the_page_of_an_asset_says_nothing_of_what_else_its_mail_told(owner, ig_officer):
    reference = owner.asset.reference
    others = [item("actions", "AC-0001"), item("hand_over"), item("chased", "IA-9999")]
    told(owner, *others, item("confirm", "IA-9998", reference))
    told(owner, *others, item("confirm", "IA-9998"), day=PAST + timedelta(days=1))
    told(owner, item("chased", reference), item("confirm", reference), day=PAST + timedelta(days=2))
    page = signed_in(ig_officer).get(owner.asset.get_absolute_url()).content.decode()
    said = page.split("Who was told about this asset")[-1].split("</ul>")[0]
    assert "Head of service on 4 January 2016: assets to confirm. " in said
    assert said.count("Head of service on ") == 2
    assert "actions" not in said
    assert "hand-over" not in said


def test_what_is_kept_from_a_reader_is_not_told_of_an_asset_either(owner, other_owner, ig_officer):
    reference = owner.asset.reference
    digest = told(other_owner, item("clocks", reference), item("confirm", reference))
    alone = told(other_owner, item("clocks", reference), day=PAST + timedelta(days=1))
    both = Digest.objects.filter(pk__in=[digest.pk, alone.pk]).order_by("day")
    known = {who: [each.kinds for each in told_of(who, both, reference)] for who in (owner, ig_officer)}
    assert known == {owner: [["confirm"]], ig_officer: [["clocks", "confirm"], ["clocks"]]}
    assert len(told_of(other_owner, both, reference)) == 2, "their own mail"


@pytest.mark.parametrize("reference", ["", "'", '"', "$", "IA-0001' || '", "%s", "\\"])
def test_any_words_may_be_asked_for_as_a_reference(owner, reference):
    digest = told(owner, item("confirm", "IA-0001", reference or "x"), item("actions", "AC-0001"))
    found = Digest.objects.filter(pk=digest.pk)
    assert [each.kinds for each in told_of(owner, found, reference)] == ([["confirm"]] if reference else [])


def test_what_waits_carries_the_references_of_what_it_is_about(owner):
    second = AssetFactory(owner=owner.post)
    ActionFactory.create_batch(2, owner=owner.post, due_on=PAST)
    confirm, actions = waiting_for(owner)
    assert confirm.references == (owner.asset.reference, second.reference)
    assert len(actions.references) == 2
    digest = told(owner, confirm.as_json(), actions.as_json())
    digest.refresh_from_db()
    assert (digest.number, words_of(digest.kinds)) == (4, "Assets to confirm, Overdue actions")


def test_a_mail_of_before_references_were_kept_is_still_shown(owner):
    old = [{"kind": "asked", "words": "Round", "path": "/"}, {"kind": "long ago", "words": "x", "path": "/"}]
    digest = told(owner, *old, {"kind": "asked", "words": "Another", "path": "/", "references": []})
    digest.refresh_from_db()
    assert (digest.kinds, digest.number) == (["asked", "long ago", "asked"], 3)
    assert words_of(digest.kinds) == "A campaign that asks the service, Something else"
    assert words_of([]) == "Nothing"


def test_the_list_reads_no_item_however_many_entries_a_mail_named(owner, django_assert_max_num_queries):
    told(owner, item("confirm", *(f"IA-{number:04}" for number in range(3_000))))
    (listed,) = Digest.objects.for_list()
    assert listed.get_deferred_fields() == {"body", "items", "address"}
    client = signed_in(owner)
    with django_assert_max_num_queries(24) as asked:
        pages = [client.get(address).content.decode() for address in ("/reminders/", "/reminders/mine/")]
    assert all('<td class="app-number">3000</td>' in page for page in pages)
    assert not [each["sql"] for each in asked.captured_queries if '"reminders_digest"."items"' in each["sql"]]


def told_of_both(owner):
    first = item("clocks", "IN-1", "IN-2", words="2 incidents with an open 72-hour clock (IN-1: over)")
    confirm = item("confirm", "IA-1", words="1 asset to confirm")
    return told(owner, first, confirm, subject=f"{first['words']} and 1 more", state="failed", error="No")


def test_of_a_mail_that_told_of_an_incident_too_others_see_the_rest_alone(cast):
    mail = told_of_both(cast["owner"])
    secret = ("Incidents with an open clock", "IN-1", "72-hour")
    for who in ("outsider", "records_manager", "internal_auditor", "administrator"):
        page = page_of(cast[who])
        assert '<td class="app-number">1</td>' in page, who
        assert "Assets to confirm" in page
        assert not any(words in page for words in secret), who
    for who in ("records_manager", "internal_auditor"):
        one = signed_in(cast[who]).get(f"/reminders/{mail.pk}/").content.decode()
        assert one.count("1 asset to confirm") == 3, "title, heading and item"
        assert not any(words in one for words in secret), who
    for who in ("owner", "ig_officer"):
        one = signed_in(cast[who]).get(f"/reminders/{mail.pk}/").content.decode()
        assert "(IN-1: over)" in one
        assert '<td class="app-number">3</td>' in page_of(cast[who])


def test_the_page_of_an_asset_tells_others_nothing_of_the_rest_of_the_mail(owner, ig_officer, auditor):
    first = item("clocks", "IN-1")
    told(owner, first, item("confirm", owner.asset.reference))
    for person in (ig_officer, auditor):
        page = signed_in(person).get(owner.asset.get_absolute_url()).content.decode()
        assert "incidents with an open clock" not in page
        assert ": assets to confirm. Waiting to be sent" in page


def test_a_mail_of_incidents_alone_is_neither_listed_nor_counted_nor_filtered_for(cast):
    told(cast["other_owner"], item("clocks", "IN-1"), post="Head of homes", state="failed", error="No")
    told(cast["owner"], item("confirm", "IA-1"))
    for who, known in (("ig_officer", True), ("siro", True), ("records_manager", False), ("owner", False)):
        page = page_of(cast[who])
        assert rows(page) == 1 + known, who
        assert ("Head of homes" in page) is known
        assert ('value="clocks"' in page) is known
        assert ("1 mail could not be sent" in page) is (who == "ig_officer")
    assert rows(page_of(cast["other_owner"])) == 2, "what one was told oneself stays in one's sight"


def test_mails_with_both_are_read_once_for_a_whole_page(cast, django_assert_max_num_queries):
    for day in range(40):
        told(cast["owner"], item("clocks", "IN-1"), item("confirm"), day=PAST + timedelta(days=day))
    client = signed_in(cast["outsider"])
    with django_assert_max_num_queries(12 + 1):
        assert client.get("/reminders/").content.decode().count('<td class="app-number">1</td>') == 40


@pytest.mark.parametrize("number", [10, 200])
def test_the_list_takes_few_queries_for_everybody(number, cast, django_assert_max_num_queries):
    for day in range(number):
        told(cast["owner"], item("confirm", "IA-1"), day=date(2016, 1, 1) + timedelta(days=day))
    for who in ("outsider", "owner", "ig_officer"):
        client = signed_in(cast[who])
        with django_assert_max_num_queries(12):
            assert client.get("/reminders/?kind=confirm").status_code == 200


def test_the_ways_to_it(cast):
    for address in ("/", "/assets/", "/people/", "/assets/attestation/"):
        assert 'href="/reminders/"' in signed_in(cast["siro"]).get(address).content.decode(), address
    assert 'href="/reminders/"' in signed_in(cast["administrator"]).get("/people/").content.decode()


def test_every_state_of_a_mail_is_said_in_words(owner, ig_officer):
    told(owner, item("confirm"))
    for state in Digest.State:
        assert state.label in page_of(ig_officer)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_owner_reads_who_was_told_about_an_asset(any_page):
    owner = play_owner("owner")
    told(owner, item("confirm", owner.asset.reference))
    sign_in(any_page, owner)
    any_page.goto(owner.asset.get_absolute_url())
    any_page.get_by_role("link", name="All that was told about").click()
    expect(any_page.get_by_role("heading", level=1, name="Who was told what")).to_be_visible()
    axe(any_page)
    any_page.get_by_role("link", name="Assets to confirm").click()
    expect(any_page.get_by_role("heading", level=2, name="What it says")).to_be_visible()
    axe(any_page)
