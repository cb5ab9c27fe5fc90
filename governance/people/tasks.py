"""What the worker does for people: let go of what somebody typed and never saved."""

from __future__ import annotations

from celery import shared_task

from governance.people.models.draft import Draft


@shared_task(ignore_result=True)
def delete_old_drafts(**ignored: object) -> None:
    """Delete the drafts that are too old to be offered, those of leavers with them. Safe to run twice."""
    Draft.objects.too_old().delete()
