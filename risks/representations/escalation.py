"""Why a risk is escalated and to whom, and whose register it belongs on: in words."""

from __future__ import annotations

from typing import Any

from governance.core.dates import long_date
from governance.people.models import Role
from risks.models import RegisterLevel
from risks.models.escalation import Why

SIRO = "the senior information risk owner"
# The word of each reason in a list, short enough for a column.
REASONS = {
    Why.APPETITE: "Above appetite",
    Why.OVERDUE: "Review overdue",
    Why.BOTH: "Above appetite, review overdue",
    Why.NOT: "",
}


def escalation(version: Any) -> list[str]:
    """A sentence for each reason for which a version is escalated; none where it is not."""
    why = getattr(version, "escalated_for", Why.NOT)
    found = []
    if why in (Why.APPETITE, Why.BOTH):
        found.append(
            f"Escalated to {SIRO}: above appetite since {long_date(version.crossed_on)}, and not accepted"
        )
    if why in (Why.OVERDUE, Why.BOTH):
        found.append(
            f"Escalated to {told(version.overdue_to)}: its review was due on "
            f"{long_date(version.next_review_on)}, longer ago than the rules allow"
        )
    return found


def told(role: str | None) -> str:
    """The role that is told, in the middle of a sentence; the last resort is told of what reaches nobody."""
    if role in (None, Role.SIRO):
        return SIRO
    return f"every {Role(role).label} (to {SIRO} as well while nobody in office is one)"


def belongs_on(version: Any) -> str:
    """Whose register an open risk belongs on by the level of its score, if it is on a lower one; else ""."""
    score = getattr(version, "current", None)
    if not score or version.state != "open":
        return ""
    places = [str(each) for each in RegisterLevel]
    on, should = version.register_level, score["belongs_on"]
    return RegisterLevel(should).label if places.index(should) > places.index(on) else ""
