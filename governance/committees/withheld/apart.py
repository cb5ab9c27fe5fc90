"""Part 2: what is withheld from the public, under the front of the paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from governance.committees.representations import in_full
from governance.committees.withheld.marks import WITHHELD, Marks, line_block, said
from governance.core.components import standing

if TYPE_CHECKING:
    from governance.committees.models import Exemption

Content = dict[str, Any]
COLUMNS = ("Reference", "Recommendation, shortened", "Action", "Owner", "Due", "Status", "Since", "Evidence")
# What both parts say: everything else of Part 2 is its own.
SHARED = ("council", "title", "meeting", "front", "dates")


def apart_from(content: Content, marks: Marks) -> Content:
    """What is withheld, under the front of the paper."""
    level, sections = 1, []
    for place, found in marks.sections.items():
        section = content["sections"][place]
        level = min(section["level"], level + 1)
        blocks = [line_block(found), *section["blocks"]]
        told = {"level": level, "blocks": blocks, "exempt": found.pk}
        sections.append(section | told | {"hidden": found.withholds_heading})
    if rows := list(_rows(content, marks)):
        sections.append(_printed_rows(rows))
    kinds = {each.get_kind_display().partition(" ")[0] for each in _every(marks)}
    return {name: content[name] for name in SHARED} | {
        "dates": content["dates"] | {"published": ""},  # it never is
        "publication_status": f"{' and '.join(sorted(kinds))} (Part 2)".capitalize().replace("part", "Part"),
        "security_marking": WITHHELD,
        "appendices": [],
        "plans": [],
        "sections": sections,
        "rows": rows,
        "uploaded": [
            content["uploaded"][place] | {"told": said(found), "exempt": found.pk}
            for place, found in marks.appendices.items()
        ],
    }


def _every(marks: Marks) -> list[Exemption]:
    return [*marks.sections.values(), *marks.appendices.values(), *marks.rows.values()]


def _rows(content: Content, marks: Marks) -> Iterator[Content]:
    """Each row that is withheld, with the list that it stands in."""
    for plan in content["plans"]:
        for row in plan["appendix"]:
            if found := marks.rows.get(row["reference"]):
                yield {"exempt": found.pk, "list": plan["title"], "head": list(COLUMNS), "row": row}
    for place, section in enumerate(content["sections"]):
        for block in section["blocks"] if place not in marks.sections else ():
            for row in block["rows"] if block["kind"] == "records" else ():
                if found := marks.rows.get(row[0]):
                    told = {"list": block["caption"], "head": block["columns"], "cells": row}
                    yield {"exempt": found.pk} | told


def _printed_rows(rows: list[Content]) -> Content:
    """The rows as a section, list by list."""
    blocks: list[Content] = []
    for name in dict.fromkeys(each["list"] for each in rows):
        same = [each for each in rows if each["list"] == name]
        told = [[_words(cell) for cell in cells_of(each)] for each in same]
        blocks.append({"kind": "heading", "parts": _words(name)})
        blocks.append({"kind": "grid", "head": [_words(each) for each in same[0]["head"]], "rows": told})
    return {"level": 2, "number": "", "heading": "Rows withheld from the lists", "blocks": blocks}


def _words(text: str) -> list[Content]:
    return [{"text": text}]


def cells_of(each: Content) -> list[str]:
    """The cells of a row as a reader has them."""
    if "cells" in each:
        return list(each["cells"])
    row = each["row"]
    days = [in_full(row[name]) for name in ("due", "since")]
    first = [row[name] for name in ("reference", "recommendation", "action", "owner")]
    return [*first, days[0], standing(row["status"]).word, days[1], row["evidence"]]
