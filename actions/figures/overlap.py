"""The figures of overlap: what several plans have to do together, each piece of work counted once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from actions.figures.progress import PROGRESS, standing
from actions.models import Overlap, ProgressUpdate, Status
from actions.models.overlap import least_far_along
from governance.figures.figure import Column, figure

if TYPE_CHECKING:
    from governance.figures.moment import Moment, Scope

THE_SAME = (
    "Actions of several plans are the same where that was recorded by the day of knowledge, also through a "
    "third action: so two of one plan can be, where both are the same as one of another plan. Of those that "
    "are the same and in scope, the one counted is the least far along, in the order not started, in "
    "progress, awaiting approval, completed, withdrawn; of equals the one whose reference comes first."
)

OVERLAPPING = replace(
    PROGRESS,
    columns=(
        *PROGRESS.columns[:2],
        Column("Overlaps with", "overlaps_with"),
        Column("How", "overlaps_how"),
        *PROGRESS.columns[2:],
    ),
)
ONE, OTHER = Q(action=OuterRef("action")), Q(other=OuterRef("action"))


def repeats(moment: Moment, scope: Scope) -> set[int]:
    """The keys of actions in scope that are left out where each piece of work counts once. Two queries; one
    where nothing is the same as anything."""
    same = Overlap.objects.pieces(moment)
    concerned = set().union(*same)
    if not concerned:
        return set()
    rows = standing(moment, scope).filter(action__in=concerned)
    told = {
        action: least_far_along(status, reference)
        for action, status, reference in rows.values_list("action_id", "status", "action__reference")
    }
    return set(_left_out(same, told))


def _left_out(same: Iterable[set[int]], told: dict[int, tuple[int, str]]) -> Iterator[int]:
    for group in same:
        yield from sorted(group & told.keys(), key=told.__getitem__)[1:]


@figure(
    "actions.counted_once",
    title="Actions, each piece of work counted once",
    definition="Actions with a progress update effective on or before the date, whatever its status, less "
    f"those that are the same as another in scope. {THE_SAME}",
    shape=PROGRESS,
)
def counted_once(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """The union of the plans in scope."""
    return standing(moment, scope).exclude(action__in=repeats(moment, scope))


@figure(
    "actions.repeated",
    title="Actions that are the same as another",
    definition="Actions left out of the figure “Actions, each piece of work counted once”, since another in "
    f"scope is the same and counts for both. {THE_SAME}",
    shape=PROGRESS,
)
def repeated(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """What the sum of the plans counts more than once."""
    return standing(moment, scope).filter(action__in=repeats(moment, scope))


@figure(
    "actions.overlapping",
    title="Actions that overlap with another plan",
    definition="Actions recorded as the same as, as part of or including, or as supporting or supported by "
    "an action of another plan.",
    shape=OVERLAPPING,
)
def overlapping(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Of whatever kind the overlap is; each row says with which actions, and what it is to each."""
    pairs: Any = Overlap.objects.standing(moment).filter(ONE | OTHER)
    rows: Any = standing(moment, scope).filter(Exists(pairs))
    named = pairs.annotate(
        twin=Case(When(ONE, then=F("other__reference")), default=F("action__reference")), said=_said()
    ).order_by("twin")
    found: QuerySet[Any] = rows.annotate(
        overlaps_with=_in_one_line(named.values("twin"), ", "),
        overlaps_how=_in_one_line(
            named.values_list(Concat("said", Value(" "), "twin", output_field=TextField())), "; "
        ),
    )
    return found


def _said() -> Case:
    """What the action of the row is to the other of a pair, whichever of the two it is."""
    return Case(
        *(When(ONE, kind=kind, then=Value(kind.label)) for kind in Overlap.Kind),
        *(When(kind=kind, then=Value(kind.turned_round.label)) for kind in Overlap.Kind),
        output_field=TextField(),
    )


def _in_one_line(words: QuerySet[Any], between: str) -> Func:
    """The words of a subquery, one after the other."""
    return Func(ArraySubquery(words), Value(between), function="array_to_string", output_field=TextField())


@figure(
    "actions.twin_completed",
    title="Actions to be done whose twin is completed",
    definition="Actions neither completed nor withdrawn that are recorded as the same as an action of "
    "another plan which is completed: somebody is to say whether they are done too.",
    shape=PROGRESS,
)
def twin_completed(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """Questions that completing the one has left open for the other."""
    done = ProgressUpdate.objects.standing(moment).filter(status=Status.COMPLETED).values("action")
    same = Overlap.objects.standing(moment).the_same()
    one = same.filter(action=OuterRef("action"), other__in=done)
    other = same.filter(other=OuterRef("action"), action__in=done)
    return standing(moment, scope).exclude(status__in=Status.closed()).filter(Exists(one) | Exists(other))
