"""The risk register as a file, by the same way out."""

from datetime import date, timedelta

import pytest

from governance.colours.representations.definition import shipped
from governance.colours.services.rule import adopt, begin
from governance.core.dates import today
from governance.exchange.registers import REGISTERS
from risks.filters.register import STANDS
from risks.models import Risk
from risks.representations import COLUMNS
from risks.representations.sheet import SHEET
from tests.cast import signed_in
from tests.exchange.files import csv_rows
from tests.factories import AssetFactory, RiskFactory
from tests.risks.factories import score

pytestmark = pytest.mark.django_db


def rows(person, query=""):
    answer = signed_in(person).get(f"/exchange/risks/file.csv{query}")
    return csv_rows(b"".join(answer.streaming_content))


def test_a_risk_is_written_with_the_reference_of_its_asset(ig_officer):
    risk = RiskFactory(title="=Loss of a laptop", asset=AssetFactory())
    heading, row = rows(ig_officer)
    scored = ["Level", "Colour", "Score", "Treatment", "Next review", "Escalated"]
    assert heading == ["Reference", "Version", "Title", "Unit", "Owner", *scored, "Asset"]
    assert row == [
        risk.reference,
        str(risk.standing_version()),
        "'=Loss of a laptop",
        risk.unit.name,
        risk.owner.title,
        *["", "", "", "Not decided yet", "", ""],
        risk.asset.reference,
    ]


def test_every_column_of_a_risk_can_be_had(ig_officer):
    RiskFactory(cause="Unlocked doors", event="Theft", consequence="A breach")
    heading, row = rows(ig_officer, "?file_columns=all")
    every = [column.heading for column in (*SHEET.columns, *SHEET.derived)]
    assert heading == ["Reference", "Version", "Written at", *every]
    assert {"Unlocked doors", "Theft", "A breach"} < set(row)


def test_an_owner_gets_their_own_risks_only(owner, other_owner):
    assert [row[0] for row in rows(owner)[1:]] == [owner.risk.reference]


def test_the_lga_layout_is_for_assets_only(ig_officer):
    assert rows(ig_officer, "?file_columns=lga")[0][0] == "Reference"


def test_scores_leave_with_the_view_and_the_file_says_that_they_are_never_read(ig_officer):
    risk = RiskFactory(treatment=Risk.Treatment.TOLERATE)
    score(risk, 4, 4, on=date(2026, 1, 15))
    row = dict(zip(*rows(ig_officer), strict=True))
    assert (row["Level"], row["Score"], row["Next review"]) == ("Very high", "16", "2026-02-15")
    assert row["Treatment"].startswith("Tolerate")


@pytest.mark.parametrize(
    "asked",
    [
        *(f"sort={sign}{column.sort}" for column in COLUMNS if column.sort for sign in ("", "-")),
        *(f"stands={code}" for code, _ in STANDS),
        "level=Very+high",
        "treatment=treat",
        "category=null",
        "register_level=siro",
        "state=closed",
        "q=laptop",
    ],
)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_view_of_the_page_can_be_had_as_a_file(ig_officer, asked, ending):
    score(RiskFactory(title="Loss of a laptop", treatment="treat", register_level="siro"), 5, 5)
    answer = signed_in(ig_officer).get(f"/exchange/risks/file.{ending}?{asked}")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)


def test_a_file_has_every_column_that_its_page_shows(ig_officer):
    for register in REGISTERS.values():
        shown = [column.text for column in register.columns(ig_officer) if column.text != "Reference"]
        found = [column.heading for column in register.shown(ig_officer)]
        beside = sum(len(said) for said in register.together.values())
        assert len(found) == len(shown) + beside, (register.title, shown, found)


def test_a_filtered_file_holds_what_its_page_lists(ig_officer):
    high, low = RiskFactory(), RiskFactory()
    score(high, 5, 5)
    score(low, 1, 1)
    assert [row[0] for row in rows(ig_officer, "?stands=above_appetite")[1:]] == [high.reference]
    assert [row[0] for row in rows(ig_officer, "?sort=-score")[1:]] == [high.reference, low.reference]


def test_a_file_of_every_column_says_each_score_and_comes_back_without_differences(ig_officer):
    risk = RiskFactory()
    score(risk, 5, 4, kind="inherent")
    score(risk, 4, 3, on=date(2026, 1, 15))
    score(risk, 1, 1, kind="target")
    heading, *found = rows(ig_officer, "?file_columns=all")
    said = dict(zip(heading, found[0], strict=True))
    names = ["Inherent level", "Likelihood", "Impact", "Target level"]
    assert [said[name] for name in names] == ["Very high", "4", "3", "Low"]
    assert said["Scored from"] == "2026-01-15"
    assert [said["Inherent likelihood"], said["Inherent impact"], said["Target impact"]] == ["5", "4", "1"]
    assert set(SHEET.left_out(heading)) == {column.heading for column in SHEET.only_out}


def test_a_risk_without_scores_has_empty_cells(ig_officer):
    RiskFactory()
    heading, row = rows(ig_officer, "?file_columns=all")
    said = dict(zip(heading, row, strict=True))
    assert [said[name] for name in ("Inherent level", "Likelihood", "Impact", "Target level")] == [""] * 4


def test_the_colour_leaves_beside_the_level_as_the_page_shows_both(ig_officer):
    adopt(begin(shipped("risks")), from_on=today() - timedelta(days=1), reason="The policy")
    score(RiskFactory(), 5, 5)
    heading, row = rows(ig_officer)
    said = dict(zip(heading, row, strict=True))
    assert (said["Level"], said["Colour"]) == ("Very high", "Red")
