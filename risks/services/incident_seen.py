"""What is before a person who decides on an incident, and what others have recorded with it since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from governance.core.steps import StepError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from risks.models import Incident


class MovedOnError(StepError):
    """What was on the page does not stand any more; the text says what came since."""


def seen_of(incident: Incident) -> str:
    """What stands of an incident, as a form carries it: its version, the last decision, notice and note."""
    last = [facts.order_by("-pk").values_list("pk", flat=True).first() or 0 for facts in facts_of(incident)]
    return "-".join(str(each) for each in (incident.standing_version(), *last))


def refuse_unseen(incident: Incident, seen: str | None) -> None:
    """Raises MovedOnError where something came to the incident, which is locked, since it was `seen`.

    None where no page was shown.
    """
    if seen is None or seen == seen_of(incident):
        return
    came = "; ".join(came_since(incident, seen)) or "it was changed"
    raise MovedOnError(
        f"{incident.reference} has changed since you opened this page: {came}. What you typed is kept: look "
        "at the incident as it stands now, and save again if it still holds"
    )


def came_since(incident: Incident, seen: str) -> Iterator[str]:
    """What came, in words; nothing where what was seen cannot be read."""
    known = [int(part) if part.isdecimal() and len(part) < 19 else -1 for part in seen.split("-")]
    if len(known) != 4 or -1 in known:
        return
    version, *last = known
    if incident.standing_version() != version:
        yield "a section or its state was changed"
    decisions, notices, notes = facts_of(incident)
    yield from (f"decided: {each}" for each in decisions.select_related("recipient").filter(pk__gt=last[0]))
    yield from (f"recorded: {each}" for each in notices.select_related("recipient").filter(pk__gt=last[1]))
    yield from (f"noted by {each.recorded_post}" for each in notes.filter(pk__gt=last[2]))


def facts_of(incident: Incident) -> tuple[Any, Any, Any]:
    """The decisions, notices and notes of an incident."""
    return incident.incidentdecisions, incident.incidentnotices, incident.incidentnotes
