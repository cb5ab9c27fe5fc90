"""What the worker does: hand over on the day for which it was planned."""

from __future__ import annotations

import logging

from celery import shared_task

from governance.dashboards.planned import carry_out_together, in_turn

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def carry_out_hand_overs(**ignored: object) -> None:
    """Carry out every hand-over whose day has come, day by day. One that fails takes with it those that hang
    together with it, and leaves the others alone."""
    for going in in_turn():
        try:
            carry_out_together(going)
        except Exception:  # whatever it is, it is of these posts
            named = ", ".join(str(planned.pk) for planned, _ in going)
            logger.exception("These hand-overs were not carried out: %s", named)
