"""What the database holds a disposal to, each rule by a name that says it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

DISPOSAL_CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(
        name="disposal_reference_is_like_di_0001", condition=Q(reference__regex=r"^DI-\d{4,}$")
    ),
    models.CheckConstraint(
        name="disposal_outcome_is_known",
        condition=Q(outcome__in=["destroy", "archive", "transfer", "keep"]),
    ),
    models.CheckConstraint(
        name="disposal_stage_is_known",
        condition=Q(stage__in=["proposed", "agreed", "carried_out", "kept", "refused"]),
    ),
    models.CheckConstraint(name="disposal_says_why", condition=~Q(reason="")),
    models.CheckConstraint(
        name="disposal_keeps_longer_until_a_day",
        condition=Q(outcome="keep", keep_until__isnull=False) | (~Q(outcome="keep") & Q(keep_until=None)),
    ),
    models.CheckConstraint(
        name="disposal_owner_agreed_on_a_day",
        condition=Q(owner_agreed_by=None, owner_agreed_on=None)
        | Q(owner_agreed_by__isnull=False, owner_agreed_on__isnull=False),
    ),
    models.CheckConstraint(
        name="disposal_manager_agreed_on_a_day",
        condition=Q(manager_agreed_by=None, manager_agreed_on=None)
        | Q(manager_agreed_by__isnull=False, manager_agreed_on__isnull=False),
    ),
    models.CheckConstraint(
        name="disposal_is_agreed_by_two_people",
        condition=Q(owner_agreed_by=None)
        | Q(manager_agreed_by=None)
        | ~Q(owner_agreed_by=F("manager_agreed_by")),
    ),
    models.CheckConstraint(
        name="disposal_goes_on_when_both_agreed",
        condition=Q(stage="refused")
        | Q(stage="proposed") & (Q(owner_agreed_by=None) | Q(manager_agreed_by=None))
        | Q(
            stage__in=["agreed", "carried_out", "kept"],
            owner_agreed_by__isnull=False,
            manager_agreed_by__isnull=False,
        ),
    ),
    models.CheckConstraint(
        name="disposal_kept_is_what_keeps_longer",
        condition=Q(stage__in=["proposed", "refused"])
        | Q(stage="kept", outcome="keep")
        | Q(stage__in=["agreed", "carried_out"]) & ~Q(outcome="keep"),
    ),
    models.CheckConstraint(
        name="disposal_is_refused_by_somebody_with_a_reason",
        condition=(Q(stage="refused", refused_by__isnull=False, refused_on__isnull=False) & ~Q(refusal=""))
        | ~Q(stage="refused") & Q(refused_by=None, refused_on=None, refusal=""),
    ),
    models.CheckConstraint(
        name="disposal_carried_out_says_what_when_and_how",
        condition=(
            Q(
                stage="carried_out",
                carried_out_on__isnull=False,
                method__isnull=False,
                recorded_by__isnull=False,
                certificate__isnull=False,
                fingerprint__regex=r"^[0-9a-f]{64}$",
            )
            & ~Q(what="")
            & ~Q(volume="")
            & ~Q(carried_out_by="")
        )
        | ~Q(stage="carried_out")
        & Q(carried_out_on=None, method=None, recorded_by=None, certificate=None, fingerprint=""),
    ),
    models.UniqueConstraint(
        name="disposal_is_open_once_for_an_asset_and_part",
        fields=["asset", "part"],
        condition=Q(stage__in=["proposed", "agreed"]),
    ),
]
