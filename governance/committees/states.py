"""In which state papers are, for lists: worked out from clearances, minutes and resolutions, never stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import JSONObject

from governance.committees.models import ClearanceAnswer, Clearer, Meeting, Paper, PaperSection

if TYPE_CHECKING:
    from governance.committees.models.paper import PaperQuerySet


def with_state(papers: PaperQuerySet) -> PaperQuerySet:
    """Papers with what makes their `standing`, in the same query.

    A paper was considered once its meeting was held and has minutes, or has resolved something about it. One
    that was cancelled or inquorate decided nothing.
    """
    asked = PaperSection.objects.filter(paper=OuterRef("pk")).exclude(clearance="")
    minuted = Q(meeting__state=Meeting.State.HELD, meeting__minutes__isnull=False)
    resolved = Q(meeting__state__in=Meeting.TOOK_PLACE, resolutions__isnull=False)
    told = Paper.objects.filter(minuted | resolved, state=Paper.State.ISSUED)
    cleared = Q(outcome=ClearanceAnswer.Outcome.CLEARED, version=F("now"), answered=F("sent"))
    given = ExpressionWrapper(cleared, output_field=BooleanField())
    # Of drafts alone: the words of what was issued never change, and nobody asks whether they were cleared.
    drafts = Clearer.objects.filter(paper__state=Paper.State.DRAFT)
    held = drafts.standing().annotate(said=JSONObject(part="part", sent="sent", given=given))
    corrected = Paper.objects.served().order_by()
    worked_out: dict[str, Any] = {
        "asked": ArraySubquery(asked.order_by().values("clearance").distinct()),
        "clearances": ArraySubquery(held.filter(paper=OuterRef("pk")).order_by("pk").values("said")),
        "is_corrected": Exists(corrected.filter(corrects=OuterRef("pk"))),
        "considered": Exists(told.order_by().filter(pk=OuterRef("pk"))),
    }
    return papers.annotate(**worked_out)
