"""What of the risks waits for a decision: escalated, to be accepted, not on the register, not reviewed."""

from __future__ import annotations

from typing import Any

from governance.figures.figure import Figure
from risks.figures import acceptance, escalation, promotion

# In the order in which they are shown; the first heading is that of what the SIRO is asked.
GROUPS: tuple[tuple[str, tuple[Figure[Any], ...]], ...] = (
    (
        "Escalated",
        (escalation.escalated, escalation.escalated_appetite, escalation.escalated_overdue),
    ),
    ("Acceptances due", (acceptance.asked, acceptance.due, acceptance.expired, acceptance.suspended)),
    ("Promotions missing", (promotion.missing, promotion.dpias, escalation.below_register)),
)
DECISIONS = tuple(figure for _, figures in GROUPS for figure in figures)
