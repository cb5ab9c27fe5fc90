"""What became of the things that hang on a risk: controls, further assets, actions, incidents, duplicates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from assets.representations.around import Link, linked
from governance.history.rows import Rows
from governance.history.timeline import event_of
from risks.models import Risk, RiskControl

if TYPE_CHECKING:
    from datetime import datetime

    from governance.history.timeline import Event
    from governance.people.models import User

CONTROLS = Rows(RiskControl, "risk_id", "Control", ("title", "state"))
LINKS = (
    Link("asset_links", "asset", "Also a risk to {}", "No longer a risk to {}"),
    Link("action_links", "action", "Treated by action {}", "No longer treated by action {}"),
    Link("incident_links", "incident", "Linked to incident {}", "No longer linked to incident {}"),
)


def controls_told(risk: Risk, before: datetime) -> Iterator[Event]:
    """What was added, changed and taken off of its controls. Two queries."""
    for event in CONTROLS.events(risk.pk, before):
        yield replace(event, about="Controls changed")


def links_told(risk: Risk, person: User) -> Iterator[Event]:
    """The coming and going of further assets, actions and incidents that the person may open. Six queries."""
    for link in LINKS:
        yield from linked(risk, link, person)


def merges_told(risk: Risk, person: User) -> Iterator[Event]:
    """Each risk that was merged into it, or was found to be no duplicate. One query."""
    mine: Any = Risk.history.filter(merged_into_id=risk.pk).values("id")
    versions: Any = Risk.history.filter(id__in=mine).visible_to(person)
    for _, of_one in groupby(versions.order_by("id", "history_date", "history_id"), key=lambda row: row.id):
        for before, after in pairwise(of_one):
            was, now = (each.merged_into_id == risk.pk for each in (before, after))
            if was != now:
                words = "was merged into it" if now else "was found to be no duplicate of it"
                about = f"{after.reference} {after.title} {words}"
                yield replace(event_of(after, ()), about=about, version=None)
