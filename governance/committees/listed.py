"""What a paper lists by itself under some of its headings: recommendations, appendices, background papers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.conf import settings

from governance.committees.form import LIST_OF_APPENDICES
from governance.committees.models import Appendix, BackgroundPaper, Lists, Paper, PaperSection
from governance.committees.models.attached import LARGE, Attached

# Uploaded files are no work of ours: whether everybody can read them we do not know.
OUTSIDE = "added by the author as a file of its own; it may not be accessible to everybody"


def lists_of(section: PaperSection) -> str:
    """What the section lists; by its heading, where the paper is made from no form."""
    return Lists.APPENDICES if section.heading == LIST_OF_APPENDICES else section.lists


def listed(paper: Paper, section: PaperSection, made: list[str]) -> list[dict[str, Any]]:
    """The block that stands above what is written in a section; none where there is nothing to list.

    `made` are the titles of the appendices that the paper makes itself.
    """
    lists = lists_of(section)
    if lists == Lists.APPENDICES:
        return [{"kind": "list", "lines": [*made, *(each["line"] for each in uploaded(paper, len(made)))]}]
    if lists == Lists.RECOMMENDATIONS and (asked := recommendations(paper)):
        return [{"kind": "recommendations", "bodies": asked}]
    if lists == Lists.BACKGROUND and (rests_on := background(paper)):
        return [{"kind": "background", "papers": rests_on, "years": settings.BACKGROUND_PAPERS_YEARS}]
    return []


def files_in(content: dict[str, Any]) -> Iterator[tuple[str, type[Attached], int]]:
    """The files that the content itself names and leads to: numbers and titles, and where they are kept."""
    for each in content.get("uploaded", ()):
        if key := each.get("uploaded"):
            yield each["title"], Appendix, key
    for number, (key, each) in enumerate(copies_in(content).items(), 1):
        yield f"Background paper {number}: {each['title']}", BackgroundPaper, key


def copies_in(content: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """The background papers that the content lists and that are held as copies, by their keys."""
    blocks = [block for section in content["sections"] for block in section["blocks"]]
    papers = [each for block in blocks if block.get("kind") == "background" for each in block["papers"]]
    return {each["background"]: each for each in papers if each["background"]}


def says_something(paper: Paper, section: PaperSection) -> bool:
    """Is more than its heading printed: has it text, or does it list something by itself?

    The paper makes its list of appendices from those there are, so that one never waits for its author.
    """
    written = bool(section.text.strip()) or lists_of(section) == Lists.APPENDICES
    return written or bool(listed(paper, section, []))


def recommendations(paper: Paper) -> list[dict[str, Any]]:
    """What each body is asked to decide, body by body in the order of the first."""
    found = list(paper.recommendations.select_related("body"))
    bodies = list(dict.fromkeys(each.body_id for each in found))
    ordered = sorted(found, key=lambda each: (bodies.index(each.body_id), each.position))
    return [
        {"body": body, "texts": [each.text for each in of]}
        for body, of in groupby(ordered, key=lambda each: each.body.name)
    ]


def uploaded(paper: Paper, made: int) -> list[dict[str, Any]]:
    """The appendices that the author added, numbered after those that the paper makes itself."""
    return [
        {
            "line": f"Appendix {number}: {each.title} ({OUTSIDE})",
            "title": f"Appendix {number}: {each.title}",
            "uploaded": each.pk,
            "file_name": each.file_name,
            "sha256": each.sha256,
        }
        for number, each in enumerate(paper.uploaded.defer(*LARGE), made + 1)
    ]


def background(paper: Paper) -> list[dict[str, Any]]:
    """The documents that the report rests on, and until when they can be inspected."""
    return [
        {
            "title": each.title,
            "address": each.link,
            "background": 0 if each.link else each.pk,
            "sha256": each.sha256,
            "until": each.open_until.isoformat(),
        }
        for each in paper.background_papers.defer(*LARGE).select_related("paper__meeting")
    ]
