"""How complete an asset is, and what is missing, leaves with the file and is never read from one."""

import pytest

from assets.models import Asset, Marking
from assets.representations.completeness import Completeness
from governance.core.percent import percent
from governance.people.registers.choosing import choose
from tests.cast import signed_in
from tests.exchange.files import csv_rows
from tests.exchange.test_round_trip import edited_csv
from tests.exchange.uploads import brought
from tests.factories import AssetFactory

pytestmark = pytest.mark.django_db


def out(person, query="?file_columns=all&sort=reference"):
    return b"".join(signed_in(person).get(f"/exchange/assets/file.csv{query}").streaming_content)


def told(person):
    """Each asset of the file, by heading."""
    heading, *rows = csv_rows(out(person))
    return [dict(zip(heading, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"form": "paper"},
        {"contains_personal_data": True, "description": "Case files"},
        {"contains_personal_data": True, "data_subjects": "Children"},
        {"contains_personal_data": False, "purpose": "To plan"},
        {"publish": "publish", "description": "x", "purpose": "y", "users": "z"},
        {"confidentiality_id": 3, "confidentiality_reason": "Harm"},
    ],
)
def test_the_file_says_what_the_page_of_the_asset_says(ig_officer, facts):
    asset = AssetFactory(**facts)
    AssetFactory(form="paper", contains_personal_data=None, description="Another beside it")
    complete = Completeness.of_version(asset)
    said = told(ig_officer)[0]
    assert said["Complete (%)"] == str(percent(complete.said, complete.of))
    assert said["What is missing"].split("; ") == [gap.words for gap in complete.missing]


def test_every_asset_is_looked_at_by_itself(ig_officer):
    AssetFactory()
    AssetFactory(description="Said", marking=Marking.objects.first())
    AssetFactory()
    first, second, third = (int(row["Complete (%)"]) for row in told(ig_officer))
    assert first == third < second < 100


def test_criticality_is_said_in_words_and_empty_where_nobody_has_rated(ig_officer):
    AssetFactory(confidentiality_id=3, confidentiality_reason="Harm")
    AssetFactory()
    level = Asset.objects.select_related("confidentiality").order_by("reference")[0].confidentiality
    assert [row["Criticality"] for row in told(ig_officer)] == [level.name, ""]


def test_what_only_leaves_changes_nothing_on_its_way_back_and_is_named(ig_officer):
    AssetFactory()
    edits = {(1, "Complete (%)"): "100", (1, "What is missing"): "Nothing", (1, "Criticality"): "High"}
    batch = brought(edited_csv(out(ig_officer), edits), ig_officer)
    assert (batch.unchanged_count, batch.rows.count()) == (1, 0)
    page = signed_in(ig_officer).get(batch.get_absolute_url()).content.decode()
    assert "Criticality, Complete (%), What is missing" in page


def test_the_page_for_columns_says_why_they_are_left_out(ig_officer):
    AssetFactory()
    batch = brought(out(ig_officer), ig_officer)
    match = signed_in(ig_officer).get(f"/exchange/imports/{batch.pk}/match/")
    form = match.context["form"]
    left_out = [field for field in form.columns() if field.help_text.startswith("Download only")]
    assert [field.label for field in left_out] == ["Criticality", "Complete (%)", "What is missing"]
    assert [field.value() for field in left_out] == ["-"] * 3


def test_who_chose_to_see_how_complete_entries_are_gets_it_in_the_file_too(ig_officer):
    asset = AssetFactory()
    choose(ig_officer, "assets", ["completeness", "criticality"])
    complete = Completeness.of_version(asset)
    heading, row = csv_rows(out(ig_officer, ""))
    assert heading[3:] == ["Criticality", "Complete (%)"]
    assert row[4] == str(percent(complete.said, complete.of))
