"""What stands in the columns of an evidence pack: each recommendation and its actions, as they read then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from actions.models import (
    Action,
    ActionDocument,
    Claim,
    DateRevision,
    Document,
    DocumentVersion,
    ProgressUpdate,
    Recommendation,
    ScopeArea,
    Status,
)
from actions.models.answering import answering_at
from governance.core.dates import long_date
from governance.figures.moment import Moment
from governance.people.models import Post
from governance.people.registers.versions import instant_of, then_or_first

if TYPE_CHECKING:
    from actions.models import Audit


@dataclass
class Answer:
    """An action that answers a recommendation, as it stood on the day of the pack."""

    update: Any  # with the title of the action then, that of the post that owned it, and since when it stands
    due: date | None
    versions: list[Any] = field(default_factory=list)

    @property
    def reference(self) -> str:
        """The reference of the action."""
        return str(self.update.action.reference)

    def line(self, said: str) -> str:
        """Something of it, under its reference."""
        return f"{self.reference}: {said}" if said else self.reference


Cell = Callable[[Any, Sequence[Answer]], str]


def _lines(say: Callable[[Answer], str]) -> Cell:
    """A line for each action."""
    return lambda asked, answers: "\n".join(each.line(say(each)) for each in answers)


def _due(answer: Answer) -> str:
    return long_date(answer.due) if answer.due else "no due date"


def _done(answer: Answer) -> str:
    is_done = answer.update.status == Status.COMPLETED
    return long_date(answer.update.since) if is_done else "not completed"


def _documents(answer: Answer) -> str:
    named = (f"{each.document.reference} {each.title_then}" for each in answer.versions)
    return "; ".join(dict.fromkeys(named)) or "no document"


def _response(asked: Any) -> str:
    return str(Recommendation.Response(asked.answer).label) if asked.answer else ""


# What a column may hold, by the name that a layout gives: in words, and how it is read.
FIELDS: dict[str, tuple[str, Cell]] = {
    "reference": ("the auditor's reference", lambda asked, answers: asked.reference),
    "recommendation": ("the recommendation", lambda asked, answers: asked.text),
    "area": ("the scope area", lambda asked, answers: asked.area_then or ""),
    "priority": ("the auditor's priority", lambda asked, answers: asked.priority),
    "response": ("the council's answer", lambda asked, answers: _response(asked)),
    "reason": (
        "why it is answered so",
        lambda asked, answers: asked.response_reason if asked.answer else "",
    ),
    "status": (
        "what the council claims by all its actions",
        lambda asked, answers: Claim.of(each.update.status for each in answers).label,
    ),
    "actions": ("the actions that answer it", _lines(lambda each: each.update.title_then)),
    "owners": ("the posts that own the actions", _lines(lambda each: each.update.owner_title)),
    "due": ("the due dates of the actions", _lines(_due)),
    "progress": ("the status of each action", _lines(lambda each: each.update.get_status_display())),
    "completed": ("the days on which they were completed", _lines(_done)),
    "report": ("what was reported last", _lines(lambda each: each.update.evidence)),
    "evidence": ("the documents that serve as evidence", _lines(_documents)),
}


def recommendations_of(audit: Audit, moment: Moment) -> list[Any]:
    """The recommendations that a pack of the moment holds, in the order of the areas."""
    area = then_or_first(ScopeArea, "title", "scope_area_id", instant_of(moment))
    found = Recommendation.history.handed_over(moment).filter(audit=audit).annotate(area_then=area)
    return list(found.order_by("scope_area__position", "reference"))


def answers_of(audit: Audit, moment: Moment) -> dict[int, list[Answer]]:
    """The actions that answer each recommendation, by its key; those withdrawn too, in their order."""
    pairs = _answering(audit, moment)
    found = {each.action_id: each for each in _updates({action for action, _ in pairs}, moment)}
    dates, versions = _dates(found, moment), _versions(found, moment)
    said = {
        key: Answer(update, dates.get(key, update.action.original_due_on), versions.get(key, []))
        for key, update in found.items()
    }
    answered: dict[int, list[int]] = {}
    for action, of in pairs:
        answered.setdefault(action, []).append(of)
    asked: dict[int, list[Answer]] = {}
    for key in found:
        for each in answered[key]:
            asked.setdefault(each, []).append(said[key])
    return asked


def _answering(audit: Audit, moment: Moment) -> list[tuple[int, int]]:
    """Which action answered which recommendation at the moment, by their keys. One query."""
    first, *others = [
        rows.filter(recommendation__audit=audit).order_by().values_list(action, "recommendation_id")
        for rows, action in answering_at(instant_of(moment))
    ]
    return list(first.union(*others))


def _updates(actions: Iterable[int], moment: Moment) -> Any:
    """Where the actions stood at the moment, each with its title and the post that owned it then."""
    instant = instant_of(moment)
    standing: Any = ProgressUpdate.objects.standing(moment).with_since(moment).select_related("action")
    named = standing.filter(action__in=list(actions)).annotate(
        title_then=then_or_first(Action, "title", "action_id", instant),
        owner_then=then_or_first(Action, "owner_id", "action_id", instant),
    )
    owned = named.annotate(owner_title=then_or_first(Post, "title", "owner_then", instant))
    return owned.order_by("action__reference")


def _dates(actions: Iterable[int], moment: Moment) -> dict[int, date]:
    """The due date that stood at the moment, of actions whose first one was moved."""
    standing: Any = DateRevision.objects.standing(moment)
    return dict(standing.filter(action__in=list(actions)).values_list("action_id", "due_on"))


def _versions(actions: Iterable[int], moment: Moment) -> dict[int, list[Any]]:
    """Of each action the versions, taken down or not, that its documents had by the end of the day, with the
    title that each document had then."""
    instant = instant_of(moment)
    links: Any = ActionDocument.history.before(instant).filter(action_id__in=list(actions))
    pairs = list(links.order_by("document_id").values_list("action_id", "document_id"))
    known = DocumentVersion.objects.for_page().filter(
        added_at__lt=instant, document__in={of for _, of in pairs}
    )
    titled = known.annotate(title_then=then_or_first(Document, "title", "document_id", instant))
    by_document: dict[int, list[Any]] = {}
    for version in titled.order_by("document__reference", "number"):
        by_document.setdefault(version.document_id, []).append(version)
    found: dict[int, list[Any]] = {}
    for action, document in pairs:
        found.setdefault(action, []).extend(by_document.get(document, []))
    return found
