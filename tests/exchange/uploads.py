"""Files for tests, made in memory: CSV, and workbooks written part by part."""

import csv
from io import BytesIO, StringIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from governance.exchange.importing import check, guess, receive
from governance.exchange.importing.matching import match
from governance.exchange.importing.receiving import table_of
from governance.people.registers.sheet import SHEETS

HEADINGS = ["Reference", "Title", "Form", "Owner", "Unit"]


def csv_file(rows, *, separator=",", encoding="utf-8"):
    """The rows as CSV."""
    text = StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def row_of(asset, **other):
    """A row under HEADINGS for an asset, as it stands unless said."""
    cells = {
        "reference": asset.reference, "title": asset.title, "form": asset.get_form_display(),
        "owner": asset.owner.code, "unit": asset.unit.code,
    }  # fmt: skip
    return list((cells | other).values())


def brought(data, by, *, register="assets", name="housing.csv", source="Housing", mapping=None, **options):
    """A batch, received, matched by the headings, and checked."""
    batch = receive(data, name, register=register, source=source, by=by)
    table = table_of(batch)
    found = guess(SHEETS[register], table.headings, {}) if mapping is None else mapping
    match(batch, {heading: found.get(heading, "") for heading in table.headings if heading}, **options)
    check(batch, by)
    return batch


# XLSX

CONTENT = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
    "</Relationships>"
)
OF_PACKAGE = RELS.format(
    '<Relationship Id="r0" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="xl/workbook.xml"/>'
)
REL = (
    '<Relationship Id="r{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
    ' Target="worksheets/sheet{0}.xml"/>'
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STYLES = (
    f"<styleSheet {MAIN}>"
    '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs>'
    "</styleSheet>"
)


def xlsx(sheets, *, styles=STYLES, workbook="", extra=()):
    """A workbook: for each sheet name the XML of its <sheetData>, or rows of plain values."""
    if not isinstance(sheets, dict):
        sheets = {"Sheet1": sheets}
    parts = {"[Content_Types].xml": CONTENT, "_rels/.rels": OF_PACKAGE, "xl/styles.xml": styles}
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1)
    )
    parts["xl/workbook.xml"] = f'<workbook {MAIN} xmlns:r="r">{workbook}<sheets>{listed}</sheets></workbook>'
    parts["xl/_rels/workbook.xml.rels"] = RELS.format(
        "".join(REL.format(n) for n in range(1, len(sheets) + 1))
    )
    for n, rows in enumerate(sheets.values(), 1):
        data = rows if isinstance(rows, str) else f"<sheetData>{''.join(map(xml_row, rows))}</sheetData>"
        parts[f"xl/worksheets/sheet{n}.xml"] = f"<worksheet {MAIN}>{data}</worksheet>"
    return packed(parts | dict(extra))


def xml_row(cells):
    """A row whose cells follow each other, without saying where they stand."""
    return f"<row>{''.join(map(xml_cell, cells))}</row>"


def xml_cell(value):
    """A cell: a number as one, anything else as an inline text."""
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>' if value else "<c/>"


def packed(parts):
    """Parts by name, zipped."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


# ODS

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/></manifest:manifest>'
)


def ods(tables, *, kind=ODS_TYPE, extra=()):
    """A workbook: for each sheet name the XML of its rows, or rows of texts."""
    found = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        f"{rows if isinstance(rows, str) else ''.join(map(ods_row, rows))}</table:table>"
        for name, rows in tables.items()
    )
    spaces = " ".join(f'xmlns:{each}="{each}"' for each in ("office", "table", "text"))
    content = (
        f"<office:document-content {spaces}><office:body>{found}</office:body></office:document-content>"
    )
    parts = {"mimetype": kind, "META-INF/manifest.xml": MANIFEST, "content.xml": content}
    return packed(parts | dict(extra))


def ods_row(cells):
    """A row of texts."""
    return "<table:table-row>" + "".join(map(ods_cell, cells)) + "</table:table-row>"


def ods_cell(value):
    """A cell with a text."""
    text = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
