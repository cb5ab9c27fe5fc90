"""The doors of the registers, and of what belongs to an asset."""

from collections.abc import Callable
from typing import Any

from assets.models import Asset
from tests.doors.door import Door, of_owner
from tests.doors.who import (
    ADMINISTRATOR,
    ELSEWHERE,
    GET_POST,
    HIDDEN,
    KEEPERS,
    OWNER,
    READERS,
    SHUT_OUT,
    UNIT_READERS,
)
from tests.doors.world import World

REGISTERS = [
    door
    for room, thing in [("assets", "asset"), ("risks", "risk")]
    for door in [
        Door(f"{room}:list", READERS | UNIT_READERS),
        Door(
            f"{room}:{thing}",
            READERS | OWNER,
            at=of_owner(thing, "reference"),
            others=HIDDEN,
            refused=SHUT_OUT,
        ),
        Door(
            f"{room}:edit",
            KEEPERS | OWNER,
            at=of_owner(thing, "reference"),
            methods="GET" if room == "assets" else GET_POST,
            others=HIDDEN,
            refused=READERS - KEEPERS | SHUT_OUT,
        ),
    ]
]
REGISTERS.append(
    Door(
        "risks:state",
        KEEPERS,
        at=of_owner("risk", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    )
)
LIST_READERS = READERS | UNIT_READERS | ADMINISTRATOR
LIST_KEEPERS = KEEPERS | ADMINISTRATOR


def a_place(world: World) -> list[Any]:
    """Where the owner's asset is kept."""
    return [world.owner.asset.reference, world.keeping.pk]


ASSETS = [
    Door("assets:lists", LIST_READERS),
    Door("assets:locations", LIST_READERS, open=ELSEWHERE),
    Door("assets:systems", LIST_READERS, open=ELSEWHERE),
    Door("assets:entries", LIST_READERS, at=lambda world: ["marking"]),
    Door("assets:list_entry", LIST_READERS, at=lambda world: ["location", world.keeping.location_id]),
    Door("assets:new_entry", LIST_KEEPERS, at=lambda world: ["function"], methods=GET_POST),
    *(
        Door(
            f"assets:{name}_entry",
            LIST_KEEPERS,
            at=lambda world: ["location", world.keeping.location_id],
            methods=GET_POST,
        )
        for name in ("change", "retire")
    ),
    *(
        Door(
            f"assets:{name}_place",
            KEEPERS | OWNER,
            at=at,
            methods=GET_POST,
            others=HIDDEN,
            refused=READERS - KEEPERS | SHUT_OUT,
        )
        for name, at in [("add", of_owner("asset", "reference")), ("change", a_place), ("remove", a_place)]
    ),
    Door("assets:new", KEEPERS | UNIT_READERS, methods=GET_POST),
    Door(
        "assets:edit_section",
        KEEPERS | OWNER,
        at=lambda world: [world.owner.asset.reference, "identity"],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door(
        "assets:state",
        KEEPERS | OWNER,
        at=of_owner("asset", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
]


def version(number: int) -> Callable[["World"], list[Any]]:
    """The owner's asset and one of its versions."""

    def found(world: World) -> list[Any]:
        kept = Asset.history.filter(id=world.owner.asset.pk).order_by("history_id")
        return [world.owner.asset.reference, kept[number].history_id]

    return found


def an_issue(world: World) -> list[Any]:
    """An issue with the data of the owner's asset."""
    return [world.issue.reference]


def a_rule(world: World) -> list[Any]:
    """A rule for the data of the owner's asset."""
    return [world.owner.asset.reference, world.issue.rule.pk]


CHANGES = [
    Door("assets:change", READERS | OWNER, at=version(0), others=HIDDEN, refused=SHUT_OUT),
    Door(
        "assets:undo",
        KEEPERS | OWNER,
        at=version(1),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
]

REGISTER = [
    Door("assets:bulk", KEEPERS, at=lambda world: [], case="nothing chosen", open=ELSEWHERE),
    Door("assets:bulk_check", KEEPERS, methods=GET_POST, open=ELSEWHERE),
    Door("assets:bulk_do", KEEPERS, methods=GET_POST, open=ELSEWHERE),
    Door("assets:columns", READERS | UNIT_READERS, methods=GET_POST, open=ELSEWHERE),
    Door("assets:views", READERS | UNIT_READERS, methods=GET_POST),
    Door(
        "assets:remove_view",
        frozenset({"owner"}),
        at=lambda world: [world.view.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=SHUT_OUT,
    ),
    Door(
        "assets:remove_view",
        KEEPERS | {"owner"},
        at=lambda world: [world.shared_view.pk],
        methods=GET_POST,
        case="shared",
    ),
    Door(
        "assets:of_unit",
        READERS | UNIT_READERS,
        at=lambda world: [world.owner.post.unit.code],
        open=ELSEWHERE,
    ),
]

QUALITY = [
    Door("assets:duplicates", READERS | UNIT_READERS),
    Door("assets:quality", READERS | UNIT_READERS),
    Door("assets:quality_issue", READERS | OWNER, at=an_issue, others=HIDDEN, refused=SHUT_OUT),
    Door(
        "assets:end_issue",
        KEEPERS | OWNER,
        at=an_issue,
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    *(
        Door(
            f"assets:{name}",
            KEEPERS | OWNER,
            at=at,
            methods=GET_POST,
            others=HIDDEN,
            refused=READERS - KEEPERS | SHUT_OUT,
        )
        for name, at in [
            ("log_issue", of_owner("asset", "reference")),
            ("kinship", of_owner("asset", "reference")),
            ("add_rule", of_owner("asset", "reference")),
            ("change_rule", a_rule),
        ]
    ),
]

SCHEDULE = [
    *(Door(f"assets:{name}", READERS | UNIT_READERS)
      for name in ("schedule", "holds", "due", "over_retained", "disposals")),
    Door("assets:rule", READERS | UNIT_READERS, at=lambda world: [world.retention_rule.code]),
    Door("assets:new_rule", KEEPERS, methods=GET_POST),
    Door("assets:edit_rule", KEEPERS, at=lambda world: [world.retention_rule.code], methods=GET_POST),
    Door("assets:place_hold", KEEPERS, methods=GET_POST),
    *(
        Door(name, READERS | OWNER, at=at, others=HIDDEN, refused=SHUT_OUT)
        for name, at in [
            ("assets:hold", lambda world: [world.hold.reference]),
            ("assets:disposal", lambda world: [world.proposed.reference]),
            ("assets:certificate", lambda world: [world.carried_out.reference]),
        ]
    ),
    *(
        Door(name, opens_to, at=at, methods=GET_POST, others=HIDDEN,
             refused=READERS - opens_to | OWNER - opens_to | SHUT_OUT)
        for name, opens_to, at in [
            ("assets:widen_hold", KEEPERS, lambda world: [world.hold.reference]),
            ("assets:lift_hold", KEEPERS, lambda world: [world.hold.reference]),
            ("assets:propose_disposal", KEEPERS | OWNER, of_owner("asset", "reference")),
            ("assets:decide_disposal", OWNER | {"records_manager"}, lambda world: [world.proposed.reference]),
            ("assets:carry_out_disposal", KEEPERS | OWNER, lambda world: [world.agreed.reference]),
        ]
    ),
]  # fmt: skip
