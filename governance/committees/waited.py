"""What a body still waits for when a paper goes to it: asked when the paper is issued, and printed in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from governance.committees.asked import Asked, asked
from governance.committees.models import Paper
from governance.committees.replaced import stands_for


def waited_for(paper: Paper) -> list[Asked]:
    """The requests of the paper's body that are due by its meeting, and that neither an issued paper nor
    another one to the same meeting answers."""
    return _waited_for(paper, asked_before(paper))


def asked_before(paper: Paper) -> list[Asked]:
    """The requests that the paper's body made before its meeting, as they stand on the day of that."""
    meeting = paper.meeting
    return [each for each in asked(meeting.held_on, body=meeting.body) if each.asked_on < meeting.held_on]


def askable(paper: Paper, before: Sequence[Asked]) -> list[Asked]:
    """Those of the requests made `before` that the paper can answer: neither ended nor answered earlier."""
    held_on = paper.meeting.held_on
    return [
        each
        for each in before
        if not each.end and (each.answer is None or each.answer.meeting.held_on >= held_on)
    ]


def _waited_for(paper: Paper, before: Sequence[Asked]) -> list[Asked]:
    return [each for each in before if _is_waited_for(each, paper)]


def _is_waited_for(each: Asked, paper: Paper) -> bool:
    # What it takes the place of answers nothing any more.
    own = (paper.pk, paper.follows_id) if stands_for(paper) else (paper.pk,)
    others = [one for one in (*each.coming, *filter(None, [each.answer])) if one.pk not in own]
    answered = any(
        one.meeting_id == paper.meeting_id
        or (not one.is_draft and one.meeting.held_on < paper.meeting.held_on)
        for one in others
    )
    due = each.dues[-1].day
    return not (each.end or answered) and due is not None and due <= paper.meeting.held_on


def needs_reason(paper: Paper, before: Sequence[Asked] | None = None) -> list[Asked]:
    """The requests that the paper has to say something about: due before its meeting, or due there and not
    answered by it; of those made `before`, where they have been asked for already."""
    answers = set(paper.answers.values_list("request", flat=True))
    return [
        each
        for each in _waited_for(paper, asked_before(paper) if before is None else before)
        if each.request.pk not in answers or is_late(each, paper)
    ]


def is_late(each: Asked, paper: Paper) -> bool:
    """Was the request due before the meeting of the paper? What is due at that meeting is in time."""
    due = each.dues[-1].day
    return due is not None and due < paper.meeting.held_on


def without_reason(paper: Paper) -> list[Asked]:
    """Those of them for which no reason is given yet."""
    given = set(paper.reasons.values_list("request", flat=True))
    return [each for each in needs_reason(paper) if each.request.pk not in given]


def late_requests(paper: Paper) -> dict[str, Any]:
    """What a paper prints of the requests that are late, or due at its meeting and not answered: as plain
    data for its content; no word where there are none."""
    given = dict(paper.reasons.values_list("request", "reason"))
    answers = set(paper.answers.values_list("request", flat=True))
    late = [
        {
            "asked": each.request.text,
            "asked_on": each.asked_on.isoformat(),
            "due": each.dues[-1].in_words,
            "answered": each.request.pk in answers,
            "reason": given[each.request.pk],
        }
        for each in needs_reason(paper)
        if each.request.pk in given
    ]
    return {"requests": late} if late else {}
