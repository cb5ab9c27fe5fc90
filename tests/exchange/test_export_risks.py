"""The risk register as a file, by the same way out."""

import pytest

from risks.representations.sheet import SHEET
from tests.cast import signed_in
from tests.exchange.files import csv_rows
from tests.factories import AssetFactory, RiskFactory

pytestmark = pytest.mark.django_db


def rows(person, query=""):
    answer = signed_in(person).get(f"/exchange/risks/file.csv{query}")
    return csv_rows(b"".join(answer.streaming_content))


def test_a_risk_is_written_with_the_reference_of_its_asset(ig_officer):
    risk = RiskFactory(title="=Loss of a laptop", asset=AssetFactory())
    heading, row = rows(ig_officer)
    assert heading == ["Reference", "Version", "Title", "Unit", "Owner", "Asset"]
    assert row == [
        risk.reference,
        str(risk.standing_version()),
        "'=Loss of a laptop",
        risk.unit.name,
        risk.owner.title,
        risk.asset.reference,
    ]


def test_every_column_of_a_risk_can_be_had(ig_officer):
    RiskFactory(cause="Unlocked doors", event="Theft", consequence="A breach")
    heading, row = rows(ig_officer, "?file_columns=all")
    assert heading[2:] == [column.heading for column in SHEET.columns]
    assert {"Unlocked doors", "Theft", "A breach"} < set(row)


def test_an_owner_gets_their_own_risks_only(owner, other_owner):
    assert [row[0] for row in rows(owner)[1:]] == [owner.risk.reference]


def test_the_lga_layout_is_for_assets_only(ig_officer):
    assert rows(ig_officer, "?file_columns=lga")[0][0] == "Reference"
