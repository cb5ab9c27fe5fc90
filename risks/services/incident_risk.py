"""A risk that an incident brought to light."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction

from governance.history.trail import because
from risks.models import IncidentRisk

if TYPE_CHECKING:
    from risks.models import Incident, Risk


def raise_from(incident: Incident, entered: Callable[[], Risk]) -> Risk:
    """Enter a risk and name it in the incident as raised because of it: both, or neither."""
    with transaction.atomic():
        risk = entered()
        with because(f"{risk.reference} was raised because of it"):
            IncidentRisk.objects.create(incident=incident, risk=risk, part=IncidentRisk.Part.RAISED)
    return risk
