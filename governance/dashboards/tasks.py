"""What the worker does: hand over on the day for which it was planned."""

from __future__ import annotations

import logging

from celery import shared_task

from governance.dashboards.planned import carry_out, in_turn

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def carry_out_hand_overs(**ignored: object) -> None:
    """Carry out every hand-over whose day has come, day by day. One that fails leaves the others alone."""
    for planned, only in in_turn():
        try:
            carry_out(planned, only)
        except Exception:  # whatever it is, it is one post's
            logger.exception("Hand-over %s was not carried out", planned.pk)
