"""What the database holds a DPIA to, each rule by a name that says it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

DPIA_CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(
        name="dpia_reference_is_like_dpia_0001", condition=Q(reference__regex=r"^DPIA-\d{4,}$")
    ),
    models.CheckConstraint(name="dpia_has_a_title", condition=~Q(title="")),
    models.CheckConstraint(
        name="dpia_state_is_known",
        condition=Q(state__in=["draft", "with_dpo", "signed_off", "superseded"]),
    ),
    models.CheckConstraint(
        name="dpia_with_the_dpo_was_sent_and_a_draft_was_not",
        condition=~Q(state__in=["draft", "with_dpo"])
        | Q(state="draft", sent_at=None)
        | Q(state="with_dpo", sent_at__isnull=False),
    ),
    models.UniqueConstraint(
        name="dpia_under_way_is_one_for_an_activity",
        fields=["activity"],
        condition=Q(state__in=["draft", "with_dpo"]),
    ),
    models.UniqueConstraint(
        name="dpia_signed_off_is_one_for_an_activity",
        fields=["activity"],
        condition=Q(state="signed_off"),
    ),
    models.CheckConstraint(
        name="dpia_signed_off_is_complete",
        condition=~Q(state="signed_off")
        | (
            ~Q(need="")
            & ~Q(nature="")
            & ~Q(scope="")
            & ~Q(context="")
            & ~Q(purposes="")
            & ~Q(consultation="")
            & ~Q(necessity="")
            & ~Q(residual="")
        ),
    ),
    models.CheckConstraint(
        name="dpia_signed_off_by_posts_and_persons",
        condition=~Q(state="signed_off")
        | Q(
            measures_approved_by__isnull=False,
            measures_approved_post__isnull=False,
            residual_approved_by__isnull=False,
            residual_approved_post__isnull=False,
            signed_off_on__isnull=False,
        ),
    ),
    models.CheckConstraint(
        name="dpia_is_approved_by_another",
        condition=(Q(measures_approved_by=None) | ~Q(measures_approved_by=F("begun_by")))
        & (Q(residual_approved_by=None) | ~Q(residual_approved_by=F("begun_by"))),
    ),
    models.CheckConstraint(
        name="dpia_signed_off_answers_advice",
        condition=~Q(state="signed_off")
        | (Q(advice__isnull=False) & Q(answer__in=["accepted", "overruled"])),
    ),
    models.CheckConstraint(
        name="dpia_overruling_advice_gives_a_reason",
        condition=~Q(answer="overruled") | ~Q(overruled_reason=""),
    ),
    models.CheckConstraint(
        name="dpia_high_risk_left_over_goes_to_the_ico_first",
        condition=~Q(state="signed_off") | ~Q(residual="high") | Q(ico_consulted_on__isnull=False),
    ),
    models.CheckConstraint(
        name="dpia_signed_off_is_kept_under_review",
        condition=~Q(state="signed_off")
        | Q(kept_under_review_by__isnull=False, next_review_on__isnull=False),
    ),
]
