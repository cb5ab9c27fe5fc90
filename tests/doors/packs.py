"""The doors of evidence packs: of the follow-up of the audit that the owner's plan answers."""

from datetime import date
from typing import Any

from actions.models import EvidencePack, FollowUp, PackLayout
from actions.services.packs import content_of, sign
from tests.doors.door import Door
from tests.doors.follow_ups import a_follow_up
from tests.doors.who import EVERYBODY, GET_POST, HIDDEN, KEEPERS, OWNER, READERS, SHUT_OUT
from tests.doors.world import World

PACK_READERS = KEEPERS | {"siro", "internal_auditor"}


def a_pack(world: World) -> list[Any]:
    """The number of a pack."""
    code, number = a_follow_up(world)
    follow_up = FollowUp.objects.get(audit__code=code, number=number)
    layout = PackLayout.objects.get(code="plain")
    found, _ = EvidencePack.objects.get_or_create(follow_up=follow_up, layout=layout, as_at=date(2026, 1, 5))
    return [found.pk]


def a_signature(world: World) -> list[Any]:
    """A pack, and what was signed of it."""
    (number,) = a_pack(world)
    pack = EvidencePack.objects.get(pk=number)
    signed = pack.last_signature() or sign(pack, content_of(pack).digest, "", by=world.cast["siro"])
    return [number, signed.pk]


PACKS = [
    Door("actions:pack", PACK_READERS, at=a_pack, refused=EVERYBODY),
    Door("exchange:pack", PACK_READERS, at=a_pack, refused=EVERYBODY),
    Door("actions:pack_now", PACK_READERS, at=a_pack, refused=EVERYBODY),
    Door("actions:signed_pack", PACK_READERS, at=a_signature, refused=EVERYBODY),
    Door("actions:sign_pack", frozenset({"siro"}), at=a_pack, methods=GET_POST),
    Door("actions:return_pack", frozenset({"siro"}), at=a_pack, methods=GET_POST),
    Door("actions:put_pack_forward", KEEPERS, at=a_pack, methods=GET_POST),
    Door("actions:pack_layouts", PACK_READERS),
    Door("actions:new_pack_layout", KEEPERS, methods=GET_POST),
    Door("actions:change_pack_layout", KEEPERS, at=lambda world: ["plain"], methods=GET_POST),
    Door(
        "actions:new_pack",
        KEEPERS,
        at=a_follow_up,
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
]
