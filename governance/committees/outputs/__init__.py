"""The files of an issued paper beside its PDF. All are made from the document that the PDF is laid out from.

So every figure agrees in all of them, and whatever a later part of a paper prints is in each without more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from governance.committees import pdf
from governance.committees.models import Edition, Paper, Rendering
from governance.committees.outputs import annex, bundle, twin, word

MAKERS: Mapping[str, Callable[[Paper, Edition | None], bytes]] = {
    Rendering.Format.PDF: pdf.render,
    Rendering.Format.HTML: twin.render,
    Rendering.Format.DOCX: word.render,
    Rendering.Format.XLSX: annex.workbook,
    Rendering.Format.CSV: annex.commas,
    Rendering.Format.BUNDLE: bundle.render,
}


def make(rendering: Rendering) -> bytes:
    """The file of a rendering, from the stored content of its paper, or of its edition, alone.

    Raises NotAsIssuedError when the content is no longer what was issued.
    """
    return MAKERS[rendering.format](rendering.paper, rendering.edition)
