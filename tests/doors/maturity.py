"""The doors of maturity: models, assessments, and the areas that actions improve."""

from actions.models import MaturityModel
from tests.doors.door import Door, of_owner
from tests.doors.who import GET_POST, HIDDEN, KEEPERS, OWNER, READERS, SHUT_OUT, UNIT_READERS

WHO_READS = READERS | UNIT_READERS


def model(world):
    return [world.matured.model.code]


def assessment(world):
    return [world.matured.reference]


def area(world):
    return world.matured.model.areas.first().reference


def a_draft(world):
    """The code of a model that is no more than a draft."""
    return [MaturityModel.objects.get_or_create(code="a-draft", name="A draft")[0].code]


MATURITY = [
    Door("actions:maturity", WHO_READS),
    Door("actions:maturity_model", WHO_READS, at=model),
    Door("actions:maturity_area", WHO_READS, at=lambda world: [area(world)]),
    Door("actions:maturity_assessment", WHO_READS, at=assessment),
    Door(
        "actions:maturity_since",
        WHO_READS,
        at=lambda world: [world.matured.reference, world.matured_before.reference],
    ),
    Door("actions:new_maturity_model", KEEPERS, methods=GET_POST),
    Door("actions:write_maturity_model", KEEPERS, at=model, methods=GET_POST),
    Door("actions:use_maturity_model", KEEPERS, at=model, methods=GET_POST),
    Door("actions:put_maturity_model_back", KEEPERS, at=model, methods=GET_POST),
    Door("actions:maturity_model_in_error", KEEPERS, at=a_draft, methods=GET_POST),
    Door("actions:maturity_in_error", KEEPERS, at=assessment, methods=GET_POST),
    Door("actions:assess_maturity", KEEPERS, at=model, methods=GET_POST),
    Door("actions:change_maturity", KEEPERS, at=assessment, methods=GET_POST),
    Door("actions:redate_maturity", KEEPERS, at=assessment, methods=GET_POST),
    Door(
        "actions:score_maturity",
        KEEPERS,
        at=lambda world: [world.matured.reference, area(world)],
        methods=GET_POST,
    ),
    Door(
        "actions:add_improved",
        KEEPERS | OWNER,
        at=of_owner("action", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door(
        "actions:remove_improved",
        KEEPERS | OWNER,
        at=lambda world: [world.owner.action.reference, world.improves.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
]
