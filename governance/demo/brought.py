"""What has been brought in so far, by the names that the files use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import DataError, IntegrityError

from actions.models import Action, ActionPlan, Audit, ProgressUpdate, Recommendation, ScopeArea
from assets.models import Asset
from governance.demo.shape import BrokenFilesError, Files, Problem, Row
from governance.people.models import OrganisationalUnit, Post, Role, User

if TYPE_CHECKING:
    from governance.committees.models import Body, Meeting, Paper

# Who answers for what a file brings in without naming a person: the first of these that somebody holds.
KEEPERS = (Role.IG_OFFICER, Role.RECORDS_MANAGER, Role.ADMINISTRATOR)
CLERKS = (Role.COMMITTEE_OFFICER, Role.AUTHOR, *KEEPERS)


@dataclass
class Brought:
    """The records that the rows of a set of files became. A name the files leave empty is None."""

    files: Files
    units: dict[str, OrganisationalUnit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    assets: dict[str, Asset] = field(default_factory=dict)
    audits: dict[str, Audit] = field(default_factory=dict)
    areas: dict[tuple[str, str], ScopeArea] = field(default_factory=dict)
    recommendations: dict[tuple[str, str], Recommendation] = field(default_factory=dict)
    plans: dict[str, ActionPlan] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    updates: dict[str, ProgressUpdate] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    meetings: dict[tuple[Any, ...], Meeting] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)

    @contextmanager
    def of(self, row: Row) -> Iterator[None]:
        """What the database refuses inside is said of this row. Raises BrokenFilesError."""
        try:
            yield
        except (IntegrityError, DataError) as error:
            said: Any = getattr(error.__cause__, "diag", None)
            text = f"The database refuses this: {getattr(said, 'message_primary', error)}."
            problem = row.problem(getattr(said, "column_name", None) or "", text)
            raise BrokenFilesError([*self.files.problems, problem]) from error

    def each(self, file: str, bring_in: Callable[[Brought, Row], None]) -> None:
        """Bring in the rows of a file one by one; what the database refuses of one is said of that row."""
        for row in self.files[file]:
            with self.of(row):
                bring_in(self, row)

    def holder(self, *roles: Role) -> User:
        """The first person who holds the first of these roles that anybody holds; else the first person."""
        people = list(self.people.values())
        if not people:
            raise BrokenFilesError([Problem("people.csv", "There is nobody in the file.")])
        return next((one for role in roles for one in people if one.holds_any(role)), people[0])
