"""Resolutions and requests: recorded, put off, ended, answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Value
from django.db.models.functions import Lower

from governance.committees.models import (
    Body,
    Matter,
    Meeting,
    Paper,
    PaperReason,
    Request,
    RequestAnswer,
    RequestDue,
    RequestEnd,
    Resolution,
)
from governance.core.dates import long_date
from governance.core.steps import StepError
from governance.history.trail import because


def resolve(meeting: Meeting, resolutions: Sequence[Mapping[str, Any]]) -> list[Resolution]:
    """Record what a meeting resolved, in this order after what is recorded already: all of it or nothing.

    Raises StepError where one of them is recorded already, and where the meeting cannot have decided.
    """
    with transaction.atomic(), because(f"Recorded from the minutes of {long_date(meeting.held_on)}"):
        meeting = _decided(meeting)
        last = meeting.resolutions.aggregate(last=Max("position"))["last"] or 0
        known = set(meeting.resolutions.values_list("text", flat=True))
        made = []
        for position, facts in enumerate(resolutions, last + 1):
            if facts["text"] in known:
                raise StepError(f"This is recorded already: “{facts['text'][:80]}”")
            known.add(facts["text"])
            made.append(Resolution.objects.create(meeting=meeting, position=position, **facts))
    return made


def _decided(meeting: Meeting) -> Meeting:
    """The meeting as it stands, held until the end of the transaction. Raises StepError where it is still to
    come, was cancelled or had no quorum."""
    found = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if why := found.why_undecided:
        raise StepError(why)
    return found


def request(
    meeting: Meeting,
    *,
    text: str,
    matter: Matter | str,
    due: Mapping[str, Any],
    resolution: Resolution | None = None,
) -> Request:
    """Record what was asked for, and by when. A matter of that title, if the body has one, is taken.

    `due` is one of due_meeting, due_on and awaits. Raises StepError where this is recorded already, and where
    the meeting cannot have asked for anything.
    """
    with because(f"Recorded from the minutes of {long_date(meeting.held_on)}"):
        try:
            with transaction.atomic():
                meeting = _decided(meeting)
                about = matter if isinstance(matter, Matter) else _matter(meeting.body, matter)
                made = Request.objects.create(meeting=meeting, resolution=resolution, text=text, matter=about)
                RequestDue.objects.create(request=made, decided_on=meeting.held_on, **due)
        except IntegrityError:
            if Request.objects.filter(meeting=meeting, text=text).exists():
                raise StepError("This request is recorded already", "text") from None
            raise
    return made


def _matter(body: Body, title: str) -> Matter:
    """The matter of that title, new if need be. Of two who begin it at once the second waits and takes it."""
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    alike = Matter.objects.filter(body=body).alias(lower=Lower("title")).filter(lower=Lower(Value(title)))
    found = alike.first()
    return found or Matter.objects.create(body=body, title=title)


def reschedule(
    held: Request, *, seen: int, due: Mapping[str, Any], decided_on: date, decided_by: str, reason: str
) -> RequestDue:
    """Put a request off: what was due before stays to be read. `seen` is the due row that the person saw.

    Raises StepError where somebody else has put it off meanwhile, or it ended.
    """
    with transaction.atomic(), because(reason):
        Request.objects.select_for_update(of=("self",)).get(pk=held.pk)
        _refuse_ended(held)
        last = held.dues.latest("pk")
        if last.pk != seen:
            raise StepError(f"Somebody else has put it off meanwhile: it is due {last.in_words}")
        if decided_on < last.decided_on:
            sentence = f"That was before {long_date(last.decided_on)}, when the day that stands was decided"
            raise StepError(sentence, "decided_on")
        return RequestDue.objects.create(
            request=held, supersedes=last, decided_on=decided_on, decided_by=decided_by, reason=reason, **due
        )


def end(
    held: Request, *, kind: str, into: Request | None, ended_on: date, decided_by: str, reason: str
) -> RequestEnd:
    """Say that a request lapsed or was carried. Raises StepError where it ended already."""
    with transaction.atomic(), because(reason):
        Request.objects.select_for_update(of=("self",)).get(pk=held.pk)
        _refuse_ended(held)
        return RequestEnd.objects.create(
            request=held, kind=kind, into=into, ended_on=ended_on, decided_by=decided_by, reason=reason
        )


def reopen(held: Request, *, reason: str) -> None:
    """Say that a request did not end so; the history keeps what was said. Raises StepError if it is open."""
    with transaction.atomic(), because(reason):
        found = RequestEnd.objects.select_for_update().filter(request=held).first()
        if found is None:
            raise StepError("Somebody else has opened it again already")
        found.delete()


def _refuse_ended(held: Request) -> None:
    found = RequestEnd.objects.filter(request=held).first()
    if found:
        raise StepError(f"This request has ended: {found.get_kind_display().lower()}")


def answer(paper: Paper, requests: Sequence[Request], reasons: Mapping[int, str]) -> None:
    """Say which requests a draft answers, and why others, by their keys, are late. What was said before and
    is not said now is taken off. The paper's row is locked."""
    with transaction.atomic(), because("Said what the paper answers"):
        Paper.objects.locked().get(pk=paper.pk)
        paper.answers.exclude(request__in=requests).delete()
        for each in requests:
            RequestAnswer.objects.get_or_create(paper=paper, request=each)
        paper.reasons.exclude(request__in=[key for key, reason in reasons.items() if reason]).delete()
        for key, reason in reasons.items():
            if reason:
                PaperReason.objects.update_or_create(paper=paper, request_id=key, defaults={"reason": reason})
