"""Who may do what with the record of processing activities and with DPIAs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.models import READERS, UNIT_READERS, Dpia, DpiaAuthor, ProcessingActivity
from assets.permissions.register import KEEPERS
from governance.people.models import Role
from governance.people.rules import rule

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from governance.people.models import User

OWNERS = (Role.IAO, Role.IAA)
ADVISERS = (Role.DPO, Role.CALDICOTT_GUARDIAN)


@rule("assets.list_activities")
def may_list_activities(person: User) -> bool:
    """Whoever reads the registers, in whole or for a unit, and whoever is in a post that owns an activity."""
    return (
        person.holds_any(*READERS, *UNIT_READERS)
        or ProcessingActivity.objects.filter(owner__in=person.posts()).exists()
    )


@rule("assets.add_activity")
def may_add_activity(person: User) -> bool:
    """Information governance officers, and owners of assets and their deputies for their own units."""
    return person.holds_any(*KEEPERS, *OWNERS)


@rule("assets.bring_in_activities")
def may_bring_activities_in(person: User) -> bool:
    """Those who keep the whole record of processing bring files into it."""
    return person.holds(*KEEPERS)


@rule("assets.view_activity")
def may_view_activity(person: User, activity: ProcessingActivity) -> bool:
    """Readers of the registers, the post that owns it, and those who keep or manage its unit."""
    return (
        person.holds(*READERS)
        or person.occupies(activity.owner_id)
        or activity.unit_id in person.units(*READERS, *UNIT_READERS)
    )


@rule("assets.change_activity")
def may_change_activity(person: User, activity: ProcessingActivity) -> bool:
    """Owners and their deputies keep their own activities; information governance officers keep all."""
    return (
        person.holds(*KEEPERS)
        or person.occupies(activity.owner_id)
        or activity.unit_id in person.units(*KEEPERS, *OWNERS)
    )


@rule("assets.change_dpia")
def may_change_dpia(person: User, dpia: Dpia) -> bool:
    """Whoever keeps its activity writes in a draft; what was sent is taken back first."""
    return dpia.state == Dpia.State.DRAFT and may_change_activity(person, dpia.activity)


@rule("assets.advise_on_processing")
def may_advise_on_processing(person: User) -> bool:
    """The data protection officer and the Caldicott Guardian advise, and change nothing else."""
    return person.holds(*ADVISERS)


@rule("assets.sign_off_dpia")
def may_sign_off_dpia(person: User, dpia: Dpia) -> bool:
    """The senior information risk owner: never of an own activity, nor of what they wrote in or advised on,
    nor as data protection officer."""
    return Dpia.objects.that_may_be_signed_off_by(person).filter(pk=dpia.pk).exists()


@rule("assets.go_ahead_without_dpia")
def may_go_ahead_without_dpia(person: User, activity: ProcessingActivity) -> bool:
    """The senior information risk owner decides that processing may begin before its DPIA is signed off:
    never of an own activity, nor where they wrote in a DPIA of it or advised on it.
    """
    if not person.holds(Role.SIRO) or person.occupies(activity.owner_id) or person.holds_any(Role.DPO):
        return False
    advised = activity.advice.filter(given_by_id=person.pk).exists()
    return not advised and not wrote_in(person, activity.dpias.all())


def wrote_in(person: User, dpias: QuerySet[Dpia]) -> bool:
    """Did this person begin one of these DPIAs, or write in one?"""
    written = DpiaAuthor.objects.filter(dpia__in=dpias, person_id=person.pk)
    return written.exists() or dpias.filter(begun_by_id=person.pk).exists()
