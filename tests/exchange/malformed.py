"""A thousand files that are broken, each in its own way, the same in every run."""

import random
import struct
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from tests.exchange.uploads import CONTENT, HEADINGS, MAIN, csv_file, ods, packed, xlsx

SEED = 20161024
ROWS = [
    HEADINGS,
    ["", "Case files", "Paper", "owner", "unit"],
    ["IA-0001", "Café £5", "Data", "owner", "unit"],
]
DAYS = [
    ["Title", "The period runs from"],
    ["Case files", 42667],
    ["Older", -1],
    ["Later", 1e300],
    ["Odd", 99999999],
]


@cache
def sound():
    """Files that are in order, to be broken."""
    return {
        "register.csv": csv_file(ROWS),
        "semicolons.csv": csv_file(ROWS, separator=";"),
        "tabs.txt": csv_file(ROWS, separator="\t", encoding="utf-16"),
        "register.xlsx": xlsx(ROWS),
        "days.xlsx": xlsx(DAYS),
        "register.ods": ods({"Sheet1": ROWS}),
    }


def malformed(count: int) -> Iterator[tuple[str, bytes]]:
    """So many files, each with a name that says what was done to it."""
    chance = random.Random(SEED)
    for number in range(count):
        deed = DEEDS[number % len(DEEDS)]
        name, data = chance.choice(sorted(sound().items()))
        yield f"{number}-{deed.__name__}-{name}", deed(chance, data)


def flip(chance, data):
    """A few bits are the other way round."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


def truncate(chance, data):
    """The end is missing."""
    return data[: chance.randrange(len(data))]


def behead(chance, data):
    """The beginning is missing."""
    return data[chance.randrange(1, len(data)) :]


def nul(chance, data):
    """There are NULs in it."""
    place = chance.randrange(len(data))
    return data[:place] + b"\x00" * chance.randint(1, 5) + data[place:]


def recode(chance, data):
    """The mark of another encoding is in front, or the letters are of another one."""
    marks = [b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"\x81\x8d\x8f"]
    return chance.choice(marks) + data[chance.randrange(2) :]


def noise(chance, data):
    """It is nothing at all."""
    return chance.randbytes(chance.randint(1, 5000))


def splice(chance, data):
    """Halves of two files are one."""
    other = chance.choice(list(sound().values()))
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def flip_inside(chance, data):
    """The package is in order, but a part of it is broken."""
    if not data.startswith(b"PK"):
        return flip(chance, data)
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    parts[name] = chance.choice([flip, truncate, nul, noise])(chance, parts[name])
    return packed(parts)


def drop_part(chance, data):
    """A part of the package is missing."""
    if not data.startswith(b"PK"):
        return truncate(chance, data)
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts.pop(chance.choice(sorted(parts)))
    return packed(parts)


def wide(chance, data):
    """It has 16,384 columns, or says that it has."""
    cells = "".join(f"<c><v>{n}</v></c>" for n in range(chance.choice([201, 16_384])))
    kinds = [
        xlsx(f"<sheetData><row>{cells}</row></sheetData>"),
        xlsx('<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData>'),
        csv_file([["x"] * 16_384, ["y"] * 16_384]),
        ods({"S": '<table:table-row><table:table-cell table:number-columns-repeated="16384" '
                  'office:value-type="float" office:value="1"/></table:table-row>'}),
    ]  # fmt: skip
    return chance.choice(kinds)


def merge(chance, data):
    """Cells are merged, everywhere or nonsensically."""
    refs = "".join(f'<mergeCell ref="A{n}:{chance.choice(["C", "XFD", ""])}{n + 3}"/>' for n in range(1, 40))
    rows = "<row><c><v>1</v></c></row>" * 3
    spanned = (
        '<table:table-cell table:number-rows-spanned="{}" office:value-type="string">'
        "<text:p>Title</text:p></table:table-cell>"
    )
    return chance.choice([
        xlsx(f"<sheetData>{rows}</sheetData><mergeCells>{refs}</mergeCells>"),
        ods({"S": f"<table:table-row>{spanned.format(chance.choice(['3', '-1', 'x', '99999999999']))}"
                  "<table:covered-table-cell table:number-columns-repeated='9999999'/></table:table-row>"}),
    ])  # fmt: skip


def odd_cells(chance, data):
    """Numbers as dates, styles that are not there, texts that are not there, rows that count backwards."""
    cells = [
        '<c s="1"><v>1e308</v></c>', '<c s="1"><v>-5</v></c>', '<c s="99"><v>1</v></c>',
        '<c s="1"><v>2958466</v></c>',
        '<c t="s"><v>0</v></c>', '<c t="s"><v>99999999999999999999</v></c>', '<c t="s"><v>-1</v></c>',
        '<c t="b"><v>maybe</v></c>', '<c t="e"><v>#REF!</v></c>', "<c><v>nan</v></c>", "<c><v>inf</v></c>",
        '<c r="ZZZ9"><v>1</v></c>', '<c r="A"><v>1</v></c>', '<c t="d"><v>2016-13-45</v></c>', "<c><v/></c>",
        '<c t="inlineStr"><is><t>_x0000__xD800__x0009_</t></is></c>', '<c s="2"><v>0.5</v></c>',
    ]  # fmt: skip
    rows = "".join(
        f'<row r="{chance.choice(["", "0", "-1", "x", "1048577", "9" * 40])}">'
        f"{''.join(chance.sample(cells, 4))}</row>"
        for _ in range(5)
    )
    first = "<row>" + "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEADINGS) + "</row>"
    return xlsx(f"<sheetData>{first}{rows}</sheetData>")


def bomb(chance, data):
    """It unpacks to far more than it is, or says that it does not."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT)
        archive.writestr("xl/workbook.xml", f"<workbook {MAIN}/>")
        archive.writestr("xl/sharedStrings.xml", b"\x00" * chance.choice([1, 2, 60]) * 1024 * 1024)
    found = bytearray(file.getvalue())
    if chance.random() < 0.5:  # the list of contents lies about the size
        place = found.rfind(b"PK\x01\x02")
        struct.pack_into("<I", found, place + 24, 10)
    return bytes(found)


def nest(chance, data):
    """XML that declares entities, or nests without end."""
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
    deep = "<a>" * 5000
    part = chance.choice(
        ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
    )
    return xlsx(ROWS, extra={part: chance.choice([laughs, outside, deep, ""])})


def archive(chance, data):
    """A package that is no workbook, or one within another."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as outer:
        outer.writestr(
            chance.choice(["register.xlsx", "word/document.xml", "../../etc/passwd", "xl/workbook.bin"]), data
        )
    return file.getvalue()


def quotes(chance, data):
    """Quotation marks, separators and line ends wherever they may fall."""
    pieces = [
        '"',
        '""',
        ",",
        ";",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "Title",
        "=1+1",
        "é",
        "'",
        "sep=;",
        "\u2028",
        "\ufeff",
    ]
    return "".join(chance.choices(pieces, k=chance.randint(1, 400))).encode()


def long(chance, data):
    """Too many rows, or a cell without end."""
    return chance.choice([
        b"Title\n" + b"x\n" * 20_002,
        b"Title,Form\n" + b"x" * 200_000 + b",Paper\n",
        ods({"S": '<table:table-row table:number-rows-repeated="1048576">'
                  '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>'}),
        xlsx([["Title"], ["x" * 40_000]]),
    ])  # fmt: skip


DEEDS = [
    flip, truncate, behead, nul, recode, noise, splice, flip_inside, drop_part, wide, merge, odd_cells, bomb,
    nest, archive, quotes, long,
]  # fmt: skip
