"""The words of titles, by which a search finds what was meant."""

import pytest
from django.db import ProgrammingError, connection

from assets.models import Asset, TitleWord
from governance.history.redaction import redact
from governance.people.registers.searching import Alike
from tests.factories import AssetFactory, RiskFactory

pytestmark = pytest.mark.django_db
ALIKE = Alike(("title",), "reference", TitleWord)


def words():
    return sorted(TitleWord.objects.values_list("word", flat=True))


def found(typed, rows=None):
    keys = ALIKE.keys(Asset.objects.all() if rows is None else rows, typed)
    titles = dict(Asset.objects.values_list("pk", "title"))
    return [titles[key] for key in keys]


def test_each_word_of_a_title_is_kept_once_in_capitals_and_short_ones_are_not():
    AssetFactory(title="Adoption records, of 1979 (Castle)")
    AssetFactory(title="Castle plans")
    assert words() == ["1979", "ADOPTION", "CASTLE", "PLANS", "RECORDS"]


def test_a_title_that_changes_brings_its_words_in_and_another_change_brings_none():
    asset = AssetFactory(title="Allotments")
    Asset.objects.filter(pk=asset.pk).update(purpose="Something else", description="Harbour")
    assert words() == ["ALLOTMENTS"]
    Asset.objects.filter(pk=asset.pk).update(title="Harbour dues")
    assert words() == ["ALLOTMENTS", "DUES", "HARBOUR"]


def test_a_word_that_no_title_has_any_more_finds_nothing_and_hides_nothing():
    asset = AssetFactory(title="Adopton records")
    Asset.objects.filter(pk=asset.pk).update(title="Adoption records")
    assert found("adopton") == ["Adoption records"]


def test_what_is_like_each_word_comes_before_what_is_like_fewer():
    AssetFactory(title="Adoption plans")
    AssetFactory(title="Castle records")
    AssetFactory(title="Adoption records of the castle")
    assert found("Adption castel") == ["Adoption records of the castle"]
    assert set(found("Adption planz castel")) == {
        "Adoption plans",
        "Castle records",
        "Adoption records of the castle",
    }
    assert found("Adption planz castel")[0] == "Adoption plans"


def test_the_word_most_alike_comes_first():
    AssetFactory(title="Records", reference="IA-0008")
    AssetFactory(title="Recorders", reference="IA-0007")
    assert found("recordz") == ["Records", "Recorders"]


def test_only_the_rows_asked_of_are_found():
    kept = AssetFactory(title="Adoption records", form="paper")
    AssetFactory(title="Adoption plans", form="data")
    assert found("adption", Asset.objects.filter(form="paper").distinct()) == [kept.title]


@pytest.mark.parametrize("typed", ["", "xyz", "qqqqqqq", "%%%%", "____", "\\\\\\\\", "'; --x"])
def test_what_is_like_nothing_finds_nothing(typed):
    AssetFactory(title="Adoption records")
    assert found(typed) == []


def test_a_register_without_a_vocabulary_compares_its_texts():
    wanted = RiskFactory(title="Flooded stores")
    RiskFactory(title="Lost laptops")
    rows = type(wanted)._default_manager.all()
    assert Alike(("title",), "reference").keys(rows, "floded") == [wanted.pk]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_text_removed_from_the_trail_is_not_kept_among_the_words():
    asset = AssetFactory(title="File of Zebedee Quillfeather")
    asset.title = "File of a child"
    asset.save()
    assert "QUILLFEATHER" in words()
    redact(asset, "title", containing="Quillfeather", authority="Monitoring Officer", reason="A name")
    assert words() == ["CHILD", "FILE"]


@pytest.mark.parametrize("tampering", ["DELETE FROM assets_titleword", "SELECT assets_learn(ARRAY['Words'])"])
def test_the_application_may_write_no_word(tampering):
    AssetFactory(title="Allotments")
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(tampering)
