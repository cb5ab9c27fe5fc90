"""Putting an action on a plan as it was delivered: its own reference, its opening day, what it answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from actions.models import (
    Action,
    ActionPlan,
    ActionRecommendation,
    Principle,
    Recommendation,
    SourceReference,
    Workstream,
)
from actions.models.sight import place
from assets.models.numbering import next_reference
from governance.core.dates import LONDON, long_date, today
from governance.core.refusals import rule_of
from governance.core.steps import StepError
from governance.history.trail import because

if TYPE_CHECKING:
    from governance.people.models import Post, User

PREFIX = "ACT"
NOON = time(12)
AFTER_THE_FREEZE = "known after the last freeze"
TOLD = (
    "A paper on this plan went out after {} without this action. Leave the document and its day empty: the "
    "action is then known from today"
)


@dataclass(frozen=True)
class Delivered:
    """An action as a plan on paper has it. An empty `reference` asks for the next one; `source_reference` is
    what the auditor's or the consultant's list calls it, where that is another; the first of the
    recommendations is the one for which it was agreed; `document` says where it stands, as of `known_on`."""

    title: str
    owner: Post
    opened_on: date
    due_on: date | None = None
    reference: str = ""
    recommendations: Sequence[Recommendation] = ()
    scope_area: Any = None
    milestone: Any = None
    workstream: Workstream | None = None
    principles: Collection[Principle] = ()
    document: str = ""
    source_reference: str = ""
    known_on: date | None = None

    @property
    def known(self) -> dict[str, Any]:
        """Since when it is known: noon of the document's day; now, where that is today or none is named."""
        if not self.known_on or self.known_on >= today():
            return {"source_document": self.document}
        known_at = datetime.combine(self.known_on, NOON, LONDON)
        return {"known_at": known_at, "source_document": self.document}

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the action itself."""
        first = next(iter(self.recommendations), None)
        names = ("title", "owner", "due_on", "scope_area", "milestone")
        return {"recommendation": first} | {name: getattr(self, name) for name in names}


@transaction.atomic
def enter(plan: ActionPlan, said: Delivered, *, by: User) -> Action:
    """The action, "Not started" from its opening day.

    Raises StepError where another has its reference, where one without a reference of its own says just the
    same, and where a paper on the plan was frozen since its document without it.
    """
    ActionPlan.objects.select_for_update().get(pk=plan.pk)
    if not said.reference:
        _refuse_twice(plan, said)
    why = f"Entered as delivered in {said.document}" if said.document else "Entered as the plan was delivered"
    with because(why):
        action = _opened(plan, said, by)
        for further in said.recommendations[1:]:
            ActionRecommendation.objects.create(action=action, recommendation=further)
        place(action, said.workstream, said.principles)
        _called(action, said)
    return action


def _called(action: Action, said: Delivered) -> None:
    """Keep what the plan on paper calls it. Raises StepError where that is another action of the plan."""
    if word := said.source_reference or said.reference:
        taken = SourceReference.objects.alike([word]).filter(plan=action.plan)
        if other := taken.select_related("action").first():
            raise StepError(f"On this plan {other} is {other.action.reference} already", "source_reference")
        action.source_references.create(plan=action.plan, reference=word, source=said.document)


def _refuse_twice(plan: ActionPlan, said: Delivered) -> None:
    if found := plan.says_already(said.opened_on, **said.fields):
        raise StepError(
            f"{found.reference} says just this already. Give another action a reference of its own",
            "reference",
        )


def _opened(plan: ActionPlan, said: Delivered, by: User) -> Action:
    reference = said.reference or next_reference(Action, PREFIX)
    opening = {"opened_on": said.opened_on, **said.known, **said.fields}
    try:
        with transaction.atomic():
            return plan.open_action(by=by, reference=reference, **opening)
    except IntegrityError as refused:
        if rule_of(refused) == AFTER_THE_FREEZE and said.known_on:
            raise StepError(TOLD.format(long_date(said.known_on)), "known_on") from refused
        if not Action.objects.filter(reference__iexact=reference).exists():
            raise
        raise StepError(
            f"Another action has the reference {reference}. Choose another", "reference"
        ) from None
