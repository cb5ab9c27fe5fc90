"""What the record of a live processing activity must say (UK GDPR Articles 6, 9 and 30; DPA 2018 s.61)."""

from __future__ import annotations

from django.db.models import Q

from assets.models.lawful import LawfulBasis

# What a live activity must say: (name, unless, says). Each is a constraint of its own.
NEEDED: tuple[tuple[str, Q, Q], ...] = (
    *(
        (name, Q(capacity="processor"), ~Q(**{name: ""}))
        for name in ("purposes", "data_subjects", "data_categories", "recipients")
    ),
    ("security", Q(), ~Q(security="")),
    ("retention", Q(capacity="processor"), ~Q(retention_words="") | Q(retention_rule__isnull=False)),
    ("transfers_abroad", Q(), Q(transfers_abroad__isnull=False)),
    ("automated_logic", ~Q(automated_decisions=True), ~Q(automated_logic="")),
    ("basis", Q(capacity="processor") | Q(law_enforcement=True), Q(basis__isnull=False)),
    ("legal_power", Q(law_enforcement=False), ~Q(legal_power="")),
    ("consent_record", ~Q(basis=LawfulBasis.CONSENT), ~Q(consent_record="")),
    (
        "interest_assessment",
        ~Q(basis=LawfulBasis.LEGITIMATE),
        ~Q(interest_assessment="") | ~Q(interest_reason=""),
    ),
    ("interest_condition", ~Q(basis=LawfulBasis.RECOGNISED), Q(interest_condition__isnull=False)),
    (
        "special_condition",
        Q(special_category=False) | Q(capacity="processor"),
        Q(special_condition__isnull=False),
    ),
)
