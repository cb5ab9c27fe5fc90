"""Owners sign first, then directors, then the SIRO; and the text for the annual governance statement."""

import re
from datetime import date

import pytest
import time_machine
from playwright.sync_api import expect

from assets.models import PositionStatement
from assets.services import chain
from assets.services.chain import OutOfOrderError, sign, waiting_below
from assets.services.position import Position
from assets.services.signing import signings
from assets.services.statement import SENTENCES, paragraphs, plain, signatures
from governance.core.dates import today
from governance.figures.figure import get_figure
from governance.figures.moment import Scope
from governance.people.models import Role
from tests.assets.factories_attestation import attested
from tests.browser import axe, sign_in
from tests.cast import play, play_owner, signed_in
from tests.factories import AssetFactory, PostFactory, UnitFactory

pytestmark = pytest.mark.django_db
COMING = today().year + (today() > date(today().year, 3, 31))
WORDS = "All is well"


@pytest.fixture
def council(owner, siro):
    """A directorate with the owner's service in it, its director, and the SIRO."""
    top = UnitFactory(code="council", name="Council")
    people = UnitFactory(code="people", name="People", parent=top)
    service = owner.asset.unit
    service.parent = people
    service.save()
    return {"owner": owner, "director": play("director", Role.DIRECTOR_APPROVER, people), "siro": siro}


def signing_of(person, year=COMING):
    position = Position(year)
    (found,) = signings(person, position)
    return position, found


def give(person, **said):
    position, found = signing_of(person)
    return sign(position, found, words=WORDS, by=person, **said)


def test_each_level_waits_for_the_one_below(council):
    waiting = {who: waiting_below(*signing_of(person)) for who, person in council.items()}
    assert waiting == {"owner": [], "director": ["Owner"], "siro": ["Director"]}
    for who in ("director", "siro"):
        with pytest.raises(OutOfOrderError) as refused:
            give(council[who])
        assert refused.value.waiting == waiting[who]
    assert not PositionStatement.objects.exists()
    for person in council.values():
        given = give(person)
        assert (given.ahead, given.without) == ("", [])
    assert [each.level for each in Position(COMING).statements] == ["owner", "director", "siro"]


def test_who_signs_ahead_says_why_and_it_is_kept_with_those_who_had_not(council):
    given = give(council["siro"], ahead="The director is away until May")
    assert (given.ahead, given.without) == ("The director is away until May", ["Director"])
    give(council["owner"])
    given.refresh_from_db()
    assert given.without == ["Director"]


def test_a_reason_for_signing_ahead_is_dropped_where_nobody_is_waited_for(council):
    given = give(council["owner"], ahead="In haste")
    assert (given.ahead, given.without) == ("", [])


def test_the_siro_waits_for_owners_who_have_no_director_and_not_for_directors_of_nothing(council):
    AssetFactory(owner=PostFactory(title="Head of roads"))
    play("idle", Role.DIRECTOR_APPROVER, UnitFactory())
    assert waiting_below(*signing_of(council["siro"])) == ["Director", "Head of roads"]
    give(council["owner"])
    give(council["director"])
    assert waiting_below(*signing_of(council["siro"])) == ["Head of roads"]


def test_a_director_waits_for_owners_of_the_directors_part_only(council):
    AssetFactory(owner=PostFactory(title="Head of roads"))
    assert waiting_below(*signing_of(council["director"])) == ["Owner"]


def test_a_director_of_the_whole_council_waits_for_every_owner(owner, other_owner):
    everywhere = play("director", Role.DIRECTOR_APPROVER)
    assert waiting_below(*signing_of(everywhere)) == ["Other owner", "Owner"]


@time_machine.travel(date(COMING, 4, 1), tick=False)
def test_the_page_asks_why_keeps_what_was_typed_and_prints_it(siro, monkeypatch):
    AssetFactory()
    monkeypatch.setattr("assets.views.position.chain.waiting_below", lambda *_: ["Head of roads"])
    monkeypatch.setattr("assets.services.chain.waiting_below", lambda *_: ["Head of roads"])
    client, address = signed_in(siro), f"/assets/position/{COMING}/sign/"
    page = client.get(address).content.decode()
    assert "Not signed yet: Head of roads" in page
    said = {"signing": re.search(r'name="signing" value="([^"]+)"', page)[1], "words": WORDS}
    refused = client.post(address, said | {"ahead": " "}).content.decode()
    assert "Enter why you sign before Head of roads" in refused
    assert WORDS in refused
    assert not PositionStatement.objects.exists()
    client.post(address, said | {"ahead": "The post is vacant"})
    for printed in ("", "statement/"):
        shown = f"/assets/position/{COMING}/{printed}" if printed else f"/assets/position/?year={COMING}"
        text = client.get(shown).content.decode()
        assert "Signed before Head of roads had: The post is vacant" in text


@time_machine.travel(date(COMING, 4, 1), tick=False)
def test_an_owner_is_not_asked_why(owner):
    page = signed_in(owner).get(f"/assets/position/{COMING}/sign/").content.decode()
    assert "For what do you sign?" in page
    assert "Why do you sign before they have?" not in page


# The text for the annual governance statement


def test_every_number_of_the_text_is_a_figure_as_at_the_day(council, ig_officer):
    AssetFactory.create_batch(3, is_key=True)
    attested(council["owner"].asset, by=council["owner"])
    position = Position(COMING)
    numbers = [piece for each in paragraphs(position) for piece in each.pieces if piece.href]
    keys = [key for _, words in SENTENCES for key in re.findall(r"{([a-z_.]+)", words)]
    assert len(numbers) == len(keys) == 14
    for key, piece in zip(keys, numbers, strict=True):
        figure = get_figure(key)
        assert piece.text == f"{figure.value(position.moment, Scope()):,}", key
        assert signed_in(ig_officer).get(piece.href).status_code == 200
    assert [piece.text for piece in numbers[:2]] == ["4", "3"]


def test_the_plain_text_says_the_same_without_links(council):
    position = Position(COMING)
    text = plain(position, paragraphs(position))
    assert "held 1 asset. Of these 0 were key assets" in text
    assert "a year before:" not in text, "the register was not kept then, which is said once"
    assert text.startswith("Information governance at ")
    assert text.endswith("Nobody has signed yet.")
    assert "<" not in text


def test_the_signatures_stand_under_the_text_with_why_one_came_early(council):
    give(council["director"], ahead="Owners are <b>late</b>")
    (said,) = signatures(Position(COMING))
    assert "Director (Director, People)" in said
    assert said.endswith(f"{WORDS} Signed before Owner had: Owners are <b>late</b>")
    page = signed_in(council["siro"]).get(f"/assets/position/{COMING}/statement/").content.decode()
    assert "<b>late" not in page
    assert "Signed before Owner had" in page


@pytest.mark.parametrize("year", [1999, 0, COMING + 1, 99999])
def test_a_year_that_is_none_has_no_statement(siro, year):
    assert signed_in(siro).get(f"/assets/position/{year}/statement/").status_code == 404


@pytest.mark.parametrize("number", [3, 60])
def test_the_statement_takes_few_queries(number, siro, django_assert_max_num_queries):
    AssetFactory.create_batch(number)
    client = signed_in(siro)
    with django_assert_max_num_queries(18):
        assert client.get(f"/assets/position/{COMING}/statement/").status_code == 200


def test_names_of_people_stand_nowhere_in_the_statement(council):
    for person in council.values():
        give(person)
    page = signed_in(council["siro"]).get(f"/assets/position/{COMING}/statement/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert not [
        person for person in council.values() if person.email in main or f">{person.display_name}<" in main
    ]
    assert chain.draft_words(Position(COMING)) not in main


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_siro_reads_and_prints_the_statement(any_page):
    AssetFactory.create_batch(2, owner=play_owner("owner").post)
    sign_in(any_page, play("siro", Role.SIRO))
    any_page.goto("/assets/position/")
    any_page.get_by_role("link", name="Text for the annual governance statement").click()
    expect(any_page.get_by_role("heading", level=1, name="Information governance at")).to_be_visible()
    axe(any_page)
    plain_text = any_page.get_by_label("The same as plain text, to copy")
    expect(plain_text).to_be_visible()
    any_page.emulate_media(media="print")
    expect(plain_text).to_be_hidden()
    expect(any_page.get_by_role("heading", name="Ownership")).to_be_visible()
    text, page = (any_page.locator(part).first.bounding_box() for part in ("main p", "main"))
    assert text["width"] > page["width"] * 0.9, "on paper the text takes the whole width"
