"""The paper as one web page that stands by itself: it asks for nothing over the network, and runs nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from governance.committees import pdf

if TYPE_CHECKING:
    from governance.committees.models import Paper

TYPEFACES = re.compile(r"@font-face\s*\{[^}]*\}")


def render(paper: Paper) -> bytes:
    """The document with its styles in it; the typeface is the reader's own, the tables are whole."""
    styles = TYPEFACES.sub("", pdf.own("paper.css").decode())
    return pdf.document(paper, styles=styles, whole=True).encode()
