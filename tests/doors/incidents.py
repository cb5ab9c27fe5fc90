"""The doors of the incidents. The world's is the owner's report: others do not know that it is there."""

from collections.abc import Callable
from typing import Any

from tests.doors.door import Door
from tests.doors.who import EVERYBODY, GET_POST, HIDDEN, OWNER
from tests.doors.world import World

OFFICER = frozenset({"ig_officer"})
KNOWING = OFFICER | {"siro", "dpo", "caldicott_guardian"}


def at(*more: Any) -> Callable[[World], list[Any]]:
    """An address of the world's incident."""
    return lambda world: [world.incident.reference, *more]


def a_notice(world: World) -> list[Any]:
    """What the world's incident was reported by."""
    return [world.incident.reference, world.incident.incidentnotices.get().pk]


def a_link(kind: str) -> Callable[[World], list[Any]]:
    """A row of the world's incident."""
    rows = {"assets": "asset_links", "risks": "risk_links", "posts": "post_links"}[kind]
    return lambda world: [world.incident.reference, kind, getattr(world.incident, rows).get().pk]


def step(name: str, opens_to: frozenset[str], *more: Any, **options: Any) -> Door:
    """A step with the incident: whoever knows of it and may not take it is refused."""
    options.setdefault("at", at(*more))
    refused = (KNOWING | OWNER) - opens_to
    return Door(name, opens_to, methods=GET_POST, others=HIDDEN, refused=refused, **options)


INCIDENTS = [
    Door("risks:incidents", EVERYBODY),
    Door("risks:report_incident", EVERYBODY, methods=GET_POST),
    Door("risks:incident", KNOWING | OWNER, at=at(), others=HIDDEN),
    Door("risks:incident_figures", KNOWING),
    step("risks:edit_incident", OFFICER, "times"),
    step("risks:move_incident", OFFICER),
    step("risks:decide_incident", OFFICER | {"siro"}),
    step("risks:record_notice", OFFICER | {"siro", "dpo"}),
    step("risks:correct_notice", OFFICER | {"siro", "dpo"}, at=a_notice),
    step("risks:note_incident", KNOWING | OWNER),
    step("risks:link_incident", OFFICER, "assets", case="an asset"),
    step("risks:link_incident", OFFICER | {"siro"}, "posts", case="a post"),
    step("risks:raise_from_incident", OFFICER),
    step("risks:unlink_incident", OFFICER, at=a_link("risks"), case="a risk"),
    step("risks:unlink_incident", OFFICER | {"siro"}, at=a_link("posts"), case="a post"),
]
