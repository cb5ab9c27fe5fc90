"""The demonstration council is loaded once, all or nothing, and never beside another."""

from pathlib import Path
from shutil import copytree

import pytest
from django.core.management import CommandError, call_command

from governance.committees.models import Rendering
from governance.core.dates import today
from governance.demo.loader import DATA, OtherCouncilError, load
from governance.demo.shape import BrokenFilesError
from governance.people.models import OrganisationalUnit
from tests.demo.sheets import change, rows_of_all_tables

pytestmark = pytest.mark.django_db
QUERIES = 8_950  # what keeps the first start quick; a clock would measure the machine


@pytest.fixture(autouse=True)
def written(settings, tmp_path) -> Path:
    settings.VAR_DIR = tmp_path / "var"
    return settings.VAR_DIR / "demonstration-accounts.txt"


def test_the_first_time_it_is_loaded_and_the_second_time_nothing_changes(
    written, django_assert_max_num_queries
):
    with django_assert_max_num_queries(QUERIES):
        first = load()
    before, kept = rows_of_all_tables(), written.read_text()
    second = load()

    assert (first.changed, second.changed) == (True, False)
    assert (first.counts["assets"], first.counts["risks"], first.counts["actions"]) == (60, 25, 103)
    assert first.lines[0].startswith("Northmere City Council is loaded: 16 organisational units, ")
    assert second.lines == ["Northmere City Council is there already.", f"The accounts are in {written}."]
    assert rows_of_all_tables() == before
    assert written.read_text() == kept
    assert Rendering.objects.filter(state="queued", format="pdf").count() == 8


def test_without_the_demonstration_there_are_no_accounts():
    with pytest.raises(CommandError, match="The demonstration council is not loaded"):
        call_command("demo_accounts", renew=True)


def test_it_is_never_mixed_with_another_council():
    OrganisationalUnit.objects.create(code="other", name="Another council", from_on=today())
    before = rows_of_all_tables()

    with pytest.raises(OtherCouncilError, match="holds a council already \\(1 organisational unit\\)"):
        load()
    assert rows_of_all_tables() == before


def test_a_broken_file_of_the_demonstration_loads_nothing_and_writes_no_accounts(tmp_path, written):
    folder = Path(copytree(DATA, tmp_path / "data"))
    change(folder, "paper_sections.csv", 4, paper="progress-2015-01")
    change(folder, "papers.csv", 3, plans="ico-2015 other-2016", published_on="2016-10-25")
    change(folder, "papers.csv", 5, follows="policy-2017-04")
    before = rows_of_all_tables()

    with pytest.raises(BrokenFilesError) as refusal:
        load(folder)
    assert [str(problem) for problem in refusal.value.problems] == [
        "papers.csv, row 3, column “plans”: There is no “other-2016” in plans.csv.",
        "papers.csv, row 3, column “meeting_on”: This is before the paper was published on 25 October 2016.",
        "papers.csv, row 5, column “follows”: The report to the first body stands in a row further up.",
        "papers.csv, row 5, column “follows”: This is a report to the same body.",
        "papers.csv, row 5, column “follows”: The figures of the first report are of a later day.",
        "paper_sections.csv, row 4, column “paper”: There is no “progress-2015-01” in papers.csv.",
    ]
    assert rows_of_all_tables() == before
    assert not written.exists()
