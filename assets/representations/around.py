"""What happened around an asset, for its history: places, holds, disposals, and what names it elsewhere.

Each is told only to who may open the other thing, by its name of today.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from assets.models import Asset, Disposal, Hold
from governance.core.components import Change
from governance.core.dates import end_of_day
from governance.figures.moment import Moment
from governance.history.timeline import Event, compare, event_of, label_of

if TYPE_CHECKING:
    from governance.people.models import User


class Link(NamedTuple):
    """Rows between assets and another thing: what leads to them, and the words for their coming and going."""

    related: str
    other: str
    begun: str
    ended: str


LINKS = (
    Link("keepings", "location", "Kept at {}", "No longer kept at {}"),
    Link("held_by", "hold", "Put under hold {}", "Taken from under hold {}"),
    Link("activity_links", "activity", "Named in processing activity {}", "Taken off processing activity {}"),
    Link("agreement_links", "agreement", "Covered by agreement {}", "Taken off agreement {}"),
    Link("contract_links", "contract", "Handled under contract {}", "Taken off contract {}"),
    Link("incident_links", "incident", "Concerned by incident {}", "Taken off incident {}"),
    Link("action_links", "action", "Concerned by action {}", "Taken off action {}"),
)


def events_around(asset: Asset, moment: Moment, person: User) -> list[Event]:
    """Everything up to the moment, in no order."""
    midnight = end_of_day(moment.as_at)
    found = [event for link in LINKS for event in linked(asset, link, person)]
    found += [*_lifted(asset, person), *_disposals(asset, person)]
    return [event for event in found if event.when < midnight]


def with_events_around(events: list[Event], asset: Asset, moment: Moment, person: User) -> list[Event]:
    """The history of an asset with what happened around it, the latest first."""
    found = [*events, *events_around(asset, moment, person)]
    return sorted(found, key=lambda event: event.when, reverse=True)


def linked(entry: Any, link: Link, person: User) -> Iterator[Event]:
    """The coming and going of one kind of row of an entry. Two queries at most."""
    back = entry._meta.get_field(link.related)
    rows: Any = back.related_model
    mine = rows.history.filter(**{back.field.attname: entry.pk})
    versions = list(mine.order_by("history_date", "history_id"))
    if not versions:
        return
    others = rows._meta.get_field(link.other).related_model._default_manager.all()
    visible = others.visible_to(person) if hasattr(others, "visible_to") else others
    named = visible.in_bulk({getattr(version, f"{link.other}_id") for version in versions})
    before: dict[int, Any] = {}
    for version in versions:
        if other := named.get(getattr(version, f"{link.other}_id")):
            words = link.ended if version.history_type == "-" else link.begun
            changes = _changes(before.get(version.id), version)
            yield _said(version, words.format(other), changes)
        before[version.id] = version


def _changes(before: Any, after: Any) -> tuple[Change, ...]:
    """What a changed row said before and says since; nothing for one that came or went."""
    if before is None or after.history_type == "-":
        return ()
    fields = {field.name: field for field in after.tracked_fields}
    return tuple(Change(label_of(fields[name]), *said) for name, said in compare(before, after).items())


def _lifted(asset: Asset, person: User) -> Iterator[Event]:
    """The end of the holds over it."""
    over = Hold.objects.visible_to(person).filter(covers__asset=asset).values("pk")
    ended: Any = Hold.history.filter(id__in=over, lifted_on__isnull=False)
    first = ended.order_by("id", "history_date", "history_id").distinct("id")
    for version in first:
        yield _said(version, f"Hold {version.reference} lifted", why=version.lift_reason)


def _disposals(asset: Asset, person: User) -> Iterator[Event]:
    """Each stage that a disposal of it, or of a part, has reached."""
    mine = Disposal.objects.visible_to(person).filter(asset=asset).values("pk")
    reached: Any = Disposal.history.filter(id__in=mine)
    stages = reached.order_by("id", "stage", "history_date", "history_id").distinct("id", "stage")
    for version in stages:
        words = f"Disposal {version.reference}: {version.get_stage_display().lower()}"
        yield _said(version, words, why=version.reason)


def _said(version: Any, words: str, changes: tuple[Change, ...] = (), why: str = "") -> Event:
    """A version as an event of the asset, in these words."""
    event = event_of(version, changes)
    return replace(event, about=words, why=event.why or why, version=None)
