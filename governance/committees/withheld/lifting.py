"""A later public content, in which one thing is no longer withheld; the content as issued stays as it is."""

from __future__ import annotations

from typing import Any

from governance.committees.withheld.parts import positions

Content = dict[str, Any]
MARKS = ("exempt", "hidden", "told")  # what Part 2 knows of its parts, and the public part does not print


def lifted(public: Content, apart: Content, exemption: int, paper: int) -> Content:
    """The public content with what that exemption withheld, from Part 2."""
    sections = {each["exempt"]: each for each in apart["sections"] if "exempt" in each}
    rows = [each for each in apart["rows"] if each["exempt"] == exemption]
    shown = [_section(each, sections, exemption, rows) for each in public["sections"]]
    made = public | {
        "sections": _named_again(shown, public, apart, exemption),
        "plans": [_plan(plan, rows, exemption) for plan in public["plans"]],
    }
    if "uploaded" in public:
        made["uploaded"] = [_appendix(each, apart, exemption) for each in public["uploaded"]]
    if told := sections.get(exemption):
        made["inserted"] = [*public.get("inserted", ()), *_inserted(apart, positions(told, paper))]
    return made


def still_withheld(apart: Content, published: set[int]) -> Content:
    """Part 2 without what has been lifted."""
    return apart | {
        name: [each for each in apart[name] if each.get("exempt") not in published]
        for name in ("sections", "rows", "uploaded")
    }


def _bare(part: Content) -> Content:
    return {name: each for name, each in part.items() if name not in MARKS}


def _section(section: Content, apart: dict[int, Content], exemption: int, rows: list[Content]) -> Content:
    if section.get("exempt") == exemption:
        told = apart[exemption]
        return _bare(told) | {"level": section["level"], "blocks": told["blocks"][1:]}
    cells = {each["cells"][0]: each["cells"] for each in rows if "cells" in each}
    return section | {"blocks": [_records(block, cells) for block in section["blocks"]]}


def _records(block: Content, cells: dict[str, list[str]]) -> Content:
    if block["kind"] != "records":
        return block
    return block | {"rows": [cells.get(row[0], row) for row in block["rows"]]}


def _plan(plan: Content, rows: list[Content], exemption: int) -> Content:
    told = {each["row"]["reference"]: each["row"] for each in rows if "row" in each}
    appendix = [told[row["reference"]] if row.get("exempt") == exemption else row for row in plan["appendix"]]
    return plan | {"appendix": appendix}


def _appendix(each: Content, apart: Content, exemption: int) -> Content:
    if each.get("exempt") != exemption:
        return each
    return next(_bare(told) for told in apart["uploaded"] if told["exempt"] == exemption)


def _named_again(sections: list[Content], public: Content, apart: Content, exemption: int) -> list[Content]:
    """Sections in which lists of appendices have the title of one that is published now."""
    of = {each["exempt"]: each["line"] for each in apart["uploaded"] if each["exempt"] == exemption}
    lines = {
        each["line"]: of[each["exempt"]] for each in public.get("uploaded", ()) if each.get("exempt") in of
    }

    def told(block: Content) -> Content:
        if block["kind"] != "list":
            return block
        return block | {"lines": [lines.get(line, line) for line in block["lines"]]}

    return [each | {"blocks": [told(block) for block in each["blocks"]]} for each in sections]


def _inserted(apart: Content, wanted: set[int]) -> list[Content]:
    groups = [
        each | {"ledger": [line for line in each["ledger"] if line["position"] in wanted]}
        for each in apart["inserted"]
    ]
    return [each for each in groups if each["ledger"]]
