"""The paper as one web page that stands by itself: it asks for nothing over the network, and runs nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from governance.committees import pdf

if TYPE_CHECKING:
    from governance.committees.models import Edition, Paper

HEAD = """<meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <style>{styles}</style>
  </head>"""
TYPEFACES = re.compile(r"@font-face\s*\{[^}]*\}")


def render(paper: Paper, edition: Edition | None = None) -> bytes:
    """The document with its styles in it; the typeface is the reader's own, the tables are whole."""
    styles = TYPEFACES.sub("", pdf.own("paper.css").decode())
    return pdf.document(paper, edition, whole=True).replace("</head>", HEAD.format(styles=styles), 1).encode()
