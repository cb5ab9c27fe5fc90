"""More time as pages say it: each request, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from actions.models import Extension, Status
from governance.core.components import Column
from governance.figures.moment import Moment

COLUMNS = [Column("Action"), Column("Asked for"), Column("Why"), Column("Who decides"), Column("Answer")]


@dataclass(frozen=True)
class Asked:
    """A request, and its answer if there is one."""

    request: Extension
    answer: Extension | None = None

    @property
    def waits(self) -> bool:
        """Is there still an answer to give? Nobody gives one for an action that is closed."""
        return self.answer is None and self.request.action.status not in Status.closed()

    @property
    def date_taken_back(self) -> bool:
        """Was the date that was granted taken back since?"""
        revision = self.answer.revision if self.answer else None
        return bool(revision and hasattr(revision, "corrected_by"))


def asked_for(said: Iterable[Extension]) -> Sequence[Asked]:
    """Of what was said, each request with its answer: those that wait first, then the latest first."""
    rows = list(said)
    answers = {row.request_id: row for row in rows if row.request_id}
    found = [Asked(row, answers.get(row.pk)) for row in reversed(rows) if row.request_id is None]
    return sorted(found, key=lambda each: each.answer is not None)


def known_of(said: Iterable[Extension], moment: Moment) -> Sequence[Asked]:
    """The requests of one action that were known at a moment, with what had become of them by then."""
    known = (row for row in said if row.known_at < moment.known_before and row.effective_on <= moment.as_at)
    return asked_for(known)
