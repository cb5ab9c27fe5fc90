"""What the worker does. The row is the truth: a message says where to look, and may come twice or never."""

from __future__ import annotations

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings

from governance.committees import outputs
from governance.committees.ledgers import verify_all
from governance.committees.models import Rendering, Verification
from governance.committees.models import verification as verifications
from governance.committees.models.rendering import GIVEN_UP, HINT_SECONDS
from governance.committees.restating.finding import find

logger = logging.getLogger(__name__)

MISHAP = (
    "The file could not be made. Try again; if it fails again, tell whoever looks after this service, "
    "who finds the cause in the worker's log."
)


def hint(rendering_id: int) -> None:
    """Tell a worker that there is something to do. Raises without a broker: the sweeper comes later.

    A hint nobody heard by the next sweep is sent again by it, so that it need not be kept.
    """
    expires = HINT_SECONDS + settings.RENDER_SWEEP_SECONDS
    render_paper.apply_async(kwargs={"rendering_id": rendering_id}, retry=False, expires=expires)


@shared_task(acks_late=True, ignore_result=True, time_limit=settings.RENDER_LEASE_SECONDS)
def render_paper(*, rendering_id: int, **ignored: object) -> None:
    """Make a file of a paper and store it. One that somebody else holds, or that is done, is left alone."""
    lease = timedelta(seconds=settings.RENDER_LEASE_SECONDS)
    if not (rendering := Rendering.claim(rendering_id, lease=lease)):
        return
    try:
        rendering.finish(outputs.make(rendering))
    except Exception:
        logger.exception("Rendering %s failed on attempt %s", rendering.pk, rendering.attempt)
        rendering.give_back(MISHAP)


@shared_task(ignore_result=True)
def sweep_renderings(**ignored: object) -> None:
    """Send again what nobody holds, and say so where every attempt was in vain."""
    Rendering.objects.exhausted().give_up(GIVEN_UP)
    for pk in Rendering.objects.unheld().values_list("pk", flat=True):
        hint(pk)


@shared_task(ignore_result=True)
def find_restatements(**ignored: object) -> None:
    """Compare what was published with what is known now, and write down what differs. Safe to run twice."""
    logger.info("%s", find())


def hint_verification(verification_id: int) -> None:
    """Tell a worker that the trail is to be verified. Raises without a broker: the sweeper comes later."""
    expires = HINT_SECONDS + settings.CELERY_BEAT_SCHEDULE["sweep-verifications"]["schedule"]
    verify_trail.apply_async(kwargs={"verification_id": verification_id}, retry=False, expires=expires)


@shared_task(acks_late=True, ignore_result=True)
def verify_trail(*, verification_id: int, **ignored: object) -> None:
    """Verify everything once. A verification somebody else holds, or that is done, is left alone."""
    if not (asked := Verification.claim(verification_id)):
        return
    try:
        report = verify_all()
    except Exception:
        logger.exception("Verification %s failed on attempt %s", asked.pk, asked.attempt)
        asked.fail(verifications.GIVEN_UP)
    else:
        told = {"faults": list(map(str, report.faults)), "removals": list(map(str, report.removals))}
        asked.finish(block=report.block, head=report.head, **told)


@shared_task(ignore_result=True)
def verify_each_night(**ignored: object) -> None:
    """Ask for a verification that nobody asked for."""
    hint_verification(Verification.ask().pk)


@shared_task(ignore_result=True)
def sweep_verifications(**ignored: object) -> None:
    """Send again what nobody holds, and say so where every attempt was in vain."""
    Verification.objects.exhausted().give_up()
    for pk in Verification.objects.claimable().values_list("pk", flat=True):
        hint_verification(pk)
