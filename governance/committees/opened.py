"""A published figure opened: the rows behind it as they were, and whether they would be the same today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from actions.models import ActionPlan, ProgressUpdate, Status
from governance.committees.models import Issue, PublishedEntry, PublishedFigure
from governance.core.dates import LONDON, long_date
from governance.figures.figure import Entry, UnknownFigureError, get_figure, movement
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from governance.people.models import User


@dataclass(frozen=True)
class Row:
    """One record behind a figure: what put it there, in the words of the day."""

    reference: str
    title: str
    status: str
    effective_on: date
    evidence: str
    who: str
    known_on: date
    source_document: str
    address: str


@dataclass(frozen=True)
class Verdict:
    """What the registers answer today. `sentence` says it; the references are those that differ."""

    sentence: str
    same: bool
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()


def entries_open_to(figure: PublishedFigure, person: User) -> QuerySet[PublishedEntry]:
    """The entries whose record this person may open, by reference."""
    open_to = ProgressUpdate.objects.visible_to(person)
    return figure.entries.filter(evidence__in=open_to.values("pk")).order_by("reference")


def plans_of(figure: PublishedFigure) -> list[str]:
    """The titles of the plans that were counted."""
    return list(ActionPlan.objects.filter(code__in=figure.counted.plans).values_list("title", flat=True))


def rows(figure: PublishedFigure, entries: list[PublishedEntry]) -> list[Row]:
    """The rows of these entries: titles as printed then, evidence from the updates, which never change."""
    updates = ProgressUpdate.objects.select_related("recorded_by").in_bulk(
        [entry.evidence for entry in entries]
    )
    titles = _titles_then(figure)
    address = get_figure(figure.key).shape.address
    return [_row(entry, updates[entry.evidence], titles, address(entry.reference)) for entry in entries]


def _titles_then(figure: PublishedFigure) -> dict[str, str]:
    issue = Issue.objects.get(paper=figure.paper_id)
    if not issue.is_as_issued():
        return {}
    return {row["reference"]: row["action"] for plan in issue.content["plans"] for row in plan["appendix"]}


def _row(entry: PublishedEntry, update: ProgressUpdate, titles: dict[str, str], address: str) -> Row:
    return Row(
        reference=entry.reference,
        title=titles.get(entry.reference, ""),
        status=Status(update.status).value,
        effective_on=update.effective_on,
        evidence=update.evidence,
        who=update.recorded_as or update.recorded_by.display_name,
        known_on=update.known_at.astimezone(LONDON).date(),
        source_document=update.source_document,
        address=address,
    )


# The same question, asked again


def as_published(figure: PublishedFigure) -> Verdict:
    """The same figure at the same moment, asked today."""
    moment = figure.moment
    if not figure.has_entries:
        return Verdict(
            "The number stands as it was printed; the rows behind it were not kept here.", same=True
        )
    try:
        come, gone = _differences(figure, moment)
    except UnknownFigureError:
        return Verdict(
            "The registers no longer keep this figure. The rows below are those that were published.",
            same=False,
        )
    if not come and not gone:
        return Verdict(
            f"As published: asked again for the same moment, the registers give the same "
            f"{figure.value} today.",
            same=True,
        )
    return Verdict(
        "Not as published: something the figure rests on has been changed since. Asked again "
        "for the same moment, "
        f"the registers give {figure.value + len(come) - len(gone)} today.",
        same=False, gone=gone, come=come,
    )  # fmt: skip


def as_known_now(figure: PublishedFigure) -> Verdict | None:
    """The figure as at the same day with all that is known now: what has been corrected since.

    None where that cannot be asked.
    """
    if figure.movement or not figure.has_entries:
        return None
    try:
        come, gone = _differences(figure, Moment(figure.as_at, timezone.now()))
    except UnknownFigureError:
        return None
    day = long_date(figure.as_at)
    if not come and not gone:
        return Verdict(
            f"Nothing that was learned later changes it: as known today, the figure as at {day} "
            f"is {figure.value}.",
            same=True,
        )
    value = figure.value + len(come) - len(gone)
    return Verdict(
        f"Corrected since: as known today, the figure as at {day} is {value}.",
        same=False,
        gone=gone,
        come=come,
    )


def _differences(figure: PublishedFigure, moment: Moment) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """References that today's answer has and the published one has not, and the other way round."""
    published = {(entry.subject, entry.evidence): entry.reference for entry in figure.listed()}
    today = {(entry.subject, entry.evidence): entry.reference for entry in _asked_again(figure, moment)}
    come = tuple(sorted(reference for key, reference in today.items() if key not in published))
    gone = tuple(sorted(reference for key, reference in published.items() if key not in today))
    return come, gone


def _asked_again(figure: PublishedFigure, moment: Moment) -> list[Entry]:
    asked = get_figure(figure.key)
    parts = {asked.shape.dimensions[name]: value for name, value in figure.dimension.items()}
    entries = asked.entries_of(asked.rows(moment, figure.counted).filter(**parts))
    if figure.earlier:
        found: list[Entry] = getattr(movement(figure.earlier.listed(), entries), figure.movement)
        return found
    return entries
