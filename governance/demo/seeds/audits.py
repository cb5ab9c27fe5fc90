"""What the auditors of Northmere said: the words of 2015, held once, and two papers that quote them.

The two wordings are those of the published papers (seed-inventory.md 154, 156, 157); which of them the
auditor's report has is not published, so the one held here is illustrative.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from actions.models import (
    Action,
    ActionRecommendation,
    Audit,
    AuditKind,
    AuditText,
    AuditTextKind,
    Quotation,
    Recommendation,
)
from governance.history.trail import because
from governance.people.models import User

WHY = "Entered from the report"
REPORT = "Data protection audit report, executive summary"
KINDS = {"ico-2015": "ico", "ifc-2016": "external"}
OPINION = (
    "There is a very limited level of assurance that processes and procedures are in place and deliver data "
    "protection compliance."
)
TEXTS = [
    ("ico-2015", "opinion", OPINION, REPORT, "2.1"),
    (
        "ico-2015",
        "good-practice",
        "The council's communications campaign on information handling is an area of good practice.",
        REPORT,
        "2.4",
    ),
    (
        "ico-2015",
        "limits",
        "The audit gives a snapshot of assurance at the time of the visit. It took limited account of the "
        "council's strategic aims and direction of travel.",
        REPORT,
        "1.3",
    ),
    (
        "ifc-2016",
        "opinion",
        "Overall maturity is low-medium: each area is at the formative (level 2) or developing (level 3) "
        "stage, and none at level 1.",
        "Maturity assessment, summary",
        "1",
    ),
]
QUOTED = [
    (
        "a very limited level of assurance that processes and procedures are in place",
        "Report to the Audit and Procurement Committee",
        date(2016, 7, 25),
    ),
    (
        "very limited assurance that processes and procedures are in place and deliver data protection "
        "compliance",
        "Report to Cabinet on the Information Management Strategy",
        date(2016, 3, 8),
    ),
]
ANSWERED = date(2016, 1, 18)


def enter(by: User) -> None:
    """Kinds, the auditors' words, who quotes them, and what was answered."""
    with transaction.atomic(), because(WHY):
        for code, kind in KINDS.items():
            Audit.objects.filter(code=code).update(kind=AuditKind.objects.get(code=kind))
        texts()
        answers()


def texts() -> None:
    """The words of the auditors, and two wordings of one opinion."""
    audits = {audit.code: audit for audit in Audit.objects.all()}
    kinds = {kind.code: kind for kind in AuditTextKind.objects.all()}
    held = [
        AuditText.objects.create(
            audit=audits[code], kind=kinds[kind], text=text, document=document, paragraph=paragraph
        )
        for code, kind, text, document, paragraph in TEXTS
    ]
    for words, document, day in QUOTED:
        Quotation.objects.create(held=held[0], words=words, document=document, quoted_on=day)


def answers() -> None:
    """The council accepted them all, two in part; one action closes a second recommendation."""
    asked = Recommendation.objects.filter(audit__code="ico-2015")
    asked.update(response="accepted", responded_on=ANSWERED)
    partly = asked.filter(reference__in=["A05", "A11"])
    partly.update(
        response="partially", response_reason="Accepted for the two services audited; the others follow"
    )
    second = asked.get(reference="A02")
    first = Action.objects.filter(recommendation__audit__code="ico-2015").order_by("reference")[0]
    note = "The same terms of reference close it"
    ActionRecommendation.objects.create(action=first, recommendation=second, note=note)
