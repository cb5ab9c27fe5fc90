"""The doors of sharing, contracts, what is to be published, and the public register."""

from collections.abc import Callable
from typing import Any

from tests.doors.door import Door, of_owner
from tests.doors.who import (
    EVERYBODY,
    GET_POST,
    HIDDEN,
    KEEPERS,
    NOBODY,
    OWNER,
    OWNERS,
    READERS,
    SHUT_OUT,
    UNIT_READERS,
)
from tests.doors.world import World

SHARING_READERS = READERS | UNIT_READERS


def reference_of(thing: str) -> Callable[[World], list[Any]]:
    """The address of something of the owner's in the registers of sharing and openness."""
    return lambda world: [getattr(world, thing).reference]


def link_of(thing: str, links: str) -> Callable[[World], list[Any]]:
    """The address of a row of such a thing."""
    return lambda world: [
        getattr(world, thing).reference,
        getattr(getattr(world, thing), links).first().pk,
    ]


def kept_by_owner(name: str, at: Callable[[World], list[Any]]) -> Door:
    """What the owner's post keeps: others who see it are refused, and others do not see it."""
    seen = READERS - KEEPERS | SHUT_OUT
    return Door(name, KEEPERS | OWNER, at=at, methods=GET_POST, others=HIDDEN, refused=seen)


def seen_by_readers(name: str, thing: str) -> Door:
    """The page of something of the owner's."""
    return Door(name, READERS | OWNER, at=reference_of(thing), others=HIDDEN, refused=SHUT_OUT)


def a_partner(world: World) -> list[Any]:
    """A partner, whom every reader of sharing sees."""
    return [world.contract.processor.code]


ADDERS = KEEPERS | {"iao", "iaa"} | OWNERS

SHARING = [
    Door("assets:sharing", SHARING_READERS),
    Door("assets:new_agreement", ADDERS, methods=GET_POST),
    Door("assets:sharing_periods", KEEPERS, methods=GET_POST),
    seen_by_readers("assets:agreement", "agreement"),
    seen_by_readers("assets:agreement_json", "agreement"),
    kept_by_owner("assets:edit_agreement", lambda world: [world.agreement.reference, "dates"]),
    kept_by_owner("assets:add_party", reference_of("agreement")),
    kept_by_owner("assets:sign_agreement", link_of("agreement", "partner_links")),
    kept_by_owner("assets:remove_party", link_of("agreement", "partner_links")),
    kept_by_owner("assets:cover", reference_of("agreement")),
    kept_by_owner("assets:uncover", link_of("agreement", "asset_links")),
    Door("assets:contracts", SHARING_READERS),
    Door("assets:new_contract", ADDERS, methods=GET_POST),
    seen_by_readers("assets:contract", "contract"),
    kept_by_owner("assets:edit_contract", reference_of("contract")),
    kept_by_owner("assets:review_contract", reference_of("contract")),
    kept_by_owner("assets:add_handled", reference_of("contract")),
    kept_by_owner("assets:remove_handled", link_of("contract", "asset_links")),
    Door("assets:partners", SHARING_READERS),
    Door("assets:new_partner", KEEPERS, methods=GET_POST),
    Door("assets:partner", SHARING_READERS, at=a_partner),
    Door("assets:edit_partner", KEEPERS, at=a_partner, methods=GET_POST),
    Door("assets:rename_partner", KEEPERS, at=a_partner, methods=GET_POST),
    Door("assets:transparency", SHARING_READERS),
    Door("assets:new_obligation", KEEPERS, methods=GET_POST),
    seen_by_readers("assets:obligation", "obligation"),
    kept_by_owner("assets:edit_obligation", reference_of("obligation")),
    kept_by_owner("assets:publish_obligation", reference_of("obligation")),
    kept_by_owner("assets:unpublish_obligation", link_of("obligation", "publications")),
    Door("public:register", EVERYBODY, public=True),
    Door("public:catalogue", EVERYBODY, public=True),
    Door("public:asset", EVERYBODY, at=lambda world: [world.opened.reference], public=True),
    Door("public:asset", NOBODY, at=of_owner("asset", "reference"), open=HIDDEN, public=True,
         case="not public"),
    Door("exchange:public_assets", EVERYBODY, public=True),
]  # fmt: skip
