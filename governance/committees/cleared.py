"""The table of clearances that a paper prints: posts with the days on which it went out and came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from governance.committees.clearing import Standing, clearing_of
from governance.people.models import PostHolding

if TYPE_CHECKING:
    from governance.committees.models import Paper


def cleared(paper: Paper) -> dict[str, Any]:
    """Contributors first, then approvers; no word where nobody is named. Names only as the form asks."""
    standing = clearing_of(paper).posts
    if not standing:
        return {}
    names = bool(paper.template and paper.template.names_clearers)
    posts = sorted(standing, key=lambda each: each.clearer.approves)
    return {"clearances": [_row(each) | ({"name": _name(each)} if names else {}) for each in posts]}


def _row(each: Standing) -> dict[str, Any]:
    return {
        "part": each.clearer.get_part_display(),
        "post": each.clearer.post.title,
        "unit": each.clearer.post.unit.name,
        "sent": each.sending.sent_on.isoformat() if each.sending else "",
        "returned": each.answer.answered_on.isoformat() if each.answer else "",
        "stage": each.stage.value,
    }


def _name(each: Standing) -> str:
    """Who answered; for what was brought in, who was in the post on that day. "" before an answer."""
    if not each.answer:
        return ""
    if not each.answer.source_document:
        return each.answer.answered_by.display_name
    held = PostHolding.objects.in_force(each.answer.answered_on).filter(post=each.clearer.post)
    return " and ".join(held.order_by("-kind", "from_on").values_list("person__display_name", flat=True))
