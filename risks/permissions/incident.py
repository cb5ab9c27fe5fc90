"""Who may do what with incidents: everybody reports, and those read who need to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.people.models import Role
from governance.people.rules import rule
from risks.models import KNOWING, Incident

if TYPE_CHECKING:
    from governance.people.models import User

OVER = (Incident.State.CLOSED, Incident.State.WITHDRAWN)


@rule("risks.report_incident")
def may_report_incident(person: User) -> bool:
    """Everybody who is in a post."""
    return bool(person.posts())


@rule("risks.list_incidents")
def may_list_incidents(person: User) -> bool:
    """Everybody who is in a post finds their own reports; what else is listed they need to know of."""
    return may_report_incident(person)


@rule("risks.count_incidents")
def may_count_incidents(person: User) -> bool:
    """Information governance officers, the senior information risk owner, the data protection officer and the
    Caldicott Guardian. A count of few would tell others what they need not know."""
    return person.holds(*KNOWING)


@rule("risks.view_incident")
def may_view_incident(person: User, incident: Incident) -> bool:
    """Those four; whoever reported it; the posts that handle it or are named as needing to know. What is no
    longer restricted is also open to records managers, the strategy group and internal audit."""
    return Incident.objects.visible_to(person).filter(pk=incident.pk).exists()


@rule("risks.change_incident")
def may_change_incident(person: User, incident: Incident) -> bool:
    """Information governance officers, and the post that handles it. What is closed or withdrawn stays as it
    is until it is opened again."""
    return incident.state not in OVER and keeps(person, incident)


@rule("risks.move_incident")
def may_move_incident(person: User, incident: Incident) -> bool:
    """Information governance officers take it up, close it, open it again, and withdraw what was an error."""
    return officer_for(person, incident)


@rule("risks.name_posts")
def may_name_posts(person: User, incident: Incident) -> bool:
    """Information governance officers and the senior information risk owner say who needs to know, unless
    their own post was involved: they would take themselves off."""
    names = officer_for(person, incident) or person.holds(Role.SIRO)
    return names and not was_involved(person, incident)


@rule("risks.note_incident")
def may_note_incident(person: User, incident: Incident) -> bool:
    """Those who keep it, the senior information risk owner, the data protection officer and the Caldicott
    Guardian, who advise; and whoever reported it, as they learn more."""
    if incident.state in OVER:
        return False
    knows = person.holds(*KNOWING) or incident.reported_by_id == person.pk
    return knows or keeps(person, incident)


@rule("risks.record_notice")
def may_record_notice(person: User, incident: Incident) -> bool:
    """Whoever keeps it records whom the council told; also once it is closed, since regulators write late."""
    return incident.state != Incident.State.WITHDRAWN and (
        keeps(person, incident) or person.holds(Role.SIRO, Role.DPO)
    )


@rule("risks.decide_incident")
def may_decide_incident(person: User, incident: Incident) -> bool:
    """Information governance officers and the senior information risk owner decide who is told, unless their
    own post was involved in what happened. The data protection officer advises, and does not decide."""
    decides = officer_for(person, incident) or person.holds(Role.SIRO)
    return incident.state not in OVER and decides and not was_involved(person, incident)


@rule("risks.decide_not_to_tell")
def may_decide_not_to_tell(person: User, incident: Incident) -> bool:
    """Whoever decides, but not on their own report: that nobody is told needs a second person. So does what
    stops the 72 hours or has them end later: a near miss, no personal data, a later time, an error."""
    return incident.reported_by_id != person.pk and may_decide_incident(person, incident)


@rule("risks.steer_clocks")
def may_steer_clocks(person: User) -> bool:
    """Information governance officers say which recipient the 72 hours apply to, and what a severity prompts.
    Keeping lists does not do for that: an administrator would start or stop a clock of the law."""
    return person.holds(Role.IG_OFFICER)


def officer_for(person: User, incident: Incident) -> bool:
    """Is this person an information governance officer for the service that it happened in?"""
    return person.holds_for(incident.unit_id, Role.IG_OFFICER)


def keeps(person: User, incident: Incident) -> bool:
    """Does this person keep all incidents, or handle this one?"""
    return officer_for(person, incident) or person.occupies(incident.owner_id)


def was_involved(person: User, incident: Incident) -> bool:
    """Is a post of this person named as involved in what happened?"""
    return bool(incident.post_links.filter(involved=True, post__in=person.posts()).exists())
