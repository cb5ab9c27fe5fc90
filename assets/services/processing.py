"""Processing activities enter the record, go live complete, and end."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from django.db import IntegrityError, transaction

from assets.models import ActivityAsset, ActivityCondition, Asset, ProcessingActivity, ScheduleCondition
from assets.models.numbering import next_reference
from assets.representations.article_30 import Missing, missing
from assets.representations.screening import bars
from governance.history.trail import because


class IncompleteError(Exception):
    """The activity cannot be live: `missing` says what is to be recorded first."""

    def __init__(self, found: list[Missing]) -> None:
        super().__init__("; ".join(each.words for each in found))
        self.missing = found


class TwiceError(Exception):
    """A row that is there already, entered by somebody else at the same moment."""


def add(activity: ProcessingActivity, *, reason: str, asset: Asset | None = None) -> ProcessingActivity:
    """Enter a new activity, a draft, under the next reference; it works with the asset."""
    with transaction.atomic(), because(reason):
        activity.reference = next_reference(ProcessingActivity, "PA")
        activity.save(force_insert=True)
        if asset:
            ActivityAsset.objects.create(activity=activity, asset=asset)
    return activity


def go_live(activity: ProcessingActivity, *, reason: str) -> None:
    """Let a complete activity go live, or live again. Raises IncompleteError naming what is missing.

    What needs a DPIA waits for its sign-off, or for the senior information risk owner's decision.
    """
    with transaction.atomic(), because(reason):
        locked = ProcessingActivity.objects.for_change().get(pk=activity.pk)
        if found := [*missing(locked), *bars(locked)]:
            raise IncompleteError(found)
        locked.state, locked.ended_on = ProcessingActivity.State.LIVE, None
        locked.save(update_fields=["state", "ended_on"])


def end(activity: ProcessingActivity, *, on: date, reason: str) -> None:
    """Say that the activity is over since a day."""
    with transaction.atomic(), because(reason):
        locked = ProcessingActivity.objects.for_change().get(pk=activity.pk)
        locked.state, locked.ended_on = ProcessingActivity.State.ENDED, on
        locked.save(update_fields=["state", "ended_on"])


def set_conditions(activity: ProcessingActivity, chosen: Collection[ScheduleCondition]) -> None:
    """Let the activity meet these conditions of Schedule 1 and no other."""
    held = {link.condition_id: link for link in activity.condition_links.all()}
    wanted = {condition.pk for condition in chosen}
    for key, link in held.items():
        if key not in wanted:
            link.delete()
    for key in sorted(wanted - held.keys()):
        ActivityCondition.objects.create(activity=activity, condition_id=key)


def save_section(
    activity: ProcessingActivity,
    save: Callable[[], object],
    conditions: Collection[ScheduleCondition] | None,
    *,
    reason: str,
) -> None:
    """Save a section and, where they were changed, the conditions of Schedule 1 with it, or write nothing.

    Raises IncompleteError where a live activity would lack something that it had.
    """

    def both() -> None:
        save()
        if conditions is not None:
            with because(reason):
                set_conditions(activity, conditions)

    keep_complete(activity, both)


def save_row(activity: ProcessingActivity, save: Callable[[], object]) -> None:
    """Save or remove a row, or write nothing. A live activity's first transfer abroad says that data are sent
    there, and taking its last away that none are: neither could be said before the other.

    Raises IncompleteError where a live activity would lack something that it had, TwiceError where the row is
    there already.
    """

    def both() -> None:
        before = activity.transfers.exists()
        save()
        if activity.transfers.exists() is not before:
            answer_by_transfers(activity, sent=not before)

    try:
        keep_complete(activity, both)
    except IntegrityError:
        raise TwiceError("Somebody else recorded this a moment ago: change the one that is there") from None


def answer_by_transfers(activity: ProcessingActivity, *, sent: bool) -> None:
    """Let a live activity say whether data are sent abroad, as its transfers do."""
    with because(
        "The first transfer abroad was recorded" if sent else "The last transfer abroad was removed"
    ):
        live = ProcessingActivity.objects.filter(pk=activity.pk, state=ProcessingActivity.State.LIVE)
        live.exclude(transfers_abroad=sent).update(transfers_abroad=sent)


def keep_complete(activity: ProcessingActivity, save: Callable[[], object]) -> None:
    """Change an activity or its rows, or write nothing: a live one lacks nothing afterwards that it had.

    What it lacked already, since a list became stricter, may go on lacking. Raises IncompleteError.
    """
    with transaction.atomic():
        before = {each.place for each in lacking(activity)}
        save()
        if found := [each for each in lacking(activity) if each.place not in before]:
            raise IncompleteError(found)


def lacking(activity: ProcessingActivity) -> list[Missing]:
    """What the activity, locked, lacks as a live one; of any other nothing."""
    locked = ProcessingActivity.objects.for_change().get(pk=activity.pk)
    return missing(locked) if locked.state == ProcessingActivity.State.LIVE else []
