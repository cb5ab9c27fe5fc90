"""What waits for whom in the action plans: shown on Home, told by the daily mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.timezone import localdate

from actions.models import Action, Completion, Overlap, ProgressUpdate, Status
from actions.models.completion import BACK
from actions.models.extensions import RECORDERS, to_answer
from actions.permissions import KEEPERS
from actions.services.completions import to_approve, to_verify
from governance.core.dates import long_date, today
from governance.figures.moment import Moment
from governance.people.models import Role
from governance.people.waiting import Waiting, references, waits

if TYPE_CHECKING:
    from governance.people.models import User

# For so long who approved an action is told that it was opened again, or that the approval was taken back.
TOLD_FOR = timedelta(days=28)
LONGEST_WHY = 200


@waits(actions="Overdue actions")
def overdue(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """Actions of the person's posts that are overdue."""
    own = Action.objects.filter(owner__in=person.posts(), due_on__lt=today())
    yield (found := references(own.exclude(status__in=Status.closed())))
    if about := tuple(found):
        words = f"{len(about)} action{pluralize(about)} overdue"
        yield Waiting("actions", words, reverse("dashboards:home"), about)


@waits(more_time="Requests for more time to answer")
def more_time(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """Requests for another date that this person decides, or whose decision by a committee they record."""
    found = to_answer(person, Moment.now(), bodies=person.holds(*RECORDERS))
    yield (found := found.select_related("action").order_by("action__reference"))
    for asked in found:
        path = reverse("actions:answer_extension", args=[asked.action.reference, asked.pk])
        words = f"{asked.action.reference}: more time is asked for, until {long_date(asked.due_on)}"
        yield Waiting("more_time", words, path, (asked.action.reference,))


@waits(approve="Actions to approve")
def for_approving(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """Actions that await approval by a post of theirs, or by a body whose decisions they record. The way
    leads to the first, whose page names the others: who approves need not be able to open a plan."""
    yield (found := references(to_approve(person)))
    if about := tuple(found):
        yield Waiting(
            "approve",
            f"{_number(about)} to approve",
            reverse("actions:approve_completion", args=[about[0]]),
            about,
        )


@waits(verify="Completed actions to verify")
def for_verifying(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """Completed actions that an internal auditor outside their line verifies, and nobody has. The way leads
    to the first, whose page names others."""
    if not person.holds(Role.INTERNAL_AUDITOR):
        return
    yield (found := references(to_verify(person)))
    if about := tuple(found):
        words = f"{len(about)} completed action{pluralize(about)} to verify, of units outside your line"
        yield Waiting("verify", words, reverse("actions:verify_completion", args=[about[0]]), about)


@waits(opened_again="Actions opened again that you approved")
def opened_again(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """Actions that the person approved, and that have been opened again in the last four weeks, until claimed
    anew."""
    approved = Completion.objects.opened_again_since(today() - TOLD_FOR)
    lately = Action.objects.visible_to(person).filter(completions__in=approved.filter(recorded_by=person))
    lately = lately.exclude(status__in=Status.closed()).exclude(_claimed_anew())
    yield (found := references(lately))
    if about := tuple(found):
        words = f"{_number(about)} opened again that you had approved"
        yield Waiting("opened_again", words, _where(about), about)


@waits(taken_back="Approvals and verifications of yours that were taken back")
def taken_back(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """What the person approved or verified, and somebody else took back in the last four weeks."""
    found: Any = Completion.objects.taken_back_from(person, timezone.now() - TOLD_FOR)
    yield found
    for row in found:
        given = "approval" if row.kind == Completion.Kind.APPROVED else "verification"
        who, why = row.recorded_as or "somebody without a post", Truncator(row.basis).chars(LONGEST_WHY)
        when = long_date(localdate(row.recorded_at))
        words = f"{row.action.reference}: your {given} was taken back by {who} on {when}"
        words = f"{words}: {why}" if row.opens else words
        path = row.action.get_absolute_url() if row.opens else reverse("dashboards:home")
        yield Waiting("taken_back", words, path, (row.action.reference,))


@waits(unnamed="Actions that await approval, with nobody named to give it")
def nobody_approves(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """Claims that nobody is named to approve, for those who say who approves; never of their own actions. The
    way leads to the first."""
    if not person.holds(*KEEPERS):
        return
    others = Action.objects.awaiting_nobody().exclude(owner__in=person.posts())
    yield (found := references(others))
    if about := tuple(found):
        words = f"Nobody is named to approve {_number(about)} said to be done"
        yield Waiting("unnamed", words, reverse("actions:set_approver", args=[about[0]]), about)


@waits(twin_done="Actions that are the same as one that is completed")
def twin_done(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """Actions of the person's posts that are still to be done, while the same of another plan is done, which
    the person may open."""
    own = Action.objects.filter(owner__in=person.posts())
    yield (found := Overlap.objects.half_done(own, person))
    for pair in found:
        words = f"{pair.undone.reference}: {pair.is_it_done_too}"
        yield Waiting("twin_done", words, pair.undone.get_absolute_url(), (pair.undone.reference,))


def _claimed_anew() -> Q:
    """Actions that await approval other than by having been sent back to it."""
    sent_back = ProgressUpdate.objects.with_before(now := Moment.now()).filter(BACK)
    standing = ProgressUpdate.objects.standing(now).filter(pk__in=sent_back.values("pk"))
    return Q(status=Status.AWAITING_APPROVAL) & ~Q(pk__in=standing.values("action"))


def _number(about: Sequence[str]) -> str:
    return f"{len(about)} action{pluralize(about)}"


def _where(about: Sequence[str]) -> str:
    """The page of the one, else the plans."""
    return reverse("actions:action", args=about) if len(about) == 1 else reverse("actions:plans")
