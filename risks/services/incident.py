"""An incident from its first report to its closing. People decide; what is decided stands as it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from assets.models.numbering import next_reference
from governance.core.dates import long_moment
from governance.core.steps import StepError
from governance.history.trail import because
from governance.people.models import Role
from risks.models import (
    KNOWING,
    Incident,
    IncidentDecision,
    IncidentNote,
    IncidentNotice,
    IncidentRecipient,
)
from risks.models.incident import STEPS
from risks.models.incident_clock import SECOND_PERSON, deadline, is_late
from risks.representations.incident_weighed import missing_of
from risks.services.incident_closing import missing_to_close
from risks.services.incident_seen import refuse_unseen

if TYPE_CHECKING:
    from governance.people.models import User

TITLE = 80  # characters of what was reported, until somebody gives it a title
HANDLING = (Role.IG_OFFICER, Role.DPO, Role.SIRO)


class IncidentError(StepError):
    """A step that cannot be taken; the text says why, as a sentence for a page."""


def report(incident: Incident, *, by: User) -> Incident:
    """Log a first report under the next reference, restricted to those who have to know.

    The council counts as aware from when its own people noticed; an officer who finds otherwise says why.
    """
    with transaction.atomic(), because("First report"):
        incident.reference = next_reference(Incident, "IN")
        incident.title = incident.title or titled(incident.what_happened)
        incident.reported_by, incident.reported_post = by, by.title_for(incident.unit_id)
        incident.reported_at = timezone.now()
        incident.aware_at = incident.discovered_at
        incident.save(force_insert=True)
    return incident


def titled(what_happened: str) -> str:
    """The beginning of what was reported, at a word's end."""
    line = " ".join(what_happened.split())
    return line if len(line) <= TITLE else f"{line[:TITLE].rsplit(' ', 1)[0]}…"


def decide(
    incident: Incident,
    recipient: IncidentRecipient,
    *,
    tells: bool,
    reason: str,
    by: User,
    seen: str | None = None,
) -> IncidentDecision:
    """Record whether somebody is told, by whom it was decided, and why. A later decision takes its place.

    Of a decision not to tell it keeps which of what it rests on was not recorded then, whoever decides.

    Raises IncidentError where this person may not decide that, and MovedOnError where others have recorded
    something since what was `seen` (a token of `seen_of`), as every step here does.
    """
    with transaction.atomic():
        standing = Incident.objects.for_change().get(pk=incident.pk)
        refuse_unseen(standing, seen)
        if not by.has_perm("risks.decide_incident" if tells else "risks.decide_not_to_tell", standing):
            raise IncidentError(
                "Somebody else has to decide that: nobody does alone on what they reported or were part of",
                "tells",
            )
        return IncidentDecision.objects.create(
            incident=standing,
            recipient=recipient,
            tells=tells,
            reason=reason,
            unknown="" if tells else missing_of(standing),
            **signature(standing, by),
        )


def record_notice(notice: IncidentNotice, *, by: User, seen: str | None = None) -> IncidentNotice:
    """Record that somebody was told, or what was written; `notice.corrects` names one that it replaces.

    Raises IncidentError where the time cannot be, where the 72 hours were over and no reason is given, or
    where somebody else has already put that notice right.
    """
    with transaction.atomic():
        standing = Incident.objects.for_change().get(pk=notice.incident_id)
        refuse_unseen(standing, seen)
        if why := cannot_be(standing, notice):
            raise IncidentError(why, "at")
        if why := lacks_reason(standing, notice):
            raise IncidentError(why, "late_reason")
        if notice.corrects and not standing.incidentnotices.standing_now().filter(pk=notice.corrects.pk):
            raise IncidentError("That entry has been put right already. Look again")
        for name, value in signature(standing, by).items():
            setattr(notice, name, value)
        notice.save(force_insert=True)
    return notice


def cannot_be(incident: Incident, notice: IncidentNotice) -> str:
    """What to say where nobody can have been told at that time; else empty."""
    if notice.at > timezone.now():
        return "The time must be in the past"
    if notice.kind == IncidentNotice.Kind.TOLD and not notice.void and notice.at < incident.discovered_at:
        noticed = long_moment(incident.discovered_at)
        return f"Nobody can have been told before the incident was noticed, on {noticed}"
    return ""


def goes_to_regulator(notice: IncidentNotice) -> bool:
    """Do the 72 hours apply to it? What puts another right is to the same recipient as that was then."""
    before = notice.corrects
    same = before is not None and before.recipient_id == notice.recipient_id
    return bool(before.to_regulator if before and same else notice.recipient.is_regulator)


def lacks_reason(incident: Incident, notice: IncidentNotice) -> str:
    """What to say where the regulator was told after the 72 hours without a reason; else empty."""
    first = notice.kind == IncidentNotice.Kind.TOLD and goes_to_regulator(notice)
    if not first or notice.void or notice.late_reason or not is_late(incident.aware_at, notice.at):
        return ""
    return f"Say why it was reported late: the 72 hours ended on {long_moment(deadline(incident.aware_at))}"


def note(incident: Incident, words: str, *, by: User, seen: str | None = None) -> IncidentNote:
    """Add what became known; of the data protection officer it is advice.

    Raises IncidentError where it was closed meanwhile.
    """
    with transaction.atomic():
        standing = Incident.objects.for_change().get(pk=incident.pk)
        if not by.has_perm("risks.note_incident", standing):
            now = standing.get_state_display().lower()
            raise IncidentError(f"{standing.reference} is {now}: nothing is noted with it any more", "words")
        refuse_unseen(standing, seen)
        return IncidentNote.objects.create(
            incident=standing, words=words, as_advice=by.holds(Role.DPO), **signature(standing, by)
        )


def move(
    incident: Incident, to: str, *, by: User, reason: str, owner: Any = None, seen: str | None = None
) -> Incident:
    """Take the incident a step further, with a reason. `owner`: the post that handles it from then on.

    Raises IncidentError where that step does not follow, or where something is still to be done or said.
    """
    with transaction.atomic(), because(reason):
        standing = Incident.objects.for_change().get(pk=incident.pk)
        if to not in STEPS[standing.state]:
            now = standing.get_state_display().lower()
            raise IncidentError(f"{standing.reference} is {now}: choose again", "to")
        refuse_unseen(standing, seen)
        if to == Incident.State.WITHDRAWN and not by.has_perm("risks.decide_not_to_tell", standing):
            raise IncidentError(SECOND_PERSON, "to")
        if to == Incident.State.CLOSED and (missing := missing_to_close(standing)):
            raise IncidentError(f"Before it is closed, {' and '.join(missing)}", "to")
        standing.state = Incident.State(to)
        standing.owner = owner or standing.owner
        standing.closed_at = timezone.now() if to == Incident.State.CLOSED else None
        standing.save(update_fields=["state", "owner", "closed_at"])
    incident.refresh_from_db()
    return incident


def signature(incident: Incident, by: User) -> dict[str, Any]:
    """Who writes, and the post in which they do."""
    return {"recorded_by": by, "recorded_post": by.title_for(incident.unit_id, *HANDLING, *KNOWING)}
