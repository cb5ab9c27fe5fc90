"""What a committee clerk copies into the system that publishes agendas (such as Modern.gov): plain HTML."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from governance.committees import pdf
from governance.committees.content import text_of
from governance.committees.models.agenda import GOES_OUT
from governance.committees.outputs import reading
from governance.committees.outputs.reading import SPACE
from governance.committees.representations import in_full, stored

if TYPE_CHECKING:
    from governance.committees.models import Edition, Paper

HEADS = ("h2", "h3", "h4")
KEPT = frozenset(("p", "ul", "ol", "li", "strong", "em", "blockquote"))
KEPT |= {"table", "caption", "thead", "tbody", "tr", "th", "td"}
TOLD = ("executive summary", "recommendation")  # a heading that begins so is copied with its text


def facts_of(content: dict[str, Any]) -> list[tuple[str, str]]:
    """The metadata of an agenda item, from the stored content of an issued paper; how it goes out, where that
    is not with the agenda, as it was issued: what was said since was looked at by nobody."""
    meeting, front = content["meeting"], dict(content["front"])
    return [
        ("Title", content["title"]),
        ("Body", meeting["body"]),
        ("Meeting", in_full(meeting["held_on"])),
        ("Report of", front.get("Report of", "")),
        ("Published", in_full(content["dates"]["published"])),
        ("Publication status", content["publication_status"]),
        *([(GOES_OUT, front[GOES_OUT])] if GOES_OUT in front else []),
    ]


def summary_of(paper: Paper, edition: Edition | None = None) -> SafeString:
    """The summary for the agenda page: headings, paragraphs, lists and tables without style or links.

    It is read off the document that every file of the paper is read off (decision 34).
    """
    sections = [each for each in reading.body_of(pdf.document(paper, edition)).iter(*HEADS) if _is_told(each)]
    told = format_html_join("\n", "<h3>{}</h3>\n{}", ((_heading(each), _under(each)) for each in sections))
    if told:
        return told
    sentences = (text_of(plan["sentences"]["summary"]) for plan in stored(paper, edition).content["plans"])
    return format_html_join("\n", "<p>{}</p>", ((each,) for each in sentences))


def _is_told(element: Any) -> bool:
    is_section = element.get("id", "").startswith("section-")
    return is_section and _heading(element).lower().startswith(TOLD)


def _heading(element: Any) -> str:
    """The words of a heading without its number."""
    numbered = len(element) and element[0].get("class") == "paper-number"
    return str(element[0].tail or "").strip() if numbered else reading.words(element)


def _under(heading: Any) -> SafeString:
    """What stands below a heading, up to the next section or appendix: each of those has an id."""
    below = takewhile(lambda each: not each.get("id"), heading.itersiblings())
    return format_html_join("\n", "{}", ((_plain(each),) for each in below if reading.words(each)))


def _plain(element: Any) -> SafeString:
    """An element with the tags that any system takes, and of all others the words alone."""
    if not isinstance(element.tag, str) or element.tag == "svg":  # a table follows, and words as well
        return SafeString("")
    said = [format_html("{}", SPACE.sub(" ", element.text or ""))]
    for child in element:
        said += [_plain(child), format_html("{}", SPACE.sub(" ", child.tail or ""))]
    within = format_html_join("", "{}", ((each,) for each in said))
    if element.tag == "br":
        return SafeString("<br>")
    if element.tag not in KEPT:
        return within
    return format_html(f"<{element.tag}>{{}}</{element.tag}>", SafeString(within.strip()))
