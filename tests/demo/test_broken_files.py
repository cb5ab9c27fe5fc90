"""Whatever is wrong with a file is said by file, row and column, all of it at once, and nothing is loaded."""

import pytest

from governance.demo.newcomer import start
from governance.demo.shape import SHOWN, BrokenFilesError, Problem
from tests.demo.sheets import ADMINISTRATOR, append, change, examples, read, refused, write

pytestmark = pytest.mark.django_db

# What is typed into which cell, and what is said of it.
CELLS = [
    ("an unknown unit", "posts.csv", 3, "unit", "resource", "There is no “resource” in units.csv."),
    ("an unknown person", "holdings.csv", 4, "person", "x@council.example",
     "There is no “x@council.example” in"),
    ("a day that is none", "units.csv", 2, "from", "2016-02-30",
     "“2016-02-30” is not a date. Write it like 2016-10-24."),
    ("a day without a year", "actions.csv", 2, "due_on", "31/12", "“31/12” is not a date."),
    ("a code used before", "posts.csv", 4, "code", "ig-officer", "“ig-officer” is already in row 3."),
    ("nothing in it", "people.csv", 5, "display_name", "", "This is empty, but has to be filled in."),
    ("an unknown status", "updates.csv", 3, "status", "done",
     "“done” is not one of: not_started, in_progress, "),
    ("an unknown role", "roles.csv", 2, "role", "boss", "“boss” is not one of: iao, iaa, "),
    ("a word for a number", "scope_areas.csv", 3, "position", "second", "“second” is not a whole number."),
    ("less than nothing", "past_papers.csv", 2, "completed", "-1", "“-1” is not a whole number."),
    ("neither yes nor no", "assets.csv", 3, "contains_personal_data", "maybe",
     "“maybe” is not one of: yes, no."),
    ("another kind of reference", "assets.csv", 2, "reference", "A1",
     "“A1” is not a reference like IA-0042."),
    ("more than is stored", "assets.csv", 2, "title", "x" * 301,
     "Ensure this value has at most 300 characters"),
    ("no address", "people.csv", 2, "email", "nobody", "Enter a valid email address."),
    ("a code with spaces", "plans.csv", 2, "code", "my plan", "Enter a valid “slug”"),
    ("a character nobody stores", "risks.csv", 2, "cause", "a\x00b",
     "This holds a character that cannot be stored."),
    ("an end before the start", "roles.csv", 3, "until", "2020-01-01",
     "This ends before it begins on 3 January 2023."),
    ("a unit above itself", "units.csv", 2, "parent", "revenues",
     "The unit would be above itself: council under rev"),
    ("an action before its plan", "actions.csv", 3, "opened_on", "2024-04-30",
     "This is before the plan was opened"),
    ("another audit's reference", "actions.csv", 3, "recommendation", "R9",
     "The audit of the plan has no “R9”"),
    ("another audit's area", "actions.csv", 3, "scope_area", "gone", "The audit of the plan has no “gone”"),
    ("progress before the action", "updates.csv", 2, "effective_on", "2024-04-30",
     "The action was opened only on"),
    ("known before it was so", "updates.csv", 2, "known_on", "2024-06-02",
     "This was known before it took effect"),
    ("known in the future", "updates.csv", 3, "known_on", "2999-01-01", "1 January 2999 is in the future."),
    ("nothing that shows it", "updates.csv", 3, "source_document", "",
     "Name the paper that shows what was known"),
    ("a correction without a reason", "updates.csv", 5, "reason", "", "Say why the row is corrected."),
    ("another action's row", "updates.csv", 5, "corrects", "u1", "“u1” is of another action, REC-01."),
    ("a later row", "updates.csv", 4, "corrects", "u4", "“u4” was not known yet"),
    ("void, but of nothing", "updates.csv", 3, "void", "yes", "Say in “corrects” which row never happened."),
    ("two things needed", "dependencies.csv", 3, "needs_action", "REC-01",
     "Fill in either “needs_action” or"),
    ("itself needed", "dependencies.csv", 2, "needs_action", "REC-03", "The action would wait on itself."),
    ("a file that is not there", "past_papers.csv", 3, "file", "x.pdf", "There is no file “x.pdf”"),
    ("figures after the meeting", "past_papers.csv", 3, "as_at", "2024-09-20",
     "This is after the meeting of"),
    ("a plan that is not there", "past_papers.csv", 2, "plan", "other", "There is no “other” in plans.csv."),
    ("work out of order", "updates.csv", 3, "action", "REC-03",
     "REC-03 still waited on 2 September 2024, the day that was entered: to start, it needs REC-02"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "row", "column", "typed", "said"), [case[1:] for case in CELLS], ids=[c[0] for c in CELLS]
)
def test_a_cell_that_is_wrong_is_named_and_nothing_is_loaded(tmp_path, file, row, column, typed, said):
    folder = examples(tmp_path / "council")
    change(folder, file, row, **{column: typed})

    problems = refused(folder)
    place = f"{file}, row {row}, column “{'waiver' if 'still waited' in said else column}”: "
    assert [problem for problem in problems if problem.startswith(place + said)], problems


def test_a_file_that_is_missing_is_named(tmp_path):
    folder = examples(tmp_path / "council")
    (folder / "posts.csv").unlink()

    assert f"posts.csv: There is no such file in {folder}." in refused(folder)


def test_a_column_that_is_missing_is_named_with_those_needed(tmp_path):
    folder = examples(tmp_path / "council")
    write(folder, "people.csv", [["email", "account"], ["a@council.example", "yes"]])

    assert refused(folder) == [
        "people.csv, row 1, column “display_name”: The column is missing. "
        "The file needs: email, display_name, account."
    ]


def test_a_council_without_people_is_refused(tmp_path):
    folder = examples(tmp_path / "council")
    for file in folder.glob("*.csv"):
        if file.name not in {
            "units.csv",
            "posts.csv",
            "people.csv",
            "holdings.csv",
            "roles.csv",
            "bodies.csv",
        }:
            file.unlink()
    for file in ("people.csv", "holdings.csv"):
        write(folder, file, read(folder, file)[:1])

    assert refused(folder) == ["people.csv: There is nobody in the file."]


def test_a_column_that_is_there_twice_is_named(tmp_path):
    folder = examples(tmp_path / "council")
    write(folder, "people.csv", [["email", "display_name", "account", "email"]])

    assert "people.csv, row 1, column “email”: The column is there more than once." in refused(folder)


def test_a_text_with_commas_and_no_quotation_marks_is_named(tmp_path):
    folder = examples(tmp_path / "council")
    append(folder, "people.csv", "a@council.example", "Head of Parks", "Trees", "and Paths", "yes")

    assert "people.csv, row 7, column “account”: 5 cells for 3 columns." in "\n".join(refused(folder))


def test_a_file_not_in_utf_8_is_named_by_its_first_wrong_cell(tmp_path):
    folder = examples(tmp_path / "council")
    file = folder / "people.csv"
    file.write_bytes(file.read_bytes() + "caf@council.example,Caf\u00e9 Manager,yes\n".encode("cp1252"))

    assert refused(folder) == [
        "people.csv, row 7, column “display_name”: "
        "This is not written in UTF-8. Save the file as “CSV UTF-8”."
    ]


def test_quotation_marks_that_are_never_closed_are_named(tmp_path):
    folder = examples(tmp_path / "council")
    with (folder / "posts.csv").open("a") as file:
        file.write('parks,"Head of Parks,resources,\n')

    assert "posts.csv: The file cannot be read from line 8 on" in "\n".join(refused(folder))


def test_a_circle_of_dependencies_is_named_with_the_way_round(tmp_path):
    folder = examples(tmp_path / "council")
    append(folder, "dependencies.csv", "REC-02", "REC-03", "", "start", "2024-05-01", "", "")

    [problem] = [one for one in refused(folder) if "circle" in one]
    assert problem.startswith("dependencies.csv, row 4, column “needs_action”: ")
    assert "REC-02 waits on REC-03 waits on REC-02" in problem


def test_a_row_corrected_twice_is_named(tmp_path):
    folder = examples(tmp_path / "council")
    change(folder, "updates.csv", 3, action="REC-02", corrects="u3", reason="Twice", known_on="2024-09-05")

    assert any("“u3” is corrected by row 3 already" in problem for problem in refused(folder))


def test_all_problems_of_all_files_are_found_at_once(tmp_path):
    folder = examples(tmp_path / "council")
    change(folder, "units.csv", 2, **{"from": "yesterday"})
    change(folder, "posts.csv", 3, unit="nowhere")
    change(folder, "assets.csv", 2, form="stone")
    change(folder, "dependencies.csv", 3, needs_action="REC-01")

    assert [problem.partition(":")[0] for problem in refused(folder)] == [
        "units.csv, row 2, column “from”",
        "assets.csv, row 2, column “form”",
        "posts.csv, row 3, column “unit”",
        "dependencies.csv, row 3, column “needs_action”",
    ]


def test_no_more_than_a_page_of_problems_is_printed():
    problems = [Problem("units.csv", "Wrong.", row, "code") for row in range(2, SHOWN + 5)]
    printed = str(BrokenFilesError(problems)).splitlines()

    assert len(printed) == SHOWN + 2
    assert printed[-2:] == ["... and 3 more.", "Nothing was loaded."]


def test_what_a_spreadsheet_here_writes_is_read_all_the_same(tmp_path):
    """A byte order mark, semicolons, lines of Windows, days as 01/04/1974, an empty line at the end."""
    folder = examples(tmp_path / "council")
    for name in ("units.csv", "holdings.csv"):
        text = (folder / name).read_text().replace(",", ";").replace("1974-04-01", "01/04/1974")
        (folder / name).write_bytes(b"\xef\xbb\xbf" + f"{text};;;;\n\n".replace("\n", "\r\n").encode())

    assert start(folder, ADMINISTRATOR, "a password").counts["organisational units"] == 3
