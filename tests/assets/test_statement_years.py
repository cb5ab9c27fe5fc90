"""The text of the year says last year's number beside each, and says once that the register was not kept."""

from datetime import date

import pytest

from assets.services.position import Position
from assets.services.statement import paragraphs, plain
from governance.core.dates import today
from governance.figures.figure import get_figure
from governance.figures.moment import Scope
from tests.cast import play, play_owner, signed_in
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = today().year - (today() <= date(today().year, 3, 31))  # the last that is over
AGED = "UPDATE assets_historicalasset SET history_date = history_date - interval '3 years'"


@pytest.fixture
def kept_for_years(owner_connection):
    """Three assets of which the register has known for three years, one of them a key asset."""
    owner = play_owner("owner")
    AssetFactory(is_key=True, owner=owner.post)
    AssetFactory(owner=owner.post)
    with owner_connection.transaction():
        owner_connection.execute("SELECT set_config('app.redacting', 'on', true)")
        owner_connection.execute(AGED)


def said(year=YEAR):
    position = Position(year)
    return plain(position, paragraphs(position))


def test_last_years_number_stands_beside_each(kept_for_years):
    AssetFactory()
    position = Position(YEAR)
    numbers = [piece for each in paragraphs(position) for piece in each.pieces if piece.href]
    assert len(numbers) == 14
    for piece in numbers:
        figure = get_figure(piece.href.split("/")[2])
        assert piece.before == figure.value(position.before, Scope()), figure.key
    assert "(a year before: 3). Of these 1 (a year before: 1) were key assets" in said()
    assert "not yet kept" not in said()


def test_a_year_in_which_the_register_was_not_kept_is_said_once_and_not_by_noughts():
    play_owner("owner")
    text = said(YEAR + 1)
    assert text.count(f"was not yet kept on 31 March {YEAR}: nothing had been recorded by then.") == 1
    assert "a year before:" not in text


def test_of_a_day_before_the_register_the_text_says_nothing_else():
    play_owner("owner")
    siro = play("siro", "siro")
    (only,) = paragraphs(Position(YEAR - 1))
    assert only.heading == "The register"
    page = signed_in(siro).get(f"/assets/position/{YEAR - 1}/statement/").content.decode()
    assert f"was not yet kept on 31 March {YEAR - 1}" in page
    assert " 0 " not in page
