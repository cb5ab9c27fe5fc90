"""What the worker does: hand over on the day for which it was planned."""

from __future__ import annotations

import logging

from celery import shared_task

from governance.core.dates import today
from governance.dashboards.handing import carry_out
from governance.dashboards.models import HandOver

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def carry_out_hand_overs(**ignored: object) -> None:
    """Carry out every hand-over whose day has come. One that cannot be leaves the others alone."""
    for planned in HandOver.objects.due(today()).select_related("planned_by"):
        try:
            carry_out(planned)
        except Exception:  # whatever it is, it is one post's
            logger.exception("Hand-over %s was not carried out", planned.pk)
