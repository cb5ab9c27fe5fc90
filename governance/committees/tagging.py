"""The finishing pass over a PDF: what PDF/UA asks for and WeasyPrint 70 leaves out (docs/decisions).

Table headings get their scope; a table that runs over several pages becomes one table again, its repeated
headings no part of the text; running heads and feet become artifacts; links are printed as they are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Name

# What WeasyPrint writes before each piece of text; text itself is never in this form in its streams.
MARKED = re.compile(rb"/\w+\s*<<\s*/MCID\s+(\d+)\s*>>\s*BDC")
ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"
PRINTED = 4  # the Print flag of an annotation (ISO 32000-1, table 165)


def finish(file: bytes) -> bytes:
    """The same document with its tags put right."""
    with pikepdf.open(BytesIO(file)) as pdf:
        root = pdf.Root.StructTreeRoot
        _join_tables(root)
        _give_scopes(root)
        referred = _referred(root)
        _forget(root, referred, pdf)
        for page in pdf.pages:
            _mark_artifacts(pdf, page, referred.get(page.objgen, set()))
            for annotation in page.get("/Annots", ()):
                annotation.F = int(annotation.get("/F", 0)) | PRINTED
        made = BytesIO()
        pdf.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


def _each(kids: Any) -> list[Any]:
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _parts(element: Any, *names: str) -> list[Any]:
    """The elements right below that have one of these names (all elements, if none is given)."""
    kids = [kid for kid in _each(element.get("/K")) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return [kid for kid in kids if not names or str(kid.S) in names]


def _below(element: Any, *, in_head: bool = False) -> Iterator[tuple[Any, bool]]:
    """Every element of the tree below, and whether it lies in a table's head."""
    for kid in _parts(element):
        inside = in_head or Name.THead == kid.S
        yield kid, inside
        yield from _below(kid, in_head=inside)


def _join_tables(root: Any) -> None:
    """Give the rows of each continuation to the table it continues.

    Every table of a paper that has a head has a caption, and only its first part carries it.
    """
    begun = None
    for table in [element for element, _ in _below(root) if Name.Table == element.S]:
        if _parts(table, "/Caption") or not _parts(table, "/THead"):
            begun = table
        elif begun is not None:
            _continue(begun, table)
            _take_out(table)


def _continue(table: Any, continuation: Any) -> None:
    body = _parts(table, "/TBody")[-1]
    for rows in _parts(continuation, "/TBody"):
        for row in _parts(rows):
            row.P = body
            body.K.append(row)


def _take_out(element: Any) -> None:
    """Take an element out of its parent, and the parent too once nothing is left in it."""
    parent = element.P
    kept = [
        kid
        for kid in _each(parent.K)
        if not (isinstance(kid, pikepdf.Dictionary) and kid.objgen == element.objgen)
    ]
    parent.K = pikepdf.Array(kept)
    if not kept and "/P" in parent:
        _take_out(parent)


def _give_scopes(root: Any) -> None:
    """Headings of a head are for their column, others for their row; that says all that header lists say."""
    for element, in_head in _below(root):
        if element.S in (Name.TH, Name.TD) and "/A" in element:
            if "/Headers" in element.A:
                del element.A["/Headers"]
            if element.S == Name.TH:
                element.A.Scope = Name.Column if in_head else Name.Row


def _referred(root: Any) -> dict[Any, set[int]]:
    """For each page, the marked contents that the tree refers to."""
    referred: dict[Any, set[int]] = {}
    for element, _ in _below(root):
        for kid in _each(element.get("/K")):
            if isinstance(kid, int):
                referred.setdefault(element.Pg.objgen, set()).add(kid)
    return referred


def _forget(root: Any, referred: dict[Any, set[int]], pdf: pikepdf.Pdf) -> None:
    """Contents that are no part of the text any more lead to no element."""
    numbers = _each(root.ParentTree.Nums)
    contents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for page in pdf.pages:
        elements = contents[int(page.StructParents)]
        for number in range(len(elements)):
            if number not in referred.get(page.objgen, set()):
                elements[number] = None


def _mark_artifacts(pdf: pikepdf.Pdf, page: pikepdf.Page, referred: set[int]) -> None:
    """Mark what the tree does not refer to as belonging to the page, not to the text."""

    def mark(found: re.Match[bytes]) -> bytes:
        return found[0] if int(found[1]) in referred else ARTIFACT

    page.contents_coalesce()
    page.Contents = pdf.make_stream(MARKED.sub(mark, page.Contents.read_bytes()))
