"""The figures of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from actions.figures.progress import PROGRESS, standing
from actions.models import ProgressUpdate
from actions.models.evidence import undocumented
from governance.figures.figure import figure

if TYPE_CHECKING:
    from governance.figures.moment import Moment, Scope


@figure(
    "actions.completed_without_document",
    title="Actions completed without a document",
    definition="Actions whose latest progress update effective on or before the date is “Completed”, and "
    "which no document, neither a file nor a link, then served as evidence. A document that was taken down "
    "serves no more. Words in the report itself are no document.",
    shape=PROGRESS,
)
def completed_without_document(moment: Moment, scope: Scope) -> QuerySet[ProgressUpdate]:
    """Said to be done, with nothing to look at."""
    return standing(moment, scope).filter(undocumented(moment))
