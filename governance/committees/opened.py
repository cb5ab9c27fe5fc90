"""A published figure opened: the rows behind it as they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import QuerySet

from actions.models import ActionPlan, ProgressUpdate, Status
from governance.committees.models import Issue, PublishedEntry, PublishedFigure
from governance.core.dates import LONDON
from governance.figures.figure import UnknownFigureError, get_figure

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


def entries_open_to(figure: PublishedFigure, person: User) -> QuerySet[PublishedEntry]:
    """The entries whose record this person may open, by reference; of a kind that is kept here."""
    open_to = ProgressUpdate.objects.visible_to(person)
    return known_entries(figure).filter(evidence__in=open_to.values("pk")).order_by("reference")


def known_entries(figure: PublishedFigure) -> QuerySet[PublishedEntry]:
    """The entries whose evidence is of a kind that is kept here: progress updates."""
    return figure.entries.filter(evidence_kind=ProgressUpdate._meta.label_lower)


def plans_of(figure: PublishedFigure) -> list[str]:
    """The titles of the plans that were counted."""
    return list(ActionPlan.objects.filter(code__in=figure.counted.plans).values_list("title", flat=True))


def rows(figure: PublishedFigure, entries: list[PublishedEntry]) -> list[Row]:
    """The rows of these entries: titles as printed then, evidence from the updates, which never change.

    Each leads to its record as it was at the moment of the paper.
    """
    updates = ProgressUpdate.objects.select_related("recorded_by").in_bulk(
        [entry.evidence for entry in entries]
    )
    titles = _titles_then(figure)
    return [_row(entry, updates[entry.evidence], titles, _address(figure, entry)) for entry in entries]


def _address(figure: PublishedFigure, entry: PublishedEntry) -> str:
    """The page of the record at the moment; "" where the registers no longer keep the figure."""
    try:
        address = get_figure(figure.key).shape.address(entry.reference)
    except UnknownFigureError:
        return ""
    return f"{address}?{urlencode(figure.moment.query())}"


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
