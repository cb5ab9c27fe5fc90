"""A file is what its name says, or it is refused in a sentence; whatever it is called, its name is safe."""

import re
import warnings
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest

from actions.services.filekinds import FileKindError, media_type_of, name_to_keep
from actions.services.officefiles import FETCHES, HOLDS, MACROS, TOO_MUCH
from actions.services.pdffiles import BROKEN, PROTECTED, RUNS
from governance.core.packed import LARGEST_FILE, MEGABYTE
from tests.actions.evidence_files import (
    CSV,
    DOCX,
    JPG,
    OFFICE,
    OVERRIDE,
    PDF,
    PNG,
    RELATED,
    TYPES,
    WHOLE,
    XLSX,
    office,
    packed,
    piece,
)

WORD = "word/document.xml"
WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
SHEET = f"{OFFICE}spreadsheetml.sheet.main+xml"
PLAIN = f"{OFFICE}wordprocessingml.document.main+xml"


@pytest.mark.parametrize("ending", [*WHOLE, "jpeg", "PDF", "Docx"])
def test_a_whole_file_of_each_kind_is_taken(ending):
    data = WHOLE[ending.lower().replace("jpeg", "jpg")]
    assert media_type_of(f"Minutes.{ending}", data) != "text/html"


@pytest.mark.parametrize(("ending", "data"), WHOLE.items())
def test_no_kind_passes_for_another(ending, data):
    for other in WHOLE.keys() - {ending}:
        with pytest.raises(FileKindError, match="is not taken as"):
            media_type_of(f"Minutes.{other}", data)


@pytest.mark.parametrize("name", ["run.exe", "page.html", "drawing.svg", "list.docm", "minutes", ".pdf.", ""])
def test_other_kinds_are_refused_with_those_that_are_taken(name):
    with pytest.raises(FileKindError, match="Choose a file of the kind PDF, DOCX, XLSX, CSV, PNG or JPG"):
        media_type_of(name, PDF)


@pytest.mark.parametrize(
    ("name", "data"),
    {
        "a document with macros under another name": ("a.docx", office(WORD, WITH_MACROS)),
        "macros beside a plain document": ("a.docx", office(WORD, PLAIN, **{"word/vbaProject.bin": "x"})),
        "macros under a plain name": (
            "a.docx",
            office(WORD, f'{PLAIN}"/><Default ContentType="application/vnd.ms-office.vbaProject'),
        ),
        "sheets of old macros": (
            "a.xlsx",
            office(
                "xl/workbook.xml", f"{OFFICE}spreadsheetml.sheet.main+xml", **{"xl/macrosheets/a.xml": "x"}
            ),
        ),
        "any archive": ("a.docx", packed({"readme.txt": "x"})),
        "a document that only names its kind": ("a.docx", packed({"[Content_Types].xml": PLAIN})),
        "an archive behind a page": ("a.docx", b"<html><script>alert(1)</script></html>" + DOCX),
        "half a workbook": ("a.xlsx", XLSX[: len(XLSX) // 2]),
        "a PDF that is an archive too": ("a.pdf", PDF + packed({"a": "b"}) + b"%%EOF"),
        "a page that ends as a PDF": ("a.pdf", b"<html>%PDF-1.4 %%EOF"),
        "a PDF that broke off": ("a.pdf", PDF[:20]),
        "a picture with a page behind it": ("a.png", PNG + b"<script>alert(1)</script>"),
        "a picture with a wrong sum": ("a.png", PNG[:30] + b"\x00\x01" + PNG[32:]),
        "a picture that broke off": ("a.png", PNG[:-4]),
        "a picture whose piece never ends": ("a.png", PNG[:8] + b"\xff\xff\xff\xffIHDR"),
        "a photograph that is an archive too": ("a.jpg", JPG + packed({"a": "b"})),
        "a photograph that broke off": ("a.jpg", JPG[:-2]),
        "a page as a table": ("a.csv", b" <!DOCTYPE html><script>alert(1)</script>"),
        "a script as a table": ("a.csv", b"#!/bin/sh\nrm -r /"),
        "numbers of a machine as a table": ("a.csv", b"\x7fELF\x02\x01\x01\x00\x00"),
        "a table in two bytes a sign": ("a.csv", "Reference;Title".encode("utf-16")),
    }.values(),
)
def test_what_only_looks_right_is_refused(name, data):
    with pytest.raises(FileKindError, match="is not taken as"):
        media_type_of(name, data)


LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
OUTSIDE = ' TargetMode="External"'


def document(*types, **more):
    """A plain document whose list of parts says more than its own kind."""
    said = OVERRIDE.format(WORD, PLAIN) + "".join(types)
    return packed({"[Content_Types].xml": TYPES.format(said), WORD: "<x/>", **more})


def default(ending, kind):
    return f'<Default Extension="{ending}" ContentType="{kind}"/>'


def related(role, target, more=""):
    return document(**{"word/_rels/document.xml.rels": RELATED.format(role, target, more)})


def twice(*parts):
    """A package in which names come more than once: what is read depends on who reads."""
    file = BytesIO()
    with warnings.catch_warnings(), ZipFile(file, "w") as archive:
        warnings.simplefilter("ignore")
        for name, data in parts:
            archive.writestr(name, data)
    return file.getvalue()


def said_of(name, data):
    """Why a file is not taken."""
    with pytest.raises(FileKindError, match="is not taken as") as refused:
        media_type_of(name, data)
    return str(refused.value)


HIDDEN_MACROS = {
    "letters written as numbers": WITH_MACROS.replace("macroEnabled", "macroEn&#97;bled"),
    "numbers of sixteen": WITH_MACROS.replace("macroEnabled", "macro&#x45;nabled"),
    "capitals": WITH_MACROS.replace("macroEnabled", "MACROENABLED"),
    "with the plain kind in a comment": f'{WITH_MACROS}"/><!-- {PLAIN} --><Default Extension="a',
}


@pytest.mark.parametrize("kind", HIDDEN_MACROS.values(), ids=HIDDEN_MACROS)
def test_macros_are_found_however_their_kind_is_written(kind):
    assert said_of("a.docx", office(WORD, kind)).endswith(MACROS)


@pytest.mark.parametrize(
    "data",
    [
        document(default("bin", "application/vnd.ms-office.vb&#97;Project"), **{"word/a.bin": "x"}),
        document(default("bin", f"{OFFICE}oleObject"), **{"word/embeddings/a.bin": "x"}),
        document(default("bin", "application/vnd.ms-office.activeX"), **{"word/a.bin": "x"}),
        related("http://schemas.microsoft.com/office/2006/relationships/vb&#97;Project", "a.bin"),
        related(f"{LINKS}control", "a.xml"),
    ],
)
def test_what_runs_is_found_by_its_kind_and_by_what_leads_to_it(data):
    assert said_of("a.docx", data).endswith(MACROS)


@pytest.mark.parametrize(
    "data",
    [
        document(**{"word/embeddings/run.exe": "MZ"}),
        document(default("exe", "application/x-msdownload"), **{"word/run.exe": "MZ"}),
        document(default("xml2", "image/png"), **{"word/embeddings/a.xml2": "x"}),
        document(default("htm", "text/html"), **{"word/a.htm": "<script>"}),
        document(default("png", "image/png"), **{"word/media/a.png": packed({"a": "b"})}),
        document(default("docx", f"{OFFICE}wordprocessingml.document"), **{"word/embeddings/a.docx": DOCX}),
    ],
)
def test_a_document_holds_no_other_files(data):
    assert said_of("a.docx", data).endswith(HOLDS)


@pytest.mark.parametrize("role", ["attachedTemplate", "image", "oleLink", "externalLinkPath", "frame"])
def test_a_document_fetches_nothing_from_elsewhere_but_may_link_there(role):
    assert said_of("a.docx", related(LINKS + role, "https://a.example/a.dotm", OUTSIDE)).endswith(FETCHES)
    assert media_type_of("a.docx", related(f"{LINKS}hyperlink", "https://a.example", OUTSIDE))


def test_names_that_come_twice_or_that_readers_take_differently_are_refused():
    types = [
        ("[Content_Types].xml", TYPES.format(OVERRIDE.format(WORD, kind))) for kind in (WITH_MACROS, PLAIN)
    ]
    whole = (types[1], (WORD, "<x/>"))
    assert media_type_of("a.docx", twice(*whole))
    for parts in (
        (*types, (WORD, "<x/>")),
        (*whole, ("WORD/Document.xml", "<y/>")),
        (*whole, ("word\\document.xml", "<y/>")),
        (*whole, ("/word/a.xml", "<y/>")),
        (*whole, ("word/../a.xml", "<y/>")),
    ):
        said_of("a.docx", twice(*parts))


def test_a_list_of_parts_with_a_document_type_or_two_main_parts_is_refused():
    named = '<!DOCTYPE Types [<!ENTITY kind "x">]>' + TYPES.format(OVERRIDE.format(WORD, PLAIN))
    said_of("a.docx", packed({"[Content_Types].xml": named, WORD: "<x/>"}))
    said_of("a.docx", document(OVERRIDE.format("word/a.xml", PLAIN), **{"word/a.xml": "<x/>"}))
    said_of("a.docx", document(OVERRIDE.format(WORD, f"{OFFICE}wordprocessingml.styles+xml")))


def test_the_workbook_behind_a_chart_is_taken_and_looked_over_too():
    def with_chart(workbook):
        kind = default("xlsx", f"{OFFICE}spreadsheetml.sheet")
        return document(kind, **{"word/embeddings/Microsoft_Excel_Sheet.xlsx": workbook})

    assert media_type_of("a.docx", with_chart(XLSX))
    main = "xl/workbook.xml"
    macros = office(main, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    assert said_of("a.docx", with_chart(macros)).endswith(MACROS)
    assert said_of("a.docx", with_chart(office(main, SHEET, **{"xl/embeddings/a": XLSX}))).endswith(HOLDS)
    many = office(main, SHEET, **{f"xl/{number}.xml": "" for number in range(999)})
    assert said_of("a.docx", with_chart(many)).endswith(TOO_MUCH)
    said_of("a.docx", with_chart(XLSX[:-30]))


def pdf(*said):
    return b"%PDF-1.7\n1 0 obj<<" + b" ".join(said) + b">>endobj\ntrailer<<>>\n%%EOF\n"


def objects(said, about=b"/Filter/FlateDecode", pack=zlib.compress):
    """A PDF whose objects are in a packed stream."""
    return pdf(b"/Type/ObjStm/N 1/First 4" + about + b">>stream\r\n" + pack(said) + b"\nendstream\n2 0 obj<<")


@pytest.mark.parametrize(
    "said",
    [
        b"/S/JavaScript/JS(app.alert\\(1\\))",
        b"/S /J#61vaScript /JS (x)",
        b"/OpenAction<</S/Launch/F(cmd.exe)>>",
        b"/Names<</EmbeddedFiles 5 0 R>>",
        b"/Type/EmbeddedFile",
        b"/Subtype/RichMedia",
    ],
)
def test_a_pdf_with_a_script_a_program_or_a_file_in_it_is_refused_also_where_it_is_packed(said):
    assert said_of("a.pdf", pdf(said)).endswith(RUNS)
    assert said_of("a.pdf", objects(said)).endswith(RUNS)
    assert said_of("a.pdf", objects(said, about=b"", pack=bytes)).endswith(RUNS)


def test_a_plain_pdf_is_taken_also_where_it_packs_its_objects_or_says_where_it_opens():
    for said in (b"/OpenAction[3 0 R/Fit]", b"/Title(JavaScript and Launch)", b"/Type/JavaScripts"):
        assert media_type_of("a.pdf", pdf(said)) == media_type_of("a.pdf", objects(said)) == "application/pdf"


def test_a_pdf_that_cannot_be_looked_through_is_refused():
    assert said_of("a.pdf", pdf(b"/Encrypt 5 0 R")).endswith(PROTECTED)
    for data in (
        objects(b"x", about=b"/Filter/LZWDecode"),
        objects(b"x", about=b"/Filter/FlateDecode/DecodeParms<</Predictor 12>>"),
        objects(b"x", pack=bytes),  # it says that it is packed
        objects(bytes(51 * MEGABYTE)),
        pdf(b"/Type/ObjStm"),  # and no stream that could be found
    ):
        assert f"{BROKEN} that can be looked through" in said_of("a.pdf", data)


@pytest.mark.parametrize(
    "begins", [b"<html><script>alert(1)</script>", b"Rar!\x1a\x07\x01\x00", b"MZ\x90\x00"]
)
def test_something_else_that_begins_and_ends_as_a_pdf_is_refused(begins):
    assert said_of("a.pdf", pdf(b"").replace(b"1.7\n", b"1.7\n" + begins)).endswith(BROKEN)
    assert said_of("a.pdf", pdf(b"").replace(b"1.7\n", b"\n")).endswith(BROKEN)


def test_photographs_are_read_mark_by_mark():
    body = JPG[2:-2]
    assert media_type_of("a.jpg", b"\xff\xd8\xff\xe1\x00\x08Exif\xff\xd9" + body + b"\xff\xd9")
    assert media_type_of("a.jpg", JPG + JPG + b"what a telephone writes")
    for data in (
        b"\xff\xd8\xff<script>alert(1)</script>\xff\xd9",
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9",  # no picture
        JPG.replace(b"\xff\xda\x00\x08", b"\xff\xda\xff\xff"),
        JPG[:2] + b"\xff\xe0\x00\x01" + body,
        JPG[:2] + b"\xff\x01\x00\x02" + body + JPG[-2:],
        JPG + b"a" * 65_537,
        JPG + JPG[:-2] + b"a" * 65_537,
        JPG[:2] + b"\xff\xe0\x00\x02" * 20_001 + body + JPG[-2:],
    ):
        said_of("a.jpg", data)


def test_a_picture_of_a_great_many_empty_pieces_is_not_read_to_its_end():
    said_of("a.png", PNG[:33] + piece(b"IDAT") * 20_001 + PNG[33:])
    assert media_type_of("a.png", PNG[:33] + piece(b"tEXt") * 1_000 + PNG[33:])


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x0b", "\x1f", "\ufffd"])
def test_a_table_has_no_sign_that_no_text_has(sign):
    said_of("a.csv", f"Reference{sign};Title".encode())
    assert media_type_of("a.csv", b"Reference\tTitle\r\n\x7f") == "text/csv"


def test_every_refusal_names_the_file_and_ends_as_a_sentence_on_a_page_does():
    assert re.fullmatch("“a.docx” is not taken as DOCX: .+[^.]", said_of("a.docx", PDF))


def test_what_unpacks_to_too_much_is_refused_without_unpacking_it():
    bomb = office(WORD, PLAIN, **{"word/media/a.bin": bytes(60 * MEGABYTE)})
    assert len(bomb) < MEGABYTE
    with pytest.raises(FileKindError, match="unpacks to too much"):
        media_type_of("a.docx", bomb)
    many = office(WORD, PLAIN, **{f"word/{number}.xml": "" for number in range(1_001)})
    with pytest.raises(FileKindError, match="unpacks to too much"):
        media_type_of("a.docx", many)


def test_a_list_of_contents_that_lies_of_a_size_is_found_out():
    honest = office(WORD, PLAIN, **{"word/media/a.bin": bytes(3 * MEGABYTE // 2)})
    size = (3 * MEGABYTE // 2).to_bytes(4, "little")
    lying = honest.replace(size, (16).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(FileKindError, match="is not taken as"):
        media_type_of("a.docx", lying)


def test_empty_files_and_those_above_ten_megabytes_are_refused_by_their_own_sentences():
    with pytest.raises(FileKindError, match="is empty"):
        media_type_of("a.pdf", b"")
    with pytest.raises(FileKindError, match="10 MB or smaller"):
        media_type_of("a.csv", b"a" * (LARGEST_FILE + 1))
    assert media_type_of("a.csv", b"a" * LARGEST_FILE) == "text/csv"


def test_tables_in_the_letters_of_windows_are_taken():
    assert media_type_of("a.csv", "Café;£5".encode("cp1252")) == "text/csv"
    assert media_type_of("a.csv", b"\xef\xbb\xbf" + CSV) == "text/csv"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Minutes.pdf", "Minutes.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\Minutes.pdf", "Minutes.pdf"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("Mi\x00nu\r\ntes\u202e.pdf", "Mi nu tes .pdf"),
        ("a." + "b" * 300, "a." + "b" * 118),
        ("Café – notes.pdf", "Café – notes.pdf"),
        ("folder/", ""),
    ],
)
def test_names_lose_folders_and_signs_that_do_not_print_and_keep_their_ending(said, kept):
    assert name_to_keep(said, 120) == kept


def test_a_piece_of_a_picture_is_built_as_the_reader_reads_it():
    assert piece(b"IEND") == bytes.fromhex("0000000049454e44ae426082")
