"""What the worker does: empty files whose time is over."""

from __future__ import annotations

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from governance.exchange.models import Batch
from governance.history.trail import because

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def empty_files(**ignored: object) -> None:
    """Empty the files of batches with which nothing has happened for the time that files are kept.

    Safe to run twice, and at once with those who go on with a batch: each is locked while it is emptied.
    """
    days = settings.UPLOADS_KEPT_DAYS
    before = timezone.now() - timedelta(days=days)
    for batch in Batch.objects.at_rest_since(before):
        try:
            with because(f"Nothing had happened for {days} days, so the file was emptied"):
                batch.empty_file()
        except DatabaseError:  # whatever it is, it is one file's: the others are to be emptied too
            logger.exception("The file of batch %s was not emptied", batch.pk)
