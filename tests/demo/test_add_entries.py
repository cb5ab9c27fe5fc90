"""A council that exists takes further entries from files: all of them, or none."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from actions.models import Action, ActionPlan, ProgressUpdate
from assets.models import Asset
from governance.core.dates import today
from governance.demo.newcomer import start
from governance.figures.moment import Moment
from risks.models import Risk
from tests.demo.sheets import ADMINISTRATOR, examples, rows_of_all_tables, write

pytestmark = pytest.mark.django_db
OFFICER = "information.governance@council.example"
ASSETS = ["reference", "title", "description", "owner_post", "unit", "form", "contains_personal_data"]
RISKS = ["reference", "title", "cause", "event", "consequence", "owner_post", "unit", "asset"]
ACTIONS = [
    "reference", "plan", "recommendation", "title", "owner_post", "due_on", "scope_area", "opened_on"
]  # fmt: skip
NEW_ASSET = ["IA-0900", "Parking permits", "", "head-revenues", "revenues", "data", "yes"]
NEW_ACTION = ["REC-90", "records-2024", "R1", "Label the shelves", "ig-officer", "", "storage", "2024-06-01"]


@pytest.fixture
def folder(tmp_path):
    """An empty folder beside a council that was set up from the examples."""
    start(examples(tmp_path / "council"), ADMINISTRATOR, "a password")
    (tmp_path / "further").mkdir()
    return tmp_path / "further"


def add(folder, by=OFFICER, **options):
    printed = StringIO()
    call_command("add_entries", str(folder), by=by, stdout=printed, **options)
    return printed.getvalue()


def refused(folder, by=OFFICER):
    """What is said, after a look that nothing was brought in."""
    before = rows_of_all_tables()
    with pytest.raises(CommandError) as refusal:
        add(folder, by)
    assert rows_of_all_tables() == before
    return str(refusal.value)


def test_further_entries_point_at_what_is_there_and_at_each_other(folder):
    write(folder, "assets.csv", [ASSETS, NEW_ASSET])
    risks = [
        ["IR-0900", "Loss", "", "", "", "head-revenues", "revenues", "IA-0900"],
        ["IR-0901", "Theft", "", "", "", "ig-officer", "revenues", "IA-0001"],
    ]
    write(folder, "risks.csv", [RISKS, *risks])
    write(folder, "actions.csv", [ACTIONS, NEW_ACTION])

    said = add(folder)
    assert "Rows brought in: 4 (1 asset, 2 risks, 1 action, 1 progress update)." in said
    assert Risk.objects.get(reference="IR-0900").asset == Asset.objects.get(reference="IA-0900")
    assert Risk.objects.get(reference="IR-0901").asset == Asset.objects.get(reference="IA-0001")
    action = Action.objects.get(reference="REC-90")
    assert (action.plan.code, action.recommendation.reference, action.scope_area.code) == (
        "records-2024",
        "R1",
        "storage",
    )


def test_a_further_plan_with_its_audit_comes_in_whole(folder):
    plans = [["code", "title", "audit", "opened_on", "note"], ["dsp-2025", "Toolkit", "", "2025-01-06", ""]]
    write(folder, "plans.csv", plans)
    write(
        folder,
        "actions.csv",
        [ACTIONS, ["DSP-1", "dsp-2025", "", "Begin", "ig-officer", "", "", "2025-01-06"]],
    )
    add(folder)
    assert ActionPlan.objects.get(code="dsp-2025").actions.get().reference == "DSP-1"


def test_what_comes_in_is_known_from_now_on_and_signed(folder):
    write(folder, "actions.csv", [ACTIONS, NEW_ACTION])
    add(folder)
    action = Action.objects.get(reference="REC-90")
    opening = action.updates.get()

    assert opening.effective_on == date(2024, 6, 1)
    with pytest.raises(ProgressUpdate.DoesNotExist):
        action.standing(Moment.of(date(2024, 7, 1), date(2024, 7, 1)))
    assert action.standing(Moment.of(date(2024, 7, 1), today())) == opening
    assert opening.recorded_by.email == OFFICER
    assert action.history.get().history_who == "Information Governance Officer"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({0: "IA-0001"}, "assets.csv, row 2, column “reference”: “IA-0001” is already in this council."),
        ({3: "nobody"}, "assets.csv, row 2, column “owner_post”: There is no “nobody” in posts.csv."),
        ({5: "vellum"}, "assets.csv, row 2, column “form”: “vellum” is not one of: "),
    ],
)
def test_one_wrong_row_keeps_all_out(folder, change, sentence):
    wrong = [change.get(place, cell) for place, cell in enumerate(NEW_ASSET)]
    right = ["IA-0901", *NEW_ASSET[1:]]
    write(folder, "assets.csv", [ASSETS, wrong, right])
    assert sentence in refused(folder)


def test_an_action_older_than_its_plan_or_of_another_audit_is_refused(folder):
    early = [*NEW_ACTION[:-1], "2024-04-30"]
    other = ["REC-91", "records-2024", "R77", *NEW_ACTION[3:]]
    write(folder, "actions.csv", [ACTIONS, early, other])
    said = refused(folder)
    assert "row 2, column “opened_on”: This is before the plan was opened on 1 May 2024." in said
    assert "row 3, column “recommendation”: The audit of the plan has no “R77”" in said


def test_a_file_of_the_first_day_is_refused_and_not_passed_over(folder):
    write(folder, "assets.csv", [ASSETS, NEW_ASSET])
    write(folder, "units.csv", [["code"], ["another"]])
    assert "units.csv: This file is for the first day of a council" in refused(folder)


def test_an_empty_folder_is_said_to_be_one(folder):
    assert "There is none of assets.csv, risks.csv" in refused(folder)


@pytest.mark.parametrize(
    ("by", "sentence"),
    [("nobody@council.example", "Nobody signs in as nobody"), (ADMINISTRATOR, "may not answer for entries")],
)
def test_somebody_who_keeps_the_registers_answers_for_them(folder, by, sentence):
    write(folder, "assets.csv", [ASSETS, NEW_ASSET])
    assert sentence in refused(folder, by)


def test_a_dry_run_counts_and_writes_nothing(folder):
    write(folder, "assets.csv", [ASSETS, NEW_ASSET])
    before = rows_of_all_tables()
    assert "Rows that would be brought in: 1 (1 asset)." in add(folder, dry_run=True)
    assert rows_of_all_tables() == before
