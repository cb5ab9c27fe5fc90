"""Files as whoever opens them sees them, read without the product's own readers."""

import csv
import re
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def csv_rows(content):
    """The cells of a CSV file, as text."""
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_cells(content, sheet=1):
    """The cells of a sheet by their place: (type, style, text)."""
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))
    found = {}
    for row in root.iter(f"{MAIN}row"):
        for place, cell in enumerate(row.iter(f"{MAIN}c")):
            if len(cell):
                found[f"{letters(place)}{row.get('r')}"] = cell_of(cell)
    return found


def letters(place):
    """The name of the column at a place from 0: cells stand one after the other, without saying where."""
    return chr(ord("A") + place) if place < 26 else letters(place // 26 - 1) + letters(place % 26)


def cell_of(cell):
    text = "".join(part.text or "" for part in cell.iter() if part.tag in (f"{MAIN}t", f"{MAIN}v"))
    unescaped = re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)
    return cell.get("t", "n"), cell.get("s", "0"), unescaped


def xlsx_rows(content, sheet=1):
    """The texts of a sheet row by row; empty cells are empty texts."""
    cells = xlsx_cells(content, sheet)
    places = {place: re.fullmatch("([A-Z]+)([0-9]+)", place).groups() for place in cells}
    columns = sorted({letters for letters, _ in places.values()}, key=lambda name: (len(name), name))
    height = max(int(number) for _, number in places.values())
    return [
        [cells.get(f"{column}{row}", ("", "", ""))[2] for column in columns] for row in range(1, height + 1)
    ]
