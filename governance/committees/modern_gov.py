"""What a committee clerk copies into the system that publishes agendas (such as Modern.gov): plain HTML."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from governance.committees.content import text_of
from governance.committees.representations import in_full

TOLD = ("executive summary", "recommendation")  # a heading that begins so is copied with its text


def facts_of(content: dict[str, Any]) -> list[tuple[str, str]]:
    """The metadata of an agenda item, from the stored content of an issued paper."""
    meeting, front = content["meeting"], dict(content["front"])
    return [
        ("Title", content["title"]),
        ("Body", meeting["body"]),
        ("Meeting", in_full(meeting["held_on"])),
        ("Report of", front.get("Report of", "")),
        ("Published", in_full(content["dates"]["published"])),
        ("Publication status", content["publication_status"]),
    ]


def summary_of(content: dict[str, Any]) -> SafeString:
    """The summary for the agenda page: headings, paragraphs and lists without any style."""
    told = [section for section in content["sections"] if section["heading"].lower().startswith(TOLD)]
    if told:
        return format_html_join("\n", "<h3>{}</h3>\n{}", ((each["heading"], _blocks(each)) for each in told))
    sentences = (text_of(plan["sentences"]["summary"]) for plan in content["plans"])
    return format_html_join("\n", "<p>{}</p>", ((each,) for each in sentences))


def _blocks(section: dict[str, Any]) -> SafeString:
    return format_html_join("\n", "{}", ((_block(each),) for each in section["blocks"]))


def _block(block: dict[str, Any]) -> SafeString:
    if block["kind"] == "list":
        items = format_html_join("\n", "<li>{}</li>", ((line,) for line in block["lines"]))
        return format_html("<ul>\n{}\n</ul>", items)
    text = text_of(block["sentences"]) if block["kind"] == "sentences" else block.get("text", "")
    return format_html("<p>{}</p>", text)
