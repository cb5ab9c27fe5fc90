"""What an evidence pack holds: a row for each recommendation in the auditor's columns, and the documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from actions.models import ActionDocument, ActionRecommendation, Claim, DateRevision, ProgressUpdate, Status
from actions.models.evidence import DocumentVersion
from governance.core.dates import long_date
from governance.figures.moment import Moment
from governance.people.registers.versions import instant_of

if TYPE_CHECKING:
    from actions.models import EvidencePack, Recommendation


@dataclass
class Answer:
    """An action that answers a recommendation, as it stood on the day of the pack."""

    update: ProgressUpdate
    due: date | None
    versions: list[DocumentVersion] = field(default_factory=list)

    @property
    def reference(self) -> str:
        """The reference of the action."""
        return self.update.action.reference

    def line(self, said: str) -> str:
        """Something of it, under its reference."""
        return f"{self.reference}: {said}" if said else self.reference


Cell = Callable[["Recommendation", Sequence[Answer]], str]


def _lines(say: Callable[[Answer], str]) -> Cell:
    """A line for each action."""
    return lambda asked, answers: "\n".join(each.line(say(each)) for each in answers)


def _due(answer: Answer) -> str:
    return long_date(answer.due) if answer.due else "no due date"


def _done(answer: Answer) -> str:
    is_done = answer.update.status == Status.COMPLETED
    return long_date(answer.update.effective_on) if is_done else "not completed"


def _documents(answer: Answer) -> str:
    return "; ".join(dict.fromkeys(str(each.document) for each in answer.versions)) or "no document"


# What a column may hold, by the name that a layout gives: in words, and how it is read.
FIELDS: dict[str, tuple[str, Cell]] = {
    "reference": ("the auditor's reference", lambda asked, answers: asked.reference),
    "recommendation": ("the recommendation", lambda asked, answers: asked.text),
    "area": ("the scope area", lambda asked, answers: asked.scope_area.title if asked.scope_area else ""),
    "priority": ("the auditor's priority", lambda asked, answers: asked.priority),
    "response": ("the council's answer", lambda asked, answers: asked.get_response_display()),
    "reason": ("why it is answered so", lambda asked, answers: asked.response_reason),
    "status": (
        "what the council claims by all its actions",
        lambda asked, answers: Claim.of(each.update.status for each in answers).label,
    ),
    "actions": ("the actions that answer it", _lines(lambda each: each.update.action.title)),
    "owners": ("the posts that own the actions", _lines(lambda each: each.update.action.owner.title)),
    "due": ("the due dates of the actions", _lines(_due)),
    "progress": ("the status of each action", _lines(lambda each: each.update.get_status_display())),
    "completed": ("the days on which they were completed", _lines(_done)),
    "report": ("what was reported last", _lines(lambda each: each.update.evidence)),
    "evidence": ("the documents that serve as evidence", _lines(_documents)),
}


@dataclass(frozen=True)
class Content:
    """All that a pack holds; the same content has the same digest."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    versions: Sequence[tuple[str, DocumentVersion]]  # under the reference of the action that each serves

    @property
    def digest(self) -> str:
        """The SHA-256 of the table, and of what stands for each document."""
        held = [[action, *_identity(version)] for action, version in self.versions]
        said = json.dumps([self.headings, self.rows, held], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(said.encode()).hexdigest()


def _identity(version: DocumentVersion) -> list[Any]:
    """What a version is, without anything that time alone changes."""
    return [str(version), version.document.title, version.sha256, version.link, hasattr(version, "takedown")]


def content_of(pack: EvidencePack) -> Content:
    """What the pack holds as at its day, by all that is known now; a constant number of queries."""
    recommendations = list(pack.follow_up.audit.recommendations.for_list())
    answers = _answers(pack)
    shown = [(heading, FIELDS[name][1]) for heading, name in pack.layout.pairs() if name in FIELDS]
    rows = [[cell(asked, answers.get(asked.pk, ())) for _, cell in shown] for asked in recommendations]
    served = {
        (each.reference, version.pk): version
        for asked in recommendations
        for each in answers.get(asked.pk, ())
        for version in each.versions
    }
    versions = [(action, version) for (action, _), version in served.items()]
    return Content([heading for heading, _ in shown], rows, versions)


def _answers(pack: EvidencePack) -> dict[int, list[Answer]]:
    """The actions that answer each recommendation, by its key; those withdrawn too, in their order."""
    moment, audit = Moment.of(pack.as_at), pack.follow_up.audit
    more = ActionRecommendation.objects.filter(recommendation__audit=audit)
    pairs = list(more.values_list("action_id", "recommendation_id"))
    standing: Any = ProgressUpdate.objects.standing(moment).select_related("action__owner")
    updates = standing.filter(action__recommendation__audit=audit) | standing.filter(
        action__in=[action for action, _ in pairs]
    )
    found = {each.action_id: each for each in updates.order_by("action__reference")}
    dates, versions = _dates(found, moment), _versions(found, moment)
    asked: dict[int, list[Answer]] = {}
    for key, update in found.items():
        answer = Answer(update, dates.get(key, update.action.original_due_on), versions.get(key, []))
        own = update.action.recommendation_id
        for each in dict.fromkeys([*([own] if own else []), *(of for action, of in pairs if action == key)]):
            asked.setdefault(each, []).append(answer)
    return asked


def _dates(actions: Iterable[int], moment: Moment) -> dict[int, date]:
    """The due date that stood at the moment, of actions whose first one was moved."""
    standing: Any = DateRevision.objects.standing(moment)
    return dict(standing.filter(action__in=list(actions)).values_list("action_id", "due_on"))


def _versions(actions: Iterable[int], moment: Moment) -> dict[int, list[DocumentVersion]]:
    """Of each action the versions, taken down or not, that its documents had by the end of the day."""
    instant = instant_of(moment)
    links: Any = ActionDocument.history.before(instant).filter(action_id__in=list(actions))
    pairs = list(links.order_by("document_id").values_list("action_id", "document_id"))
    known = DocumentVersion.objects.for_page().filter(
        added_at__lt=instant, document__in={of for _, of in pairs}
    )
    by_document: dict[int, list[DocumentVersion]] = {}
    for version in known.order_by("document__reference", "number"):
        by_document.setdefault(version.document_id, []).append(version)
    found: dict[int, list[DocumentVersion]] = {}
    for action, document in pairs:
        found.setdefault(action, []).extend(by_document.get(document, []))
    return found
