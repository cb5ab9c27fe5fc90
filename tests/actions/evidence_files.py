"""Small files of each kind that is taken as evidence, made in memory, and documents that hold them."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile

from actions.services import evidence
from tests.factories import ActionFactory, UserFactory

OFFICE = "application/vnd.openxmlformats-officedocument."
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{RELATIONS}"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
RELATED = '<Relationships><Relationship Id="a" Type="{}" Target="{}"{}/></Relationships>'
OVERRIDE = '<Override PartName="/{}" ContentType="{}"/>'
PDF = (  # one page, with nothing on it
    b"%PDF-1.4\n"
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>> endobj\n"
    b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>> endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>> endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000053 00000 n \n0000000103 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n163\n%%EOF\n"
)
JPG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00"  # the frame: one grey point
    b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x52\xff\x00\x16\xff\xd9"
)
CSV = "Reference,Title\r\nICO-001,Café\r\n".encode()


def piece(kind, data=b""):
    """A piece of a PNG."""
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


PNG = b"\x89PNG\r\n\x1a\n" + b"".join((
    piece(b"IHDR", bytes.fromhex("00000001000000010800000000")),
    piece(b"IDAT", zlib.compress(b"\x00\x00")),
    piece(b"IEND"),
))  # fmt: skip


def packed(parts):
    """A package of parts by name."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def office(part, kind, **more):
    """A document or a workbook whose main part has that content type, with other parts."""
    types = TYPES.format(OVERRIDE.format(part, kind))
    return packed({"[Content_Types].xml": types, part: "<x/>", **more})


DOCX = office("word/document.xml", f"{OFFICE}wordprocessingml.document.main+xml")
XLSX = office("xl/workbook.xml", f"{OFFICE}spreadsheetml.sheet.main+xml")
WHOLE = {"pdf": PDF, "docx": DOCX, "xlsx": XLSX, "csv": CSV, "png": PNG, "jpg": JPG}


def upload(name="Minutes.pdf", data=PDF):
    """A file as a browser sends it, whatever it says of its kind."""
    return SimpleUploadedFile(name, data, content_type="text/html")


def a_document(action=None, *, title="Minutes of the group", file=None, link="", by=None):
    """A document that serves an action, with a file unless a link is given."""
    file = file or (None if link else upload())
    return evidence.add(action or ActionFactory(), title, file=file, link=link, by=by or UserFactory())
