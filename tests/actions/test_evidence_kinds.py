"""A file is what its name says, or it is refused in a sentence; whatever it is called, its name is safe."""

import pytest

from actions.services.filekinds import FileKindError, media_type_of, name_to_keep
from governance.core.packed import LARGEST_FILE, MEGABYTE
from tests.actions.evidence_files import (
    CSV,
    DOCX,
    JPG,
    OFFICE,
    PDF,
    PNG,
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
        with pytest.raises(FileKindError, match="is not what its name says"):
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
    with pytest.raises(FileKindError, match="is not what its name says"):
        media_type_of(name, data)


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
    with pytest.raises(FileKindError, match="is not what its name says"):
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
