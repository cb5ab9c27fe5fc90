"""Recording figures as minutes have them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from governance.committees.models import Meeting, Minute, MinutedFigure, Paper
from governance.core.steps import StepError
from governance.history.trail import because


def record(
    paper: Paper, meeting: Meeting, *, minute_reference: str, words: str, values: Mapping[int, int]
) -> Minute:
    """A passage of the minutes of a meeting, with its numbers by the keys of the published figures.

    Raises StepError where this passage is recorded already.
    """
    try:
        with transaction.atomic(), because(f"Recorded from the minutes of {meeting.held_on.isoformat()}"):
            made = Minute.objects.create(
                paper=paper, meeting=meeting, minute_reference=minute_reference, words=words
            )
            for figure, value in values.items():
                MinutedFigure.objects.create(minute=made, figure_id=figure, value=value)
    except IntegrityError:
        if Minute.objects.filter(paper=paper, meeting=meeting, minute_reference=minute_reference).exists():
            raise StepError("These minutes are recorded already", "minute_reference") from None
        raise
    return made
