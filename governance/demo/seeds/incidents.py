"""Six incidents of Northmere: reported in time, late or not; an outage, a near miss, and one still open."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from assets.models import Asset
from governance.history.trail import because, signed
from governance.people.models import OrganisationalUnit, Post, User
from risks.models import (
    Incident,
    IncidentAsset,
    IncidentCategory,
    IncidentNotice,
    IncidentRecipient,
    IncidentSeverity,
)
from risks.services.incident import decide, move, record_notice, report

HOURS = timedelta(hours=1)
# Hours since it was noticed, service, category, what happened, what was done, number of the severity, asset,
# and what else is said.
INCIDENTS: list[tuple[int, str, str, str, str, int | None, str, dict[str, Any]]] = [
    (9400, "housing", "email", "A list of tenants in arrears went to a contractor of the same first name",
     "The contractor deleted it and said so in writing", 2, "IA-0014",
     {"people": 214, "confidentiality": True}),
    (6100, "childrens-social-care", "post", "A case conference report was posted to a former address",
     "The letter was fetched back unopened from the new tenant", 2, "IA-0004",
     {"people": 5, "confidentiality": True, "special_category": True, "vulnerable_people": True}),
    (4300, "revenues-benefits", "email", "A benefit letter went to the claimant's landlord",
     "The landlord returned it; he had known of the claim", 1, "IA-0027",
     {"people": 1, "confidentiality": True}),
    (2900, "ict-transformation", "system", "A failed disk kept the planning archive shut for two days",
     "Restored from the copy of the night before; nothing was lost", 1, "",
     {"availability": True, "contains_personal_data": False}),
    (1500, "education", "device", "A memory stick was left in a reading room, and found an hour later",
     "It was encrypted, and nobody had used it", 0, "", {"near_miss": True, "confidentiality": True}),
    (26, "adult-social-care", "email", "A rota with key safe codes went to a list with outside addresses",
     "The message was recalled; the codes are being changed", None, "IA-0013",
     {"people": 38, "confidentiality": True, "vulnerable_people": True}),
]  # fmt: skip
LESSONS = "Addresses are chosen from the list of the case, and a second person looks at them"


def enter(by: User) -> None:
    """Report them as a service would, and handle all but the last."""
    if Incident.objects.exists():
        return
    siro = _holder("ed-resources", by)
    made = [_reported(by, *row) for row in INCIDENTS]
    in_time, late, not_reported, outage, near, _ = made
    for incident in (in_time, late):
        _decided(incident, siro, tells=True, why="A risk to the people named is likely")
    _decided(not_reported, siro, tells=False, why="The one person who read it knew of the claim already")
    _told(in_time, by, 31, "By the form on its site", "")
    _told(late, by, 97, "By the form on its site", "Found on a Friday by a locum, who asked on Tuesday")
    for incident in (in_time, late, not_reported, outage, near):
        move(incident, Incident.State.CLOSED, by=by, reason="Everything is done and said")


def _reported(
    by: User, hours: int, unit: str, category: str, what: str, done: str, severity: int | None,
    asset: str, said: dict[str, Any],
) -> Incident:  # fmt: skip
    """One report, taken up, with what is known of it."""
    noticed = timezone.now().replace(second=0, microsecond=0) - hours * HOURS
    service = OrganisationalUnit.objects.get(code=unit)
    with signed(by, reason="First report"):
        found = report(
            Incident(
                what_happened=what,
                unit=service,
                discovered_at=noticed,
                **{"contains_personal_data": True, **said},
                containment=done,
            ),
            by=by,
        )
        move(found, Incident.State.OPEN, by=by, reason="Taken up", owner=Post.objects.get(code="ig-officer"))
    with signed(by), because("What the service has found out"):
        _complete(found, category, severity, noticed)
        if asset:
            IncidentAsset.objects.create(incident=found, asset=Asset.objects.get(reference=asset))
    return found


def _complete(found: Incident, category: str, severity: int | None, noticed: datetime) -> None:
    found.category = IncidentCategory.objects.get(code=category)
    found.occurred_at = noticed - 2 * HOURS
    if severity is not None:
        found.severity = IncidentSeverity.objects.get(number=severity)
        found.severity_reason, found.cause = "By who could have read it, and what they could do", "Haste"
        found.lessons = LESSONS
        for question in ("confidentiality", "integrity", "availability", "near_miss", "special_category"):
            setattr(found, question, bool(getattr(found, question)))
    found.save()


def _decided(incident: Incident, siro: User, *, tells: bool, why: str) -> None:
    ico = IncidentRecipient.objects.get(is_regulator=True)
    with signed(siro):
        decide(incident, ico, tells=tells, reason=why, by=siro)


def _told(incident: Incident, by: User, hours: int, words: str, late: str) -> None:
    ico = IncidentRecipient.objects.get(is_regulator=True)
    told = IncidentNotice(
        incident=incident,
        recipient=ico,
        kind=IncidentNotice.Kind.TOLD,
        at=incident.aware_at + hours * HOURS,
        words=words,
        late_reason=late,
    )
    with signed(by):
        record_notice(told, by=by)


def _holder(post: str, other: User) -> User:
    """Who is in a post today; else the person who enters."""
    return User.objects.active().filter(holdings__post__code=post).first() or other
