"""The paper as a Word document: real headings, lists and tables, in the order of the PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt

from governance.committees import pdf
from governance.committees.outputs import reading
from governance.committees.outputs.picture import picture
from governance.committees.representations import stored

if TYPE_CHECKING:
    from docx.document import Document

    from governance.committees.models import Edition, Issue, Paper

LANGUAGE = "en-GB"
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LISTS = {"ul": "List Bullet", "ol": "List Number"}
DEEPEST = 3  # the styles of lists in lists that Word has by itself
PARTS = {*HEADINGS, *LISTS, "table", "figure", "svg", "p", "div", "section", "blockquote"}


def render(paper: Paper, edition: Edition | None = None) -> bytes:
    """The document. Tables too long for it stand in the annex, and a sentence says so."""
    made: Document = docx.Document()
    _dress(made)
    issue = stored(paper, edition)
    _describe(made, paper, issue)
    _run_along(made, issue.content)
    for child in reading.body_of(pdf.document(paper, edition)):
        _write(made, child)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _dress(made: Document) -> None:
    """Arial 12 and British English for all."""
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(12)
    defaults = made.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = _added(defaults, "w:lang")
    language.set(qn("w:val"), LANGUAGE)


def _describe(made: Document, paper: Paper, issue: Issue | Edition) -> None:
    known = made.core_properties
    known.title, known.author, known.language = paper.title, issue.content["council"], LANGUAGE
    known.subject = f"Report to {issue.content['meeting']['body']}, {issue.content['dates']['meeting']}"
    known.comments = f"Content SHA-256 {issue.content_sha256}"
    known.created = known.modified = issue.issued_at.replace(tzinfo=None)


def _run_along(made: Document, told: dict[str, Any]) -> None:
    """On every page: the publication status, the marking where one is printed, and the page's number."""
    status = f"{told['publication_status']} report"
    section = made.sections[0]
    section.header.paragraphs[0].text = " ".join(filter(None, (status, told["security_marking"])))
    foot = section.footer.paragraphs[0]
    foot.add_run("Page ")
    field = _added(foot._p, "w:fldSimple")
    field.set(qn("w:instr"), "PAGE")


def _write(made: Document, element: Any, depth: int = 1) -> None:
    """One element and what is in it; what has no words (a drawing) is said by the table beside it.

    `depth` is that of a list that begins here.
    """
    if element.tag in HEADINGS:
        made.add_heading(reading.words(element), HEADINGS[element.tag])
    elif element.tag == "table":
        _table(made, element)
    elif element.tag in LISTS:
        _list(made, element, depth)
    elif element.tag == "svg":
        _chart(made, element)
    elif any(child.tag in PARTS for child in element):
        _part(made, element, depth)
    elif isinstance(element.tag, str) and reading.words(element):
        _words(made.add_paragraph(), reading.runs(element))


def _chart(made: Document, element: Any) -> None:
    """A chart as a picture with its text instead; one that cannot be drawn here is named."""
    title, said = (reading.words(element.find(part)) for part in ("title", "desc"))
    if (drawn := picture(element)) is None:
        made.add_paragraph(f"Chart: {title}. Drawn in the PDF; its description and numbers follow.")
        return
    shown = made.add_picture(io.BytesIO(drawn), width=Inches(6))._inline.docPr
    shown.set("descr", f"{title}. {said}")


def _list(made: Document, element: Any, depth: int) -> None:
    """A list with those within it. An ordered one begins at its own number, and not behind the last."""
    level = f" {min(depth, DEEPEST)}" if depth > 1 else ""
    style = LISTS[element.tag] + level
    number = _numbering(made, style, int(element.get("start", 1))) if element.tag == "ol" else None
    for item in element.iterchildren("li"):
        paragraph = made.add_paragraph(style=style)
        if number is not None:
            paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
        for place, piece in enumerate(reading.pieces(item, PARTS)):
            if not isinstance(piece, list):
                _write(made, piece, depth + 1)
            elif piece:
                _words(made.add_paragraph(style=f"List Continue{level}") if place else paragraph, piece)


def _numbering(made: Document, style: str, start: int) -> int:
    """The key of a numbering of its own, which looks as the style says."""
    numberings = made.part.numbering_part.element
    as_styled = made.styles[style].element.pPr.numPr.numId.val
    own = numberings.add_num(numberings.num_having_numId(as_styled).abstractNumId.val)
    own.add_lvlOverride(0).add_startOverride(start)
    key: int = own.numId
    return key


def _part(made: Document, element: Any, depth: int) -> None:
    """A division: what is wide lies across the page."""
    wide = "paper-wide" in element.get("class", "")
    if wide:
        _turn(made, WD_ORIENT.LANDSCAPE)
    for child in element:
        _write(made, child, depth)
    if wide:
        _turn(made, WD_ORIENT.PORTRAIT)


def _turn(made: Document, orientation: WD_ORIENT) -> None:
    section = made.add_section()
    if section.orientation != orientation:
        section.orientation = orientation
        section.page_width, section.page_height = section.page_height, section.page_width


def _words(paragraph: Any, runs: list[reading.Run]) -> None:
    for run in runs:
        if run.text == "\n":
            paragraph.add_run().add_break(WD_BREAK.LINE)
            continue
        made = paragraph.add_run(run.text)
        made.bold, made.italic = run.bold or None, run.italic or None
        if run.href.startswith(("https://", "http://", "mailto:")):
            made.font.underline = True
            _lead(paragraph, made, run.href)


def _lead(paragraph: Any, run: Any, href: str) -> None:
    """Make a link of a run."""
    link = _added(paragraph._p, "w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(run._r)


def _table(made: Document, element: Any) -> None:
    read = reading.table(element)
    if read.named:
        made.add_paragraph(read.caption, style="Caption")
    rows = [*read.head, *read.body]
    wide = max((sum(map(reading.span, row)) for row in rows), default=1)
    table = made.add_table(rows=0, cols=wide, style="Table Grid")
    if read.named:
        _added(table._tbl.tblPr, "w:tblCaption").set(qn("w:val"), read.caption)
    for number, row in enumerate(rows):
        line = table.add_row()
        shape = line._tr.get_or_add_trPr()
        _added(shape, "w:cantSplit")
        if number < len(read.head):
            _added(shape, "w:tblHeader")
        for place, cell in _placed(line.cells, row):
            _words(place.paragraphs[0], reading.runs(cell))
            if cell.tag == "th":
                for run in place.paragraphs[0].runs:
                    run.bold = True
    made.add_paragraph()


def _placed(places: tuple[Any, ...], row: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Each cell with its place in the table: one, or several joined."""
    at = 0
    for cell in row:
        last = at + reading.span(cell) - 1
        yield places[at].merge(places[last]) if last > at else places[at], cell
        at = last + 1


def _added(parent: Any, name: str) -> Any:
    """A new element of the format at the end of another."""
    element = OxmlElement(name)
    parent.append(element)
    return element
