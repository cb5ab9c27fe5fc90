"""The return visit to Northmere: when it was planned, by the papers; what it found, which no paper says.

The papers of 2016 give the ranges (golden-case.md). The outcome is in none of them, so the ratings here are
ours, of a report after all of those papers, and marked as illustrative.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import transaction

from actions.models import Audit, FollowUp, FollowUpKind, PlannedRange, Recommendation, RecommendationRating
from governance.history.trail import because
from governance.people.models import User

RANGES = [
    (date(2016, 7, 25), date(2016, 12, 1), date(2017, 3, 31), "the end of 2016/early 2017", ""),
    (date(2016, 10, 24), date(2017, 3, 1), date(2017, 3, 31), "March 2017", "The auditor named the month"),
]
COMMITTEE = "Report to the Audit and Procurement Committee"
# What was found otherwise than complete; the rest of those claimed was found so.
PARTLY = {"A05", "A06", "A07", "A11", "B04", "B09", "C02", "C07"}
NOT_COMPLETE = {"A12", "B12"}


def enter(by: User) -> None:
    """Plan it twice, as the committee was told, and hold what was found."""
    with transaction.atomic(), because("Entered from the papers"):
        follow_up = FollowUp.objects.create(
            audit=Audit.objects.get(code="ico-2015"),
            number=1,
            kind=FollowUpKind.objects.get(code="visit"),
            plan_as_at=date(2017, 2, 20),
            held_from=date(2017, 3, 14),
            held_to=date(2017, 3, 15),
            reported_on=date(2017, 5, 12),
            document="Follow-up report, illustrative",
            opinion="reasonable assurance",
            illustrative=True,
        )
        for said_on, from_on, to_on, words, reason in RANGES:
            PlannedRange.objects.create(
                follow_up=follow_up,
                from_on=from_on,
                to_on=to_on,
                words=words,
                reason=reason,
                effective_on=said_on,
                known_at=datetime.combine(said_on, datetime.min.time(), UTC),
                source_document=f"{COMMITTEE}, {said_on:%d.%m.%Y}",
                recorded_by=by,
                recorded_as=by.post_title,
            )
        rate(follow_up)


def rate(follow_up: FollowUp) -> None:
    """What the auditor found, every recommendation."""
    words = {rating.code: rating for rating in RecommendationRating.objects.all()}
    found = {
        each.pk: words[
            "partly" if each.reference in PARTLY
            else "not-complete" if each.reference in NOT_COMPLETE
            else "complete"
        ]
        for each in Recommendation.objects.filter(audit=follow_up.audit)
    }  # fmt: skip
    follow_up.rate(found)
