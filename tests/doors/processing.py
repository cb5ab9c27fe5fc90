"""The doors of the record of processing and of impact assessments."""

from collections.abc import Callable
from typing import Any

from tests.doors.door import Door
from tests.doors.who import GET_POST, HIDDEN, KEEPERS, OWNER, OWNERS, READERS, SHUT_OUT, UNIT_READERS
from tests.doors.world import World


def of_activity(*more: Any) -> Callable[["World"], list[Any]]:
    """The owner's processing activity, and what follows it in the address."""
    return lambda world: [world.activity.reference, *more]


def changed(name: str) -> Callable[["World"], list[Any]]:
    """The owner's activity or its DPIA, and the change made to it last."""

    def of(world: World) -> list[Any]:
        entry = world.activity if name == "activity" else world.dpia_risk.dpia
        return [entry.reference, entry.standing_version()]

    return of


def a_transfer(world: World) -> list[Any]:
    """A row of the owner's activity."""
    return [world.activity.reference, "transfers", world.transfer.pk]


def to_keep(name: str, at: Callable[["World"], list[Any]], methods: str = GET_POST) -> Door:
    """What owners and keepers do with an activity, and other readers do not."""
    refused = READERS - KEEPERS | SHUT_OUT
    return Door(f"assets:{name}", KEEPERS | OWNER, at=at, methods=methods, others=HIDDEN, refused=refused)


def of_dpia(*more: Any) -> Callable[["World"], list[Any]]:
    """The DPIA of the owner's activity, and what follows it in the address."""
    return lambda world: [world.dpia_risk.dpia.reference, *more]


def to_advise(name: str, at: Callable[["World"], list[Any]]) -> Door:
    """What the data protection officer and the Caldicott Guardian do, and nobody else."""
    advisers = frozenset({"dpo", "caldicott_guardian"})
    refused = READERS | OWNER | SHUT_OUT
    return Door(f"assets:{name}", advisers, at=at, methods=GET_POST, others=HIDDEN, refused=refused)


PROCESSING = [
    Door("assets:activities", READERS | UNIT_READERS),
    Door("assets:new_activity", KEEPERS | OWNERS | {"iao", "iaa"}, methods=GET_POST),
    Door("assets:activity", READERS | OWNER, at=of_activity(), others=HIDDEN, refused=SHUT_OUT),
    to_keep("edit_activity", of_activity("lawfulness")),
    Door(
        "assets:activity_change",
        READERS | OWNER,
        at=changed("activity"),
        others=HIDDEN,
        refused=SHUT_OUT,
    ),
    to_keep("undo_activity", changed("activity")),
    to_keep("go_live", of_activity()),
    to_keep("end_activity", of_activity()),
    to_keep("new_row", of_activity("controllers")),
    to_keep("change_row", a_transfer),
    to_keep("remove_row", a_transfer, "POST"),
    to_keep("screening", of_activity()),
    to_keep("begin_dpia", of_activity(), "POST"),
    to_advise("advise_activity", of_activity()),
    Door(
        "assets:go_ahead",
        frozenset({"siro"}),
        at=of_activity(),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - {"siro"} | OWNER | SHUT_OUT,
    ),
    Door("assets:dpias", READERS | UNIT_READERS),
    Door("assets:dpia", READERS | OWNER, at=of_dpia(), others=HIDDEN, refused=SHUT_OUT),
    Door("assets:dpia_change", READERS | OWNER, at=changed("dpia"), others=HIDDEN, refused=SHUT_OUT),
    to_keep("undo_dpia", changed("dpia")),
    to_keep("dpia_step", of_dpia("need")),
    to_keep("new_dpia_risk", of_dpia()),
    to_keep("change_dpia_risk", lambda world: [world.dpia_risk.dpia.reference, world.dpia_risk.pk]),
    to_keep("check_dpia", of_dpia()),
    to_keep("take_back_dpia", of_dpia(), "POST"),
    to_advise("advise_dpia", of_dpia()),
    Door(
        "assets:sign_off_dpia",
        frozenset({"siro"}),
        at=of_dpia(),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS | OWNER | SHUT_OUT,
    ),
]
