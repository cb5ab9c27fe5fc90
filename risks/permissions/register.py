"""Who may do what with the risk register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.models import READERS, UNIT_READERS
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
    withdrawn stays as it is."""
    return risk.state != Risk.State.WITHDRAWN and keeps(person, risk)


@rule("risks.withdraw_risk")
def may_withdraw_risk(person: User, risk: Risk) -> bool:
    """Information governance officers withdraw what should never have been entered, and bring it back."""
    return person.holds(*KEEPERS)


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
