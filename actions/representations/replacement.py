"""What takes the place of a withdrawn action, as the pages of both say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actions.models import Action, ActionReplacement, ProgressUpdate, Status
from actions.models.replacement import replacing
from governance.people.registers.versions import instant_of

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User


@dataclass(frozen=True)
class Other:
    """The action at the other end. Its title is told only to who may open it."""

    key: int
    action: Action
    opens: bool


@dataclass(frozen=True)
class Replaced:
    """Why an action was withdrawn or opened again, what takes its place, and whose place it takes itself."""

    standing: ProgressUpdate | None
    by: list[Other]
    takes: list[Other]

    @property
    def is_withdrawn(self) -> bool:
        """Was it withdrawn at the moment of the page?"""
        return bool(self.standing and self.standing.status == Status.WITHDRAWN)


def replaced(action: Action, standing: ProgressUpdate | None, moment: Moment, person: User) -> Replaced:
    """What was recorded by the moment. One query; none for an action `for_reader` that was never at either
    end."""
    versions: Any = ActionReplacement.history.before(instant_of(moment))
    links = replacing(action, versions, person, moment) if getattr(action, "was_replacing", True) else []
    by = [Other(link.id, link.replacement, link.opens_replacement) for link in links if _of(link, action)]
    takes = [Other(link.id, link.action, link.opens_action) for link in links if _takes(link, action)]
    return Replaced(standing, by, takes)


def _takes(link: Any, action: Action) -> bool:
    """Does the action take the place of another that was withdrawn at the moment?"""
    return not _of(link, action) and bool(link.is_withdrawn)


def _of(link: Any, action: Action) -> bool:
    return bool(link.action_id == action.pk)
