"""What an auditor's own reference may be, so that a file and an address can name a recommendation by it."""

from __future__ import annotations

import re

LONGEST = 20
BETWEEN = re.compile(r"[,;/]")  # what stands between references in a file, and between parts of an address


def wrong_in(reference: str) -> str:
    """Why nobody could name a recommendation by this reference, in a file or an address; "" where one can."""
    if BETWEEN.search(reference):
        return "The reference cannot hold a slash, a comma or a semicolon: enter a hyphen or a point instead"
    if not reference.isprintable():
        return "The reference cannot hold a line break or a sign that does not show"
    return "" if reference.strip(".") else "The reference cannot be of points alone"
