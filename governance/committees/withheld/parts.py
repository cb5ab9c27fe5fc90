"""The content of a paper taken apart: nothing of what is withheld stays in the public content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from governance.committees.withheld.apart import apart_from
from governance.committees.withheld.marks import WITHHELD, Marks, line_block, line_of, marks_of, said
from governance.committees.withheld.named import unnamed

if TYPE_CHECKING:
    from governance.committees.models import Paper

Content = dict[str, Any]
LEDGER = "Where the figures come from"
# Taken apart by hand; all else names records by their references.
BY_HAND = ("sections", "uploaded", "inserted")


def split(paper: Paper, content: Content) -> tuple[Content, Content]:
    """The public content and that of Part 2, which is empty where nothing is withheld."""
    if not (marks := marks_of(paper)):
        return content, {}
    sections = [_public_section(each, place, marks) for place, each in enumerate(content["sections"])]
    told = _public_parts(content, marks)
    public = content | told | {"sections": _with_titles(sections, content, marks)}
    if "uploaded" in content:
        public["uploaded"] = [_uploaded(each, n, marks) for n, each in enumerate(content["uploaded"])]
    apart = apart_from(content, marks) | {"named": _named(content, told)}
    exempt = positions(apart["sections"], paper.pk) - positions(public | {"inserted": []}, paper.pk)
    _share_inserted(content, public, apart, exempt)
    return public, apart


def marked(paper: Paper, content: Content) -> Content:
    """The whole content, with what is withheld from the public marked as such."""
    if not (marks := marks_of(paper)):
        return content
    sections = list(content["sections"])
    for place, found in marks.sections.items():
        sections[place] |= {"blocks": [line_block(found), *sections[place]["blocks"]]}
    return content | {"sections": sections}


def rows_in(content: Content) -> set[str]:
    """The references of the rows in the lists of a paper."""
    rows = {row["reference"] for plan in content["plans"] for row in plan["appendix"]}
    blocks = [block for section in content["sections"] for block in section["blocks"]]
    return rows | {row[0] for block in blocks if block["kind"] == "records" for row in block["rows"]}


def positions(part: Any, paper: int) -> set[int]:
    """The places in the ledger of this paper that some content refers to."""
    if isinstance(part, list):
        return {place for each in part for place in positions(each, paper)}
    if not isinstance(part, dict):
        return set()
    found = {place for each in part.values() for place in positions(each, paper)}
    own = "position" in part and part.get("paper", paper) == paper
    return found | {part["position"]} if own else found


# The public part


def _public_section(section: Content, place: int, marks: Marks) -> Content:
    if found := marks.sections.get(place):
        heading = WITHHELD if found.withholds_heading else section["heading"]
        return section | {"heading": heading, "blocks": [line_block(found)], "exempt": found.pk}
    return section | {"blocks": [public_records(block, marks) for block in section["blocks"]]}


def public_records(block: Content, marks: Marks) -> Content:
    """A list of records keeps the references of its rows alone where they are withheld."""
    if block["kind"] != "records":
        return block
    rows = [_public_cells(row, marks) if row[0] in marks.rows else row for row in block["rows"]]
    said = [row[0] for row in rows if row[0] in marks.rows]
    return block | {"rows": rows} | ({"withheld": said} if said or "withheld" in block else {})


def _public_cells(row: list[str], marks: Marks) -> list[str]:
    told = [row[0], said(marks.rows[row[0]])]
    return [*told, *[""] * len(row)][: len(row)]


def _public_parts(content: Content, marks: Marks) -> Content:
    """The parts that the paper makes itself, in which a row that is withheld has its reference alone."""
    told = {name: unnamed(part, marks.rows) for name, part in content.items() if name not in BY_HAND}
    plans = zip(told["plans"], content["plans"], strict=True)
    return told | {
        "plans": [
            plan | {"appendix": [_public_row(row, marks) for row in whole["appendix"]]}
            for plan, whole in plans
        ]
    }


def _named(content: Content, told: Content) -> Content:
    """Those parts as they were, where something that is withheld is named in them: it may be lifted later."""
    whole = {name: part for name, part in content.items() if name in told and told[name] != part}
    if "plans" in whole:
        whole["plans"] = [plan | {"appendix": []} for plan in whole["plans"]]
    return whole


def _public_row(row: Content, marks: Marks) -> Content:
    if not (found := marks.rows.get(row["reference"])):
        return row
    empty = dict.fromkeys(("recommendation", "owner", "due", "status", "since", "evidence"), "")
    told = {"reference": row["reference"], "action": said(found), "new": False, "exempt": found.pk}
    return empty | told


def _uploaded(each: Content, place: int, marks: Marks) -> Content:
    """An added appendix without its title, its file's name and the digest of that, which would tell it."""
    if not (found := marks.appendices.get(place)):
        return each
    number = each["title"].partition(":")[0]
    return {
        "title": f"{number}: {WITHHELD}",
        "line": f"{number}: {line_of(found)}",
        "withheld": said(found),
        "exempt": found.pk,
    }


def _with_titles(sections: list[Content], content: Content, marks: Marks) -> list[Content]:
    """Sections in which no list of appendices names one that is withheld."""
    every = list(enumerate(content.get("uploaded", ())))
    lines = {each["line"]: _uploaded(each, n, marks)["line"] for n, each in every}

    def told(block: Content) -> Content:
        if block["kind"] != "list":
            return block
        return block | {"lines": [lines.get(line, line) for line in block["lines"]]}

    return [each | {"blocks": [told(block) for block in each["blocks"]]} for each in sections]


def _share_inserted(content: Content, public: Content, apart: Content, exempt: set[int]) -> None:
    """Each line of the ledger that an author inserted goes where it is printed."""
    groups = content.get("inserted", [])

    def of(wanted: Any) -> list[Content]:
        cut = [each | {"ledger": [line for line in each["ledger"] if wanted(line)]} for each in groups]
        return [each for each in cut if each["ledger"]]

    if "inserted" in content:
        public["inserted"] = of(lambda line: line["position"] not in exempt)
    apart["inserted"] = of(lambda line: line["position"] in exempt)
    apart["appendices"] = [LEDGER] if apart["inserted"] else []
