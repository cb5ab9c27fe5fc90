"""The figures of what is held twice."""

from __future__ import annotations

from django.db.models import Q

from assets.figures.register import part

duplicates = part(
    "assets.duplicates",
    "Assets that duplicate another",
    "that are recorded as a duplicate of another, whose golden record they are corrected from",
    Q(duplicate_of__isnull=False),
)
golden = part(
    "assets.golden",
    "Golden records",
    "that others are corrected from (Master Data)",
    Q(is_golden=True),
)
