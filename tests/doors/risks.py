"""The doors of the risk register, beside those that every register has."""

from typing import Any

from risks.models import RiskMatrix
from risks.representations.definition import shipped
from risks.services import matrix as services
from tests.doors.door import Door
from tests.doors.who import GET_POST, KEEPERS, READERS, UNIT_READERS
from tests.doors.world import World

SIRO = frozenset({"siro"})


def a_draft(world: World) -> list[Any]:
    """The number of a version that is being written."""
    found = RiskMatrix.objects.drafts().first() or services.begin(shipped()["four_by_four"])
    return [found.number]


RISKS = [
    Door("risks:matrices", READERS | UNIT_READERS),
    Door("risks:new_matrix", KEEPERS, methods=GET_POST),
    Door("risks:matrix", READERS | UNIT_READERS, at=a_draft),
    Door("risks:write_matrix", KEEPERS, at=a_draft, methods=GET_POST),
    Door("risks:adopt_matrix", SIRO, at=a_draft, methods=GET_POST),
    Door("risks:withdraw_matrix", SIRO, at=a_draft, methods=GET_POST),
]
