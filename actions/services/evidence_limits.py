"""How many files actions and people may have and add, so that nobody fills the disk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from actions.models import Action, DocumentVersion
from governance.core.dates import end_of_day, today
from governance.core.locks import Lock, one_at_a_time
from governance.core.steps import StepError

if TYPE_CHECKING:
    from actions.models.evidence import DocumentVersionQuerySet
    from governance.people.models import User


def make_room(actions: Iterable[Action], files: int, *, by: User | None = None) -> None:
    """Keep others out until the files are kept, so that two at once do not pass the limits together. Raises
    StepError where an action would have more than EVIDENCE_PER_ACTION files, or the person who adds one would
    have added more than EVIDENCE_PER_DAY today."""
    if not files:
        return
    one_at_a_time(Lock.EVIDENCE)
    kept = DocumentVersion.objects.exclude(kept_as="")
    for action in actions:
        held = kept.standing().filter(document__action_links__action=action).count()
        if held + files > (most := settings.EVIDENCE_PER_ACTION):
            raise StepError(
                f"{action.reference} would have more than {most} files as evidence, which is the limit. "
                "Take one off, or add a link"
            )
    if by and _added_today(kept, by) + files > (most := settings.EVIDENCE_PER_DAY):
        raise StepError(
            f"You have added {most} files today, which is the limit for one person and day. "
            "Go on tomorrow, or add a link"
        )


def _added_today(kept: DocumentVersionQuerySet, by: User) -> int:
    """What was taken down again counts too: it was written."""
    return kept.filter(added_by=by, added_at__gte=end_of_day(today() - timedelta(days=1))).count()
