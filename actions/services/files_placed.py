"""What a file says an action is called, answers and serves: written, by the kind of fact."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from actions.models import (
    Action,
    ActionRecommendation,
    Milestone,
    Principle,
    Recommendation,
    SourceReference,
    Workstream,
)
from actions.models.sight import lead_to, place
from actions.representations.files.row import ANSWERS, AREA, MILESTONE, NAMED, PRIORITY, SERVED
from governance.core.steps import StepError
from governance.people.registers.facts import Fact

if TYPE_CHECKING:
    from governance.people.models import User


def answer(action: Action, fact: Fact | None, by: User) -> None:
    """Let the action answer these recommendations and no others; none where there is no fact."""
    first, keys = (fact["first"], {*fact["keys"].values()}) if fact else (None, set())
    if action.recommendation_id != first:
        action.recommendation_id = first
        action.save(update_fields=["recommendation"])
    links = ActionRecommendation.objects.filter(action=action)
    links.exclude(recommendation__in=keys - {first}).delete()
    held = set(links.values_list("recommendation", flat=True))
    new = sorted(keys - {first} - held)
    ActionRecommendation.objects.bulk_create(
        ActionRecommendation(action=action, recommendation_id=key) for key in new
    )


def rank(action: Action, fact: Fact | None, by: User) -> None:
    """Give the recommendation the priority that the auditor gave it. What it has it keeps, and so does one
    for which the action is not agreed, since the register was chosen where the file says that it is."""
    if fact and action.recommendation_id == fact["recommendation"]:
        asked = Recommendation.objects.select_for_update().get(pk=fact["recommendation"])
        if asked.priority not in ("", fact["code"]):
            raise StepError(f"{asked.reference} has another priority by now. Check the file anew")
        asked.priority = fact["code"]
        asked.save(update_fields=["priority"])


def locate(action: Action, fact: Fact | None, by: User) -> None:
    """Put the action into a scope area, or into none."""
    if action.scope_area_id != (key := fact["area"] if fact else None):
        action.scope_area_id = key
        action.save(update_fields=["scope_area"])


def lead(action: Action, fact: Fact | None, by: User) -> None:
    """Let the action serve a milestone of its plan, or none."""
    lead_to(action, Milestone.objects.get(pk=fact["milestone"]) if fact else None)


def serve(action: Action, fact: Fact | None, by: User) -> None:
    """Put the action into a workstream and under principles, or into none."""
    keys, workstream = (fact["principles"], fact["workstream"]) if fact else ([], None)
    found = Workstream.objects.filter(pk=workstream).first() if workstream else None
    place(action, found, list(Principle.objects.filter(pk__in=keys)))


def call(action: Action, fact: Fact | None, by: User) -> None:
    """Let other lists call the action these references and no others; none where there is no fact."""
    words = fact["words"] if fact else {}
    held = SourceReference.objects.filter(action=action)
    held.exclude(reference__in=words).delete()
    there = set(held.values_list("reference", flat=True))
    new = [SourceReference(plan_id=action.plan_id, action=action, reference=word, source=source)
           for word, source in words.items() if word not in there]  # fmt: skip
    taken = SourceReference.objects.alike([each.reference for each in new]).filter(plan=action.plan_id)
    if other := taken.select_related("action").first():
        raise StepError(f"“{other}” is {other.action.reference} by now. Check the file anew")
    SourceReference.objects.bulk_create(new)


def call_again(action: Action, fact: Fact | None, by: User) -> None:
    """Let other lists call the action as before, save what they call another one of the plan by now."""
    words = fact["words"] if fact else {}
    named = SourceReference.objects.alike(words).filter(plan=action.plan_id).exclude(action=action)
    taken = {word.lower() for word in named.values_list("reference", flat=True)}
    call(action, {"words": {word: said for word, said in words.items() if word.lower() not in taken}}, by)


PLACED: dict[str, Callable[[Action, Any, User], None]] = {
    NAMED: call, ANSWERS: answer, PRIORITY: rank, AREA: locate, MILESTONE: lead,
    SERVED: serve,
}  # fmt: skip
