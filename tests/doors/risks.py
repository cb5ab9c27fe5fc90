"""The doors of the risk register, beside those that every register has."""

from typing import Any

from assets.models import Asset
from risks.models import RiskAsset, RiskControl, RiskMatrix
from risks.representations.definition import shipped
from risks.services import matrix as services
from tests.doors.door import Door, of_owner
from tests.doors.who import GET_POST, HIDDEN, KEEPERS, OWNER, OWNERS, READERS, SHUT_OUT, UNIT_READERS
from tests.doors.world import World
from tests.factories import AssetFactory

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
    asset = Asset.objects.filter(owner=world.owner.post).exclude(pk=world.owner.risk.asset_id).first()
    asset = asset or AssetFactory(owner=world.owner.post)
    found, _ = RiskAsset.objects.get_or_create(risk=world.owner.risk, asset=asset)
    return [world.owner.risk.reference, found.pk]


def a_score(world: World) -> list[Any]:
    """A risk of the owner, and a kind of score."""
    return [world.owner.risk.reference, "current"]


RISKS = [
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
