"""Who may do what with agreements, contracts, partners, and what is to be published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assets.models import READERS, UNIT_READERS, Agreement, Asset, Obligation, ProcessorContract
from assets.permissions.register import KEEPERS
from governance.people.models import Role
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import User


@rule("assets.list_sharing")
def may_list_sharing(person: User) -> bool:
    """Whoever reads the registers, in whole or for a unit, and whoever is in a post that owns an asset."""
    posts = person.posts()
    return (
        person.holds_any(*READERS, *UNIT_READERS)
        or Asset.objects.filter(owner__in=posts).exists()
        or Agreement.objects.filter(owner__in=posts).exists()
        or ProcessorContract.objects.filter(owner__in=posts).exists()
    )


@rule("assets.view_agreement")
def may_view_agreement(person: User, agreement: Agreement) -> bool:
    """Readers, the post and the unit that keep it, and whoever may open an asset under it."""
    return Agreement.objects.visible_to(person).filter(pk=agreement.pk).exists()


@rule("assets.add_agreement")
def may_add_agreement(person: User) -> bool:
    """Information governance officers and records managers; owners of information assets for their own."""
    return person.holds(*KEEPERS) or person.holds_any(Role.IAO, Role.IAA)


@rule("assets.change_agreement")
def may_change_agreement(person: User, agreement: Agreement) -> bool:
    """The post that keeps it, its unit's asset owner or their deputy, and information governance officers."""
    return keeps(person, agreement)


@rule("assets.view_contract")
def may_view_contract(person: User, contract: ProcessorContract) -> bool:
    """Readers, the post and the unit that keep it, and whoever may open an asset under it."""
    return ProcessorContract.objects.visible_to(person).filter(pk=contract.pk).exists()


@rule("assets.add_contract")
def may_add_contract(person: User) -> bool:
    """Information governance officers and records managers; owners of information assets for their own."""
    return may_add_agreement(person)


@rule("assets.change_contract")
def may_change_contract(person: User, contract: ProcessorContract) -> bool:
    """The post that keeps it, its unit's asset owner or their deputy, and information governance officers."""
    return keeps(person, contract)


@rule("assets.keep_partners")
def may_keep_partners(person: User) -> bool:
    """Information governance officers and records managers keep the partners and the periods of sharing."""
    return person.holds(*KEEPERS)


@rule("assets.list_openness")
def may_list_openness(person: User) -> bool:
    """Whoever reads the registers, in whole or for a unit, and whoever answers for a publication."""
    return may_list_sharing(person) or Obligation.objects.filter(owner__in=person.posts()).exists()


@rule("assets.view_obligation")
def may_view_obligation(person: User, obligation: Obligation) -> bool:
    """Readers of the registers, and the post and the unit that answer for it."""
    return Obligation.objects.visible_to(person).filter(pk=obligation.pk).exists()


@rule("assets.add_obligation")
def may_add_obligation(person: User) -> bool:
    """Information governance officers and records managers."""
    return person.holds(*KEEPERS)


@rule("assets.change_obligation")
def may_change_obligation(person: User, obligation: Obligation) -> bool:
    """The post that answers for it, its unit's asset owner or deputy, and information governance officers."""
    return keeps(person, obligation)


@rule("assets.record_publication")
def may_record_publication(person: User, obligation: Obligation) -> bool:
    """Whoever may change the obligation says that it was met, as long as it applies to the council."""
    return obligation.applies and keeps(person, obligation)


def keeps(person: User, entry: Any) -> bool:
    """Does this person keep all entries, or this one for their post or unit?"""
    return (
        person.holds(*KEEPERS)
        or person.occupies(entry.owner_id)
        or entry.unit_id in person.units(*KEEPERS, Role.IAO, Role.IAA)
    )
