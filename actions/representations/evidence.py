"""How evidence is said on the page of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from actions.models import ActionDocument
from actions.representations.plan import told
from governance.history.timeline import Event, event_of

if TYPE_CHECKING:
    from actions.models import Action
    from governance.figures.moment import Moment, Scope
    from governance.figures.tiles import Tile

KEY = "completed_without_document"


def removals(action: Action, moment: Moment) -> QuerySet[Any]:
    """What was evidence for the action and is so no more, as known at the moment; the latest first."""
    links: Any = ActionDocument.history.filter(action_id=action.pk, history_type="-")
    found: QuerySet[Any] = links.filter(history_date__lt=moment.known_before).select_related("document")
    return found.order_by("-history_date", "-history_id")


def taken_off(removed: Iterable[Any]) -> list[Event]:
    """The same in words: who took it off, when and why."""
    return [replace(event_of(link, ()), about=f"{link.document} taken off as evidence") for link in removed]


def undocumented(counted: Iterable[Mapping[str, Any]], moment: Moment, scope: Scope) -> Tile:
    """What was completed without a document, of the grouped counts of a plan's figures."""
    return told(KEY, sum(row[KEY] for row in counted), "Completed without a document", moment, scope)
