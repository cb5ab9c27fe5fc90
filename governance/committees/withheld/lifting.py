"""A later public content, in which one thing is no longer withheld; the content as issued stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from governance.committees.withheld.named import unnamed
from governance.committees.withheld.parts import positions, public_records

if TYPE_CHECKING:
    from governance.committees.models import Exemption
    from governance.committees.withheld.marks import Marks

Content = dict[str, Any]
# The cells of a row by the list that it stands in and its reference.
Cells = dict[tuple[str, str], list[str]]
MARKS = ("exempt", "hidden", "told")  # what Part 2 knows of its parts, and the public part does not print


def lifted(public: Content, apart: Content, exemption: Exemption, withheld: Marks) -> Content:
    """The public content with what that exemption withheld, from Part 2, and no row `withheld` still."""
    key, paper = exemption.pk, exemption.paper_id
    sections = {each["exempt"]: each for each in apart["sections"] if "exempt" in each}
    cells = dict(_cells(apart, exemption))
    shown = [_section(each, sections, key, cells) for each in public["sections"]]
    shown = [_without(each, withheld) for each in shown]
    named: Content = unnamed(apart.get("named", {}), withheld.rows)
    plans = named.get("plans") or [{}] * len(public["plans"])
    made = (
        public
        | named
        | {
            "sections": _named_anew(shown, public, apart, key),
            "plans": [
                _plan(plan, whole, apart, key) for plan, whole in zip(public["plans"], plans, strict=True)
            ],
        }
    )
    if "uploaded" in public:
        made["uploaded"] = [_appendix(each, apart, key) for each in public["uploaded"]]
    if told := sections.get(key):
        printed = positions(public.get("inserted", []), paper)
        made["inserted"] = [*public.get("inserted", ()), *_inserted(apart, positions(told, paper) - printed)]
    return made


def still_withheld(apart: Content, published: set[int]) -> Content:
    """Part 2 without what has been lifted."""
    return apart | {
        name: [each for each in apart[name] if each.get("exempt") not in published]
        for name in ("sections", "rows", "uploaded")
    }


def _bare(part: Content) -> Content:
    return {name: each for name, each in part.items() if name not in MARKS}


def _cells(apart: Content, exemption: Exemption) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """What a row says in each list: in those of sections that were withheld themselves too."""
    for each in apart["rows"]:
        if each["exempt"] == exemption.pk and "cells" in each:
            yield (each["list"], each["cells"][0]), each["cells"]
    for section in apart["sections"]:
        for block in section["blocks"]:
            for row in block["rows"] if block["kind"] == "records" else ():
                if row[0] == exemption.row:
                    yield (block["caption"], row[0]), row


def _section(section: Content, apart: dict[int, Content], exemption: int, cells: Cells) -> Content:
    if section.get("exempt") == exemption:
        told = apart[exemption]
        return _bare(told) | {"level": section["level"], "blocks": told["blocks"][1:]}
    return section | {"blocks": [_records(block, cells) for block in section["blocks"]]}


def _records(block: Content, cells: Cells) -> Content:
    if block["kind"] != "records":
        return block
    return block | {"rows": [cells.get((block["caption"], row[0]), row) for row in block["rows"]]}


def _without(section: Content, withheld: Marks) -> Content:
    return section | {"blocks": [public_records(block, withheld) for block in section["blocks"]]}


def _plan(plan: Content, whole: Content, apart: Content, exemption: int) -> Content:
    told = {
        each["row"]["reference"]: each["row"]
        for each in apart["rows"]
        if each["exempt"] == exemption and each["list"] == plan["title"] and "row" in each
    }
    appendix = [told[row["reference"]] if row.get("exempt") == exemption else row for row in plan["appendix"]]
    return plan | whole | {"appendix": appendix}


def _appendix(each: Content, apart: Content, exemption: int) -> Content:
    if each.get("exempt") != exemption:
        return each
    return next(_bare(told) for told in apart["uploaded"] if told["exempt"] == exemption)


def _named_anew(sections: list[Content], public: Content, apart: Content, exemption: int) -> list[Content]:
    """Sections in which lists name the appendix that is published now, and none that is withheld still."""
    whole = {each["exempt"]: each["line"] for each in apart["uploaded"]}
    cut = {each["exempt"]: each["line"] for each in public.get("uploaded", ()) if "exempt" in each}
    lines = {whole[key]: line for key, line in cut.items() if key != exemption}
    lines |= {line: whole[key] for key, line in cut.items() if key == exemption}

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
