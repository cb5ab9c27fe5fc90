"""The position as at 31 March, and the chain of signatures under it."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from assets.figures.attestation import Confirmations
from assets.models import PositionStatement
from assets.services.chain import NothingHeldError, sign, tally_of
from assets.services.position import Position
from assets.services.signing import Signing, signings
from governance.core.dates import today
from governance.people.models import Role, RoleAssignment
from tests.assets.factories_attestation import attested
from tests.cast import known, play, play_owner, signed_in
from tests.factories import AssetFactory, PostFactory, UnitFactory

pytestmark = pytest.mark.django_db
CLOSED = today().year - 1
COMING = today().year + (today() > date(today().year, 3, 31))


@pytest.fixture
def after_the_year(owner):
    """1 April: the year under way has closed over the owner's asset."""
    with time_machine.travel(date(COMING, 4, 1), tick=False):
        yield


@pytest.fixture
def tree(owner):
    """A council with a directorate, in which the owner's unit is a service."""
    council = UnitFactory(code="council", name="Council")
    directorate = UnitFactory(code="people", name="People", parent=council)
    service = owner.asset.unit
    service.parent = directorate
    service.save()
    return council, directorate, service


def test_each_unit_counts_all_below_it(owner, tree):
    AssetFactory(owner=PostFactory(unit=tree[1]))
    attested(owner.asset, by=owner)
    rows = Position(COMING).rows()
    assert [(row.name, row.level) for row in rows] == [
        ("Council", "Council"), ("People", "Directorate"), (tree[2].name, "Service")
    ]  # fmt: skip
    assert [(row.now.total, row.now.attested) for row in rows] == [(2, 1), (2, 1), (1, 1)]
    assert Position(COMING).whole.total == 2
    assert all(row.before.total == 0 for row in rows)


def test_the_council_stands_above_its_directorates_where_it_is_no_unit_itself(owner, tree, settings, siro):
    directorate, service = tree[1:]
    directorate.parent = None
    directorate.save()
    AssetFactory(owner=PostFactory(unit=UnitFactory(name="Place")))
    rows = Position(COMING).rows()
    assert [(row.name, row.level, row.inset) for row in rows] == [
        (settings.COUNCIL_NAME, "Council", 0), ("People", "Directorate", 1), (service.name, "Service", 2),
        ("Place", "Directorate", 1),
    ]  # fmt: skip
    assert rows[0].now.total == sum(row.now.total for row in rows if row.inset == 1) == 2
    page = signed_in(siro).get("/assets/position/").content.decode()
    assert f'class="app-inset-2">{service.name}<' in page
    assert page.index(settings.COUNCIL_NAME) < page.index("People")


def test_what_share_is_confirmed_is_said_as_a_percentage(owner, tree, siro):
    AssetFactory.create_batch(2, owner=owner.post, unit=owner.asset.unit)
    attested(owner.asset, by=owner)
    page = signed_in(siro).get("/assets/position/").content.decode()
    assert page.count(">33%<") == len(Position(COMING).rows()) >= 3
    assert ">No assets<" in page, "a year before"
    attested(AssetFactory(owner=owner.post, unit=owner.asset.unit), by=owner)
    AssetFactory.create_batch(4, owner=owner.post, unit=owner.asset.unit)
    assert ">25%<" in signed_in(siro).get("/assets/position/").content.decode()
    assert Confirmations(total=8, attested=3).share == 38, "rounded, and not cut off"


def test_the_year_under_way_is_shown_as_it_stands_today_and_not_signed(owner, tree):
    found = Position(COMING)
    assert (found.as_at, found.is_closed) == (today(), False)
    page = signed_in(owner).get("/assets/position/").content.decode()
    assert "this is how it stands so far" in page
    assert "Sign this position" not in page
    assert signed_in(owner).get(f"/assets/position/{COMING}/sign/").status_code == 404


def test_a_year_before_the_register_says_that_it_was_empty(siro):
    page = signed_in(siro).get(f"/assets/position/?year={CLOSED}").content.decode()
    assert "The register was empty then" in page


@pytest.mark.parametrize("year", ["0", "1999", "9999", "x", "-2020", "２０２０", "99999999999999999999", ""])
def test_a_year_that_makes_no_sense_is_not_found(siro, year):
    assert signed_in(siro).get("/assets/position/", {"year": year}).status_code == 404


@pytest.mark.parametrize("year", [1999, 9999, 99999])
def test_a_year_that_makes_no_sense_is_not_signed(siro, year):
    assert signed_in(siro).get(f"/assets/position/{year}/sign/").status_code == 404


def test_each_level_of_the_chain_signs_for_its_part(owner, tree):
    director = play("director", Role.DIRECTOR_APPROVER, tree[1])
    siro = play("siro", Role.SIRO)
    levels = {
        person: [(one.level, one.unit) for one in signings(person, Position(COMING))]
        for person in (owner, director, siro)
    }
    assert levels == {owner: [("owner", None)], director: [("director", tree[1])], siro: [("siro", None)]}
    attested(owner.asset, by=owner)
    found = Position(COMING)
    for person in levels:
        assert tally_of(found, signings(person, found)[0]).attested == 1
    assert tally_of(found, Signing("director", 1, UnitFactory(), "Other")).total == 0


@pytest.mark.usefixtures("after_the_year")
def test_a_signature_keeps_its_words_and_figures_and_is_given_once(owner):
    address = f"/assets/position/{COMING}/sign/"
    client = signed_in(owner)
    page = client.get(address).content.decode()
    key = re.search(r'name="signing" value="([^"]+)"', page)[1]
    assert "Enter your statement" in client.post(address, {"signing": key, "words": ""}).content.decode()
    for words in ("All is well", "Something else"):
        client.post(address, {"signing": key, "words": words})
    given = PositionStatement.objects.get()
    assert (given.words, given.post, given.as_at) == ("All is well", owner.post, date(COMING, 3, 31))
    assert [given.figures[name] for name in ("total", "attested", "due", "never")] == [1, 0, 1, 1]
    assert "All is well" in client.get(f"/assets/position/?year={COMING}").content.decode()


@pytest.mark.usefixtures("after_the_year")
def test_nobody_signs_for_another(owner, siro):
    address = f"/assets/position/{COMING}/sign/"
    (theirs,) = signings(siro, Position(COMING))
    signed_in(owner).post(address, {"signing": theirs.key, "words": "All is well"})
    assert not PositionStatement.objects.exists()


@pytest.mark.parametrize("who", ["siro", "director", "owner"])
def test_a_year_by_which_nothing_was_recorded_is_signed_by_nobody(who, owner, siro):
    people = {"siro": siro, "owner": owner, "director": play("director", Role.DIRECTOR_APPROVER)}
    person, empty = people[who], Position(CLOSED)
    address = f"/assets/position/{CLOSED}/sign/"
    assert signings(person, empty) == []
    client = signed_in(person)
    assert "You have nothing to sign for that year" in client.get(address).content.decode()
    for key in (f"{who}-{person.post.pk}-0", ""):
        client.post(address, {"signing": key, "words": "All is well", "ahead": "In haste"})
    with pytest.raises(NothingHeldError):
        sign(empty, Signing(who, person.post.pk, None, "Title"), words="All is well", by=person)
    assert not PositionStatement.objects.exists()


def test_a_director_of_a_part_that_held_nothing_has_nothing_to_sign(owner):
    elsewhere = play("director", Role.DIRECTOR_APPROVER, UnitFactory())
    here = play("other_director", Role.DIRECTOR_APPROVER, owner.asset.unit)
    assert signings(elsewhere, Position(COMING)) == []
    assert [one.unit for one in signings(here, Position(COMING))] == [owner.asset.unit]


def test_a_year_is_not_signed_before_its_last_day_is_over(monkeypatch):
    last = date(2025, 3, 31)
    for day, closed in ((last, False), (last + timedelta(days=1), True)):
        monkeypatch.setattr("assets.services.position.today", lambda day=day: day)
        assert Position(2025).is_closed is closed


def test_a_post_that_owned_nothing_when_the_year_closed_has_nothing_to_sign(owner):
    address = f"/assets/position/{CLOSED}/sign/"
    assert signings(owner, Position(CLOSED)) == []
    assert "You have nothing to sign for that year" in signed_in(owner).get(address).content.decode()
    signed_in(owner).post(address, {"signing": f"owner-{owner.post.pk}-0", "words": "All is well"})
    assert not PositionStatement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_owner_of_then_signs_for_what_the_post_owned(owner_connection):
    owner = play_owner("owner")
    owner_connection.execute("SET app.redacting = 'on'")
    owner_connection.execute("UPDATE assets_historicalasset SET history_date = '2020-01-01'")
    (signing,) = signings(owner, Position(CLOSED))
    given = sign(Position(CLOSED), signing, words="All is well", by=owner)
    assert (given.post, given.figures["total"], given.figures["never"]) == (owner.post, 1, 1)


@pytest.mark.usefixtures("after_the_year")
def test_who_did_not_carry_the_role_when_the_year_closed_does_not_sign_for_it(siro):
    assert signings(siro, Position(COMING))
    RoleAssignment.objects.filter(post=siro.post).update(from_on=date(COMING, 4, 1))
    assert signings(known(siro, siro.post), Position(COMING)) == []


def test_who_has_not_signed_is_named_by_post(owner):
    found = Position(COMING)
    assert found.unsigned == [owner.post]


def assert_refused(constraint, write):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


def test_what_the_database_refuses_about_signatures(owner):
    signing = Signing("owner", owner.post.pk, None, owner.post.title)
    given = sign(Position(COMING), signing, words="All is well", by=owner)
    fields = {
        name: getattr(given, name)
        for name in ("as_at", "level", "post", "unit", "words", "figures", "signed_by", "signed_as")
    }
    refused = {
        "position_is_signed_once_by_a_post": {},
        "position_level_is_known": {"level": "cleaner"},
        "position_statement_has_words": {"words": "", "level": "siro"},
        "position_signed_ahead_says_why": {"level": "siro", "without": ["Head of roads"]},
    }
    for constraint, change in refused.items():
        assert_refused(
            constraint, lambda change=change: PositionStatement.objects.create(**(fields | change))
        )


@pytest.mark.parametrize("number", [5, 60])
def test_the_page_takes_few_queries(number, siro, django_assert_max_num_queries):
    AssetFactory.create_batch(number)
    client = signed_in(siro)
    with django_assert_max_num_queries(12):
        assert client.get("/assets/position/").status_code == 200


def test_each_number_opens_the_rows_of_the_unit_and_of_all_below_it(owner, tree, siro):
    AssetFactory(owner=PostFactory(unit=tree[1]))
    attested(owner.asset, by=owner)
    for row in Position(COMING).rows():
        for cell in row.cells:
            opened = signed_in(siro).get(cell.href).content.decode()
            assert opened.count('<th scope="row"') == cell.value, (row.name, cell.label)


@pytest.mark.parametrize("year", ["0202599999", "9" * 20, "0", "-1", "2o25", "\u0662\u0660\u0662\u0665"])
def test_a_year_that_is_none_is_not_there(ig_officer, year):
    assert signed_in(ig_officer).get("/assets/position/", {"year": year}).status_code == 404


@pytest.mark.parametrize("year", [0, 9999, 99999999999999999999])
def test_a_year_that_is_none_cannot_be_signed(siro, year):
    assert signed_in(siro).get(f"/assets/position/{year}/sign/").status_code == 404


def test_what_the_database_refuses_about_signing_ahead(owner):
    signing = Signing("owner", owner.post.pk, None, owner.post.title)
    given = sign(Position(COMING), signing, words="All is well", by=owner)
    fields = {name: getattr(given, name) for name in ("as_at", "post", "words", "figures", "signed_by")}
    for wrong in ({"without": ["Head of roads"]}, {"ahead": "In haste"}):
        assert_refused(
            "position_signed_ahead_says_why",
            lambda wrong=wrong: PositionStatement.objects.create(
                **fields, level="director", signed_as="Director", **wrong
            ),
        )
