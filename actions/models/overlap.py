"""Overlap between actions of two plans: facts on two clocks about a pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When

from actions.models.action import Action
from actions.models.progress import ProgressUpdate, Status
from governance.core.dates import long_date
from governance.figures.models import TwoClockQuerySet, TwoClockRow
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from actions.models.action import ActionQuerySet
    from governance.people.models import User

# Of actions that are the same, the one counted is the least far along: nothing counts as done by its twin.
FAR_ALONG = (
    Status.NOT_STARTED,
    Status.IN_PROGRESS,
    Status.AWAITING_APPROVAL,
    Status.COMPLETED,
    Status.WITHDRAWN,
)


def least_far_along(status: str, reference: str) -> tuple[int, str]:
    """What counts of actions that are the same: the lowest of these; of equals the first reference."""
    return FAR_ALONG.index(Status(status)), reference


class OverlapQuerySet(TwoClockQuerySet["Overlap"]):
    """What is said of pairs of actions."""

    def visible_to(self, person: User) -> Self:
        """Those of which this person may open one action; the other keeps to itself
        what it is called, which post owns it and how it stands."""
        open_to = Action.objects.visible_to(person)
        return self.filter(Q(action__in=open_to) | Q(other__in=open_to))

    def around(self, action: Action) -> Self:
        """What is said of that action and any other."""
        return self.filter(Q(action=action) | Q(other=action))

    def to_change(self) -> Self:
        """What stands of a pair: neither corrected since, nor said never to have been so."""
        return self.filter(void=False, corrected_by=None)

    def the_same(self) -> Self:
        """Those by which two actions are one piece of work."""
        return self.filter(kind=Overlap.Kind.SAME)

    def pieces(self, moment: Moment) -> list[set[int]]:
        """Actions that are the same work, as known at a moment, also through others."""
        return groups(self.standing(moment).the_same().values_list("action_id", "other_id"))

    def half_done(self, actions: ActionQuerySet, person: User) -> Self:
        """Those that say today that one of these actions, of which nobody claims that it is done, is the same
        as a completed one which the person may open; with `done_on`, since when that is so."""
        now, completed = Moment.now(), Action.objects.visible_to(person).filter(status=Status.COMPLETED)
        undone = actions.filter(status__in=(Status.NOT_STARTED, Status.IN_PROGRESS))
        one = Q(action__in=undone, other__in=completed)
        other = Q(other__in=undone, action__in=completed)
        found = self.standing(now).the_same().filter(one | other).select_related("action", "other")
        which = Case(When(action__status=Status.COMPLETED, then="action_id"), default="other_id")
        done = ProgressUpdate.objects.changed(now).filter(action=OuterRef("done"))
        last = done.order_by("-effective_on", "-place").values("effective_on")
        dated = found.alias(done=which).annotate(done_on=Subquery(last[:1]))
        return dated.order_by("action__reference", "other__reference")

    def for_page(self, person: User) -> Self:
        """Everything a page says of overlaps, in one query, and which of the two the person may open."""
        open_to = Action.objects.visible_to(person)
        return (
            self.select_related("action__plan", "action__owner", "other__plan", "other__owner")
            .annotate(
                opens_action=Exists(open_to.filter(pk=OuterRef("action"))),
                opens_other=Exists(open_to.filter(pk=OuterRef("other"))),
            )
            .order_by("action__reference", "other__reference")
        )


class Overlap(TwoClockRow):
    """That two actions of two plans are the same, or that one is part of the other or supports it.

    A pair stands with the action entered first as `action`, so that it cannot be said twice the other way
    round. Each further statement about it corrects the one before; `void` says that they do not overlap.
    """

    class Kind(models.TextChoices):
        """What `action` is to `other`. The law of counting hangs on the first, so it is no list."""

        SAME = "same", "Is the same as"
        PART_OF = "part_of", "Is part of"
        WHOLE_OF = "whole_of", "Includes"
        SUPPORTS = "supports", "Supports"
        SUPPORTED_BY = "supported_by", "Is supported by"

        @property
        def turned_round(self) -> Overlap.Kind:
            """What `other` is to `action`."""
            return TURNED_ROUND.get(self, self)

    subject = "action_id"
    stands_by: ClassVar[tuple[str, ...]] = ("action_id", "other_id")

    action = models.ForeignKey(Action, models.PROTECT, related_name="overlaps")
    other = models.ForeignKey(Action, models.PROTECT, related_name="overlapped_by")
    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.TextField()
    recorded_by = models.ForeignKey("people.User", models.PROTECT, related_name="overlaps_said")
    recorded_as = models.CharField(max_length=200, blank=True, default="")

    done_on: date  # of `half_done`

    objects = OverlapQuerySet.as_manager()

    class Meta(TwoClockRow.Meta):
        constraints = [
            *TwoClockRow.Meta.constraints,
            models.CheckConstraint(
                name="overlap_names_the_earlier_first", condition=Q(action__lt=F("other"))
            ),
            models.CheckConstraint(
                name="overlap_kind_is_known",
                condition=Q(kind__in=["same", "part_of", "whole_of", "supports", "supported_by"]),
            ),
            models.CheckConstraint(name="overlap_gives_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="overlap_of_a_pair_begins_once",
                fields=["action", "other"],
                condition=Q(corrects=None),
            ),
        ]

    def __str__(self) -> str:
        said = f"{self.action.reference} {self.get_kind_display().lower()} {self.other.reference}"
        return f"{said}: never so" if self.void else said

    @property
    def undone(self) -> Action:
        """Of `half_done`, the one that is still to be done."""
        return self.other if self.action.status == Status.COMPLETED else self.action

    @property
    def is_it_done_too(self) -> str:
        """Of `half_done`, what its owner is asked."""
        done = self.action if self.undone == self.other else self.other
        return (
            f"the same as {done.reference}, which was completed on {long_date(self.done_on)}: is it done too?"
        )

    def seen_from(self, action: Action) -> Overlap.Kind:
        """What that action, one of the two, is to the other."""
        kind = Overlap.Kind(self.kind)
        return kind if action.pk == self.action_id else kind.turned_round


TURNED_ROUND = {
    Overlap.Kind.PART_OF: Overlap.Kind.WHOLE_OF,
    Overlap.Kind.WHOLE_OF: Overlap.Kind.PART_OF,
    Overlap.Kind.SUPPORTS: Overlap.Kind.SUPPORTED_BY,
    Overlap.Kind.SUPPORTED_BY: Overlap.Kind.SUPPORTS,
}


def groups(pairs: Iterable[tuple[int, int]]) -> list[set[int]]:
    """What hangs together by pairs, directly or through others: (1, 2) and (2, 3) make 1, 2 and 3 one."""
    found: dict[int, set[int]] = {}
    for one, other in pairs:
        small, large = sorted((found.get(one, {one}), found.get(other, {other})), key=len)
        large |= small
        found |= dict.fromkeys(small, large) | {one: large, other: large}
    return list({id(group): group for group in found.values()}.values())
