"""What must be so of every incident, whoever writes it."""

from __future__ import annotations

from django.db.models import BaseConstraint, CheckConstraint, F, Q

TYPES = ("confidentiality", "integrity", "availability")
STATES = ("reported", "open", "closed", "withdrawn")

INCIDENT_CONSTRAINTS: list[BaseConstraint] = [
    CheckConstraint(name="incident_reference_is_like_in_0042", condition=Q(reference__regex=r"^IN-\d{4,}$")),
    CheckConstraint(name="incident_says_what_happened", condition=~Q(title="") & ~Q(what_happened="")),
    CheckConstraint(name="incident_state_is_known", condition=Q(state__in=STATES)),
    CheckConstraint(
        name="incident_is_noticed_after_it_began",
        condition=Q(occurred_at=None) | Q(discovered_at__gte=F("occurred_at")),
    ),
    CheckConstraint(
        name="incident_is_known_of_once_it_is_noticed", condition=Q(aware_at__gte=F("discovered_at"))
    ),
    CheckConstraint(
        name="incident_with_special_categories_concerns_personal_data",
        # Not assessed is not enough: without the second half, NULL would pass for true.
        condition=Q(special_category=None)
        | Q(special_category=False)
        | Q(contains_personal_data=True, contains_personal_data__isnull=False),
    ),
    *(
        CheckConstraint(
            name=f"incident_{rated}_is_rated_with_a_reason",
            condition=Q(**{rated: None}) | ~Q(**{f"{rated}_reason": ""}),
        )
        for rated in ("severity", "likelihood")
    ),
    CheckConstraint(
        name="incident_is_closed_with_type_severity_cause_and_lessons",
        condition=~Q(state="closed")
        | (
            Q(severity__isnull=False, closed_at__isnull=False)
            & ~Q(confidentiality=False, integrity=False, availability=False)
            & ~Q(cause="")
            & ~Q(lessons="")
        ),
    ),
    CheckConstraint(
        name="incident_is_closed_with_every_question_answered",
        # Asked with IS NULL throughout: what nobody answered would pass for true.
        condition=~Q(state="closed")
        | Q(**dict.fromkeys([f"{name}__isnull" for name in (*TYPES, "near_miss")], False))
        & (
            Q(special_category__isnull=False)
            | Q(contains_personal_data__isnull=False, contains_personal_data=False)
        ),
    ),
    CheckConstraint(
        name="incident_has_a_time_of_closing_only_while_closed",
        condition=Q(state="closed") | Q(closed_at=None),
    ),
]
