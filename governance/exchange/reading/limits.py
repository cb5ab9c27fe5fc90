"""How much of a file is read at all, so that nobody can stop the service with one."""

from __future__ import annotations

from django.utils.text import get_text_list

from governance.people.registers.cells import Cell

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ods")  # of the names of files that are read
READ = get_text_list([*ENDINGS], "or")
TAKEN = f"Bring one that ends in {READ}"
AS_XLSX = "Save it as XLSX"
MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 32_767  # characters; Excel's own limit
# Of all cells together: a workbook may name one long text a million times, so its size says nothing. Rows
# of 1,250 characters, 20,000 of them.
MOST_CHARACTERS = 25_000_000


class FileRefusedError(ValueError):
    """A file that is not read; its words are the sentence for the person, saying what and where, and behind
    that what file to bring instead, where that is the matter."""

    def __init__(self, sentence: str, instead: str = "") -> None:
        super().__init__(f"{sentence}. {instead}" if instead else sentence)
        self.says_what_instead = bool(instead)


def column_letters(place: int) -> str:
    """The letters that a spreadsheet gives a column: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Grid:
    """Rows as they come in, within the limits. Blank rows are passed over, so a sparse sheet is small."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, list[Cell]]] = []
        self.characters = 0

    def add(self, number: int, cells: list[Cell]) -> None:
        """One row, numbered as in the file. Raises FileRefusedError beyond the limits."""
        while cells and cells[-1] in (None, ""):
            cells.pop()
        if not any(cell not in (None, "") for cell in cells):
            return
        if len(cells) > MOST_COLUMNS:
            raise too_wide(number, len(cells) - 1)
        self._measure(number, cells)
        if len(self.rows) > MOST_ROWS:
            raise FileRefusedError(
                f"The file has more than {MOST_ROWS:,} rows: row {number} is one too many. Split the file"
            )
        self.rows.append((number, cells))

    def _measure(self, number: int, cells: list[Cell]) -> None:
        sizes = [len(cell) if isinstance(cell, str) else 0 for cell in cells]
        if (longest := max(sizes)) > LONGEST_CELL:
            where = f"Row {number}, column {column_letters(sizes.index(longest))}"
            raise FileRefusedError(f"{where} holds {longest:,} characters. {LONGEST_CELL:,} is the most")
        self.characters += sum(sizes)
        if self.characters > MOST_CHARACTERS:
            raise FileRefusedError(
                f"The cells down to row {number} hold over {MOST_CHARACTERS:,} characters. Split the file"
            )


def too_wide(number: int, place: int) -> FileRefusedError:
    """The refusal of a row that reaches too far to the right."""
    return FileRefusedError(
        f"Row {number} reaches to column {column_letters(place)}. {MOST_COLUMNS} columns are the most: "
        "delete the columns that are not needed, also those that only look empty"
    )
