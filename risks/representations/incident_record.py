"""Everything that was decided, told and noted of an incident, as one story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from governance.core.components import TimelineEntry
from governance.core.dates import long_moment
from governance.people.registers.versions import instant_of
from risks.models import Incident, IncidentDecision, IncidentNotice

if TYPE_CHECKING:
    from governance.figures.moment import Moment


def record_of(incident: Incident, moment: Moment) -> list[TimelineEntry]:
    """Decisions, notices and notes up to a moment, the latest first."""
    instant = instant_of(moment)
    found = [
        *map(_decision, incident.incidentdecisions.before(instant).select_related("recipient")),
        *map(_notice, incident.incidentnotices.before(instant).select_related("recipient", "corrected_by")),
        *map(_note, incident.incidentnotes.before(instant)),
    ]
    return sorted(found, key=lambda entry: entry.when, reverse=True)


def _decision(each: IncidentDecision) -> TimelineEntry:
    title = f"Decided: {each.recipient} {'to be told' if each.tells else 'not to be told'}"
    words = [each.reason, each.unknown and f"Decided without knowing the {each.unknown}"]
    return TimelineEntry(
        title, each.recorded_at, post=each.recorded_post, reason="\n".join(filter(None, words))
    )


def _notice(each: IncidentNotice) -> TimelineEntry:
    title = f"{each.get_kind_display()}: {each.recipient}, on {long_moment(each.at)}"
    words = [each.words, each.their_reference and f"Their reference: {each.their_reference}"]
    words.append(each.late_reason and f"Why after the 72 hours: {each.late_reason}")
    if each.corrects_id:
        title = f"Put right: {title}"
    if each.void:
        title = f"Never happened: {title}"
    return TimelineEntry(
        title, each.recorded_at, post=each.recorded_post, reason="\n".join(filter(None, words))
    )


def _note(each: Any) -> TimelineEntry:
    title = "Advice of the data protection officer" if each.as_advice else "Note"
    return TimelineEntry(title, each.recorded_at, post=each.recorded_post, reason=each.words)
