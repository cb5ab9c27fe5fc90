"""What a version of the rules of escalation says, and what it says otherwise than the one before."""

from __future__ import annotations

from assets.models import ImpactLevel
from governance.people.models import Role
from risks.models import EscalationRules

DAYS = {
    "days_within": "within appetite",
    "days_above": "above appetite",
    "days_beyond": "above tolerance",
}


def words_of(rules: EscalationRules) -> list[tuple[str, str]]:
    """What a version says, as a page lists it."""
    levels = dict(ImpactLevel.objects.values_list("number", "name"))
    level = levels.get(rules.asset_from or 0)
    days = [
        (f"Reviews {where} are escalated after", _days(getattr(rules, name))) for name, where in DAYS.items()
    ]
    return [
        ("Comes from", rules.source),
        (
            "An asset must have an open risk from",
            f"Criticality {level or rules.asset_from}" if rules.asset_from is not None else "Not asked",
        ),
        (
            "What a DPIA found must be on the register from",
            f"{rules.get_dpia_from_display()} risk left over" if rules.dpia_from else "Not asked",
        ),
        *days,
        ("Told of them", str(Role(rules.overdue_to).label)),
        ("May accept within appetite", _accepts(rules.accept_within)),
        ("May accept above appetite", _accepts(rules.accept_above)),
        ("May accept above tolerance", "The senior information risk owner alone"),
    ]


def who_is_told(rules: EscalationRules, number: int) -> str:
    """To how many people in office overdue reviews would go, as a sentence."""
    role = Role(rules.overdue_to)
    if not number:
        last = "" if role == Role.SIRO else ", so the senior information risk owner is told"
        return f"Overdue reviews would go to every {role.label}. Nobody in office is one today{last}"
    held = "1 person in office is" if number == 1 else f"{number} people in office are"
    return f"Overdue reviews would go to every {role.label}: {held} one today"


def _days(days: int | None) -> str:
    if days is None:
        return "Never"
    return f"{days} day{'' if days == 1 else 's'} overdue"


def _accepts(role: str) -> str:
    siro = "The senior information risk owner"
    return f"{siro}; {Role(role).label}, for their unit" if role else f"{siro} alone"


def differences(rules: EscalationRules) -> tuple[EscalationRules | None, list[str]]:
    """The version before (for a draft the last that was adopted), and what is different from it, in words."""
    adopted = EscalationRules.objects.adopted().exclude(pk=rules.pk)
    earlier = adopted.filter(from_on__lt=rules.from_on).first() if rules.from_on else adopted.first()
    if earlier is None:
        return None, []
    pairs = zip(words_of(earlier), words_of(rules), strict=True)
    return earlier, [f"{name}: {now}, was {was}" for (name, was), (_, now) in pairs if was != now]
