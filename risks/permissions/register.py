"""Who may do what with the risk register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.models import READERS, UNIT_READERS, Asset
from governance.people.models import Role
from governance.people.rules import rule
from risks.models import Risk

if TYPE_CHECKING:
    from governance.people.models import User

KEEPERS = (Role.IG_OFFICER, Role.RECORDS_MANAGER)


@rule("risks.list_risks")
def may_list_risks(person: User) -> bool:
    """Whoever reads the register, in whole or for a unit, and whoever is in a post that owns a risk."""
    return person.holds_any(*READERS, *UNIT_READERS) or Risk.objects.filter(owner__in=person.posts()).exists()


@rule("risks.view_risk")
def may_view_risk(person: User, risk: Risk) -> bool:
    """Readers of the registers, the post that owns it, and those who keep or manage its unit."""
    return (
        person.holds(*READERS)
        or person.occupies(risk.owner_id)
        or risk.unit_id in person.units(*READERS, *UNIT_READERS)
    )


@rule("risks.change_risk")
def may_change_risk(person: User, risk: Risk) -> bool:
    """Owners and their deputies keep their own entries; information governance officers keep all. What is
    not open stays as it is."""
    return risk.state == Risk.State.OPEN and keeps(person, risk)


@rule("risks.add_risk")
def may_add_risk(person: User) -> bool:
    """Who keeps the registers, information asset owners and their deputies, and who is in a post that owns an
    asset: each finds the page on which a risk is raised."""
    owns = Asset.objects.filter(owner__in=person.posts())
    return person.holds_any(*KEEPERS, Role.IAO, Role.IAA) or owns.exists()


@rule("risks.enter_risk")
def may_enter_risk(person: User, risk: Risk) -> bool:
    """A risk of their own post or unit; those who keep the registers any."""
    return keeps(person, risk)


@rule("risks.score_risk")
def may_score_risk(person: User, risk: Risk) -> bool:
    """Who keeps the entry scores it while it is open."""
    return risk.state == Risk.State.OPEN and keeps(person, risk)


@rule("risks.correct_score")
def may_correct_score(person: User, risk: Risk) -> bool:
    """Information governance officers and the records manager put right what was scored, as they do for the
    progress of actions: a correction changes what papers of past days say from now on."""
    return risk.state == Risk.State.OPEN and person.holds(*KEEPERS)


@rule("risks.close_risk")
def may_close_risk(person: User, risk: Risk) -> bool:
    """Who keeps the entry closes what cannot happen any more, and reopens it."""
    return risk.state in (Risk.State.OPEN, Risk.State.CLOSED) and keeps(person, risk)


@rule("risks.withdraw_risk")
def may_withdraw_risk(person: User, risk: Risk) -> bool:
    """Information governance officers withdraw what should never have been entered, and bring it back."""
    return risk.state in (Risk.State.OPEN, Risk.State.WITHDRAWN) and person.holds(*KEEPERS)


@rule("risks.merge_risk")
def may_merge_risk(person: User, risk: Risk) -> bool:
    """Information governance officers and the records manager merge what was entered twice, and take that
    back."""
    return risk.state in (Risk.State.OPEN, Risk.State.MERGED) and person.holds(*KEEPERS)


@rule("risks.bring_in")
def may_bring_risks_in(person: User) -> bool:
    """Those who keep the whole register bring files of risks into it."""
    return person.holds(*KEEPERS)


def keeps(person: User, risk: Risk) -> bool:
    """Those who keep the registers, the post that owns it, and the owners and deputies of its unit."""
    return (
        person.holds(*KEEPERS)
        or person.occupies(risk.owner_id)
        or risk.unit_id in person.units(*KEEPERS, Role.IAO, Role.IAA)
    )
