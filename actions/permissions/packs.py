"""Who makes evidence packs, who signs them off, and who opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.models import EvidencePack
from actions.models.packs import PACK_READERS
from actions.permissions.plans import KEEPERS
from governance.people.models import Role
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import User


@rule("actions.list_packs")
def may_list_packs(person: User) -> bool:
    """Those who make or sign packs, and internal audit."""
    return person.holds(*PACK_READERS)


@rule("actions.keep_packs")
def may_keep_packs(person: User) -> bool:
    """Information governance officers and the records manager."""
    return person.holds(*KEEPERS)


@rule("actions.sign_pack")
def may_sign_pack(person: User, pack: EvidencePack) -> bool:
    """The senior information risk owner, and nobody else."""
    return person.holds(Role.SIRO)


@rule("actions.return_pack")
def may_return_pack(person: User, pack: EvidencePack) -> bool:
    """Who signs packs returns them."""
    return may_sign_pack(person, pack)


@rule("actions.put_pack_forward")
def may_put_pack_forward(person: User, pack: EvidencePack) -> bool:
    """Who makes packs puts them forward again."""
    return may_keep_packs(person)
