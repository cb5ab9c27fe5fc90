"""Drafts of the matrix and of the rules of escalation that wait to be put in force, for Home and the mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from governance.people.drafted import drafts_told
from governance.people.waiting import Waiting, waits
from risks.models import EscalationRules, RiskMatrix

if TYPE_CHECKING:
    from governance.people.models import User


@waits(rules_drafted="Rules of escalation that wait to be put in force")
def rules_drafted(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """For the senior information risk owner: who wrote them cannot put them in force."""
    yield from drafts_told(person, "rules_drafted", EscalationRules.objects.all())


@waits(matrix_drafted="Risk matrices that wait to be put in force")
def matrix_drafted(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """For the senior information risk owner likewise."""
    yield from drafts_told(person, "matrix_drafted", RiskMatrix.objects.all())
