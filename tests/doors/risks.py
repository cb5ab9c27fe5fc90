"""The doors of the risk register, beside those that every register has."""

from datetime import timedelta
from typing import Any

from governance.core.dates import today
from governance.people.models import SavedView
from risks.models import EscalationRules, RiskAsset, RiskControl, RiskMatrix
from risks.representations.definition import shipped
from risks.services import matrix as services
from risks.services import rules
from risks.services.acceptance import answer, before
from tests.doors.door import Door, of_owner
from tests.doors.who import (
    ELSEWHERE,
    GET_POST,
    HIDDEN,
    KEEPERS,
    OWNER,
    OWNERS,
    READERS,
    SHUT_OUT,
    UNIT_READERS,
)
from tests.doors.world import World
from tests.risks.factories import score

SIRO = frozenset({"siro"})


def a_draft(world: World) -> list[Any]:
    """The number of a version that is being written."""
    found = RiskMatrix.objects.drafts().first() or services.begin(shipped()["four_by_four"])
    return [found.number]


def a_control(world: World) -> list[Any]:
    """A risk of the owner, and one of its controls."""
    found, _ = RiskControl.objects.get_or_create(risk=world.owner.risk, title="Locked cabinets")
    return [world.owner.risk.reference, found.pk]


def a_link(world: World) -> list[Any]:
    """A risk of the owner, and a link to another asset that the owner may open."""
    found, _ = RiskAsset.objects.get_or_create(risk=world.owner.risk, asset=world.second_asset)
    return [world.owner.risk.reference, found.pk]


def a_score(world: World) -> list[Any]:
    """A risk of the owner, and a kind of score."""
    return [world.owner.risk.reference, "current"]


def a_recorded_score(world: World) -> list[Any]:
    """A risk of the owner, and a score of it."""
    a_scored_risk(world)
    return [world.owner.risk.reference, world.owner.risk.assessments.order_by("pk")[0].pk]


def a_view(world: World) -> list[Any]:
    """A view of the risk register that only the owner has."""
    found, _ = SavedView.objects.get_or_create(
        person=world.owner, register="risks", name="Above appetite", query="stands=above_appetite"
    )
    return [found.pk]


def a_scored_risk(world: World) -> list[Any]:
    """A risk of the owner that has a score, so that there is something to accept."""
    if not world.owner.risk.assessments.exists():
        score(world.owner.risk, 4, 4)
    return [world.owner.risk.reference]


def an_acceptance(world: World) -> list[Any]:
    """A risk of the owner that the senior information risk owner has accepted."""
    risk, siro = world.owner.risk, world.cast["siro"]
    place = a_scored_risk(world)
    if not risk.acceptances.exists():
        seen, until = before(risk).token, today() + timedelta(days=30)
        answer(risk, "accepted", seen=seen, until=until, reason="For a month", by=siro)
    return place


def draft_rules(world: World) -> list[Any]:
    """The number of a version of the rules that is being written."""
    found = EscalationRules.objects.filter(from_on=None).first() or rules.begin()
    return [found.number]


RISKS = [
    Door("risks:all_rules", READERS | UNIT_READERS),
    Door("risks:promotions", READERS | UNIT_READERS),
    Door("risks:new_rules", KEEPERS, methods=GET_POST),
    Door("risks:rules", READERS | UNIT_READERS, at=draft_rules),
    Door("risks:write_rules", KEEPERS, at=draft_rules, methods=GET_POST),
    Door("risks:adopt_rules", SIRO, at=draft_rules, methods=GET_POST),
    Door("risks:withdraw_rules", SIRO, at=draft_rules, methods=GET_POST),
    Door(
        "risks:ask_acceptance",
        KEEPERS | OWNER,
        at=a_scored_risk,
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door("risks:bulk", KEEPERS, at=lambda world: [], case="nothing chosen", open=ELSEWHERE),
    Door("risks:bulk_check", KEEPERS, methods=GET_POST, open=ELSEWHERE),
    Door("risks:bulk_do", KEEPERS, methods=GET_POST, open=ELSEWHERE),
    Door("risks:views", READERS | UNIT_READERS, methods=GET_POST),
    Door(
        "risks:remove_view",
        frozenset({"owner"}),
        at=a_view,
        methods=GET_POST,
        others=HIDDEN,
        refused=SHUT_OUT,
    ),
    Door(
        "risks:merge",
        KEEPERS,
        at=of_owner("risk", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    Door(
        "risks:correct_score",
        KEEPERS,
        at=a_recorded_score,
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    *(
        Door(
            f"risks:{name}",
            SIRO,
            at=at,
            methods=GET_POST,
            others=HIDDEN,
            refused=READERS - SIRO | OWNER | SHUT_OUT,
        )
        for name, at in [("answer_acceptance", a_scored_risk), ("end_acceptance", an_acceptance)]
    ),
    Door("risks:matrices", READERS | UNIT_READERS),
    Door("risks:new_matrix", KEEPERS, methods=GET_POST),
    Door("risks:matrix", READERS | UNIT_READERS, at=a_draft),
    Door("risks:write_matrix", KEEPERS, at=a_draft, methods=GET_POST),
    Door("risks:adopt_matrix", SIRO, at=a_draft, methods=GET_POST),
    Door("risks:withdraw_matrix", SIRO, at=a_draft, methods=GET_POST),
    Door("risks:new", KEEPERS | OWNERS | {"iao", "iaa"}, methods=GET_POST),
    *(
        Door(
            f"risks:{name}",
            KEEPERS | OWNER,
            at=at,
            methods=GET_POST,
            others=HIDDEN,
            refused=READERS - KEEPERS | SHUT_OUT,
        )
        for name, at in [
            ("treatment", of_owner("risk", "reference")),
            ("score", a_score),
            ("add_control", of_owner("risk", "reference")),
            ("change_control", a_control),
            ("add_asset", of_owner("risk", "reference")),
            ("remove_asset", a_link),
            ("close", of_owner("risk", "reference")),
        ]
    ),
]
