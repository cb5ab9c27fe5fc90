"""Taking off what was entered in error: nothing is deleted, and figures leave it out from then on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from actions.models import (
    Action,
    Assurance,
    Dependency,
    Extension,
    FollowUp,
    MaturityAssessment,
    MaturityModel,
    Overlap,
    PlannedRange,
    Status,
)
from actions.models.sight import place
from actions.services import extensions, overlap
from actions.services.maturity_scores import never_given
from governance.core.dates import today
from governance.core.locks import Lock, one_at_a_time
from governance.core.steps import StepError
from governance.history.trail import because

if TYPE_CHECKING:
    from governance.people.models import User

IN_ERROR = "It was entered in error"
OFF_ALREADY = "Somebody else said already that this was entered in error"
RATED = "Recommendations are rated in it. Take the ratings off first"
USED = "{} is in use. Put it back among the drafts first"
# What a row repeats which says of another that it never happened.
OF_UPDATE = ("status", "effective_on", "why")
OF_REVISION = ("due_on", "effective_on", "agreed_by", "agreed_in", "minute")


def hold(key: int) -> Action:
    """The action, locked until the transaction ends for whoever does something about it. Raises StepError
    where it was entered in error."""
    found = Action.objects.select_for_update().get(pk=key)
    if found.mistaken_at:
        raise StepError(IN_ERROR)
    return found


@transaction.atomic
def assurance(found: Assurance, *, reason: str, by: User) -> None:
    """Say that an assurance was never given so. Raises StepError where that is said already."""
    _mark(Assurance.objects.select_for_update().get(pk=found.pk), reason)


@transaction.atomic
def follow_up(found: FollowUp, *, reason: str, by: User) -> None:
    """Say that there was no such follow-up. Raises StepError where that is said already, and while
    recommendations are rated in it."""
    held = FollowUp.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if held.ratings.standing().exists():
        raise StepError(RATED)
    _mark(held, reason)


@transaction.atomic
def assessment(found: MaturityAssessment, *, reason: str, by: User) -> None:
    """Say that there was no such assessment, and of each of its levels that it was never given. Raises
    StepError where that is said already."""
    held = MaturityAssessment.objects.select_for_update(of=("self",)).get(pk=found.pk)
    _mark(held, reason)
    never_given(held, reason=reason, by=by)


@transaction.atomic
def action(found: Action, *, reason: str, by: User) -> None:
    """Say that there was no such action, and of everything reported of it, and of each date agreed later,
    that it never happened. It answers and serves nothing any more, nothing waits for it, and other lists may
    call another so. Raises StepError where that is said already."""
    held = _held_with_others(found)
    if held.mistaken_at:
        raise StepError(OFF_ALREADY)
    _let_go(held, reason, by)
    said = {"void": True, "reason": reason, "recorded_by": by, "recorded_as": by.post_title}
    reported: Sequence[tuple[Any, Sequence[str]]] = (
        (held.updates, OF_UPDATE), (held.date_revisions, OF_REVISION),
    )  # fmt: skip
    with because(reason):
        for rows, copied in reported:
            for row in rows.filter(void=False, corrected_by=None).order_by("pk"):
                rows.create(corrects=row, **{name: getattr(row, name) for name in copied}, **said)
        held.recommendation_links.all().delete()
        held.source_references.all().delete()
        place(held, None, [])
    gone = {"recommendation": None, "scope_area": None, "milestone": None, "due_on": held.original_due_on}
    _mark(held, reason, status=Status.WITHDRAWN, **gone)


def _held_with_others(found: Action) -> Action:
    """The action, locked with those that overlap with it, in the order in which whoever says that locks them;
    after the order of work."""
    one_at_a_time(Lock.ORDER_OF_WORK)
    pairs = Overlap.objects.around(found).to_change().values_list("action", "other")
    keys = {found.pk}.union(*pairs)
    held = {each.pk: each for each in Action.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return held[found.pk]


def _let_go(held: Action, reason: str, by: User) -> None:
    """What was said of it and of others: that they overlap, wait or take each other's place, what it treats,
    follows, concerns or improves; and that more time is asked for."""
    for pair in Overlap.objects.around(held).to_change():
        overlap.say_otherwise(pair, None, of=held, reason=reason, by=by)
    for asked in held.extensions.filter(kind=Extension.Kind.ASKED, answer=None):
        extensions.withdraw(asked, reason=reason, by=by)
    with because(reason):
        for need in Dependency.objects.around(held).not_over(today()):
            need.let_go(today())
        about = (held.asset_links, held.incident_links, held.risk_links, held.area_links)
        for links in (held.replacement_links, held.replaces_links, *about):
            links.all().delete()


def _mark(held: Action | Assurance | FollowUp | MaturityAssessment, reason: str, **also: Any) -> None:
    """`also` are fields that change with it."""
    if held.mistaken_at:
        raise StepError(OFF_ALREADY)
    for name, value in {"mistaken_at": timezone.now(), "mistaken_because": reason, **also}.items():
        setattr(held, name, value)
    with because(reason):
        held.save(update_fields=["mistaken_at", "mistaken_because", *also])


@transaction.atomic
def planned_range(found: PlannedRange, *, reason: str, by: User) -> None:
    """Say that a follow-up was never planned so; the row stays, and one that says so beside it. Raises
    StepError where that is said already."""
    FollowUp.objects.select_for_update(of=("self",)).get(pk=found.follow_up_id)
    if found.void or PlannedRange.objects.filter(corrects=found).exists():
        raise StepError(OFF_ALREADY)
    PlannedRange.objects.create(
        follow_up_id=found.follow_up_id,
        from_on=found.from_on,
        to_on=found.to_on,
        words=found.words,
        effective_on=found.effective_on,
        corrects=found,
        void=True,
        reason=reason,
        recorded_by=by,
        recorded_as=by.post_title,
    )


@transaction.atomic
def draft(found: MaturityModel, *, reason: str, by: User) -> None:
    """Take off a draft with its levels and areas; the history keeps what it said. Raises StepError for a
    model in use."""
    held = MaturityModel.objects.select_for_update().filter(pk=found.pk).first()
    if held is None:
        raise StepError(OFF_ALREADY)
    if held.in_use:
        raise StepError(USED.format(held))
    with because(reason):
        for area in held.areas.all():
            area.criteria.all().delete()
            area.delete()
        held.levels.all().delete()
        held.delete()
