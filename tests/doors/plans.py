"""The doors of action plans and figures."""

from typing import Any

from actions.models.plan import views_of
from governance.people.models import SavedView
from tests.doors.door import Door, of_owner
from tests.doors.who import (
    EVERYBODY,
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


def own_view(world: World) -> list[Any]:
    """The code of the plan, and the owner's view of it."""
    plan = world.owner.action.plan
    saved, _ = SavedView.objects.get_or_create(person=world.owner, register=views_of(plan.pk), name="Own")
    return [plan.code, saved.pk]


ACTIONS = [
    Door("actions:plans", READERS | UNIT_READERS),
    Door(
        "actions:plan",
        READERS | OWNER,
        at=lambda world: [world.owner.action.plan.code],
        others=HIDDEN,
        refused=SHUT_OUT,
    ),
    Door(
        "actions:action", READERS | OWNER, at=of_owner("action", "reference"), others=HIDDEN, refused=SHUT_OUT
    ),
    Door(
        "actions:report",
        KEEPERS | OWNER,
        at=of_owner("action", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door(
        "actions:correct",
        KEEPERS,
        at=lambda world: [world.owner.action.reference, world.update.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:add_concern",
        KEEPERS | OWNER,
        at=of_owner("action", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door(
        "actions:remove_concern",
        KEEPERS | OWNER,
        at=lambda world: [world.owner.action.reference, world.concern.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door(
        "actions:add_incident",
        KEEPERS | OWNER,
        at=of_owner("action", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door(
        "actions:remove_incident",
        OWNER | {"ig_officer"},  # the records manager may change the action, and not know of the incident
        at=lambda world: [world.owner.action.reference, world.follows.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door("actions:new", KEEPERS | OWNERS | {"iao", "iaa"}, methods=GET_POST),
    Door(
        "actions:add_risk",
        KEEPERS | OWNER,
        at=of_owner("action", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door(
        "actions:remove_risk",
        KEEPERS | OWNER,
        at=lambda world: [world.owner.action.reference, world.treats.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door("actions:mine", READERS | UNIT_READERS),
    Door("actions:report_mine", READERS | UNIT_READERS, methods=GET_POST),
    *(
        Door(
            f"actions:{name}",
            READERS | OWNER,
            at=lambda world: [world.owner.action.plan.code],
            methods=methods,
            others=HIDDEN,
            refused=SHUT_OUT,
        )
        for name, methods in (("board", "GET"), ("burn_up", "GET"), ("report_plan", GET_POST))
    ),
    Door(
        "actions:views",
        READERS | OWNER,
        at=lambda world: [world.owner.action.plan.code],
        methods=GET_POST,
        others=HIDDEN,
        refused=SHUT_OUT,
    ),
    Door("actions:remove_view", OWNER, at=own_view, methods=GET_POST, others=HIDDEN, refused=SHUT_OUT),
    Door("actions:new_plan", KEEPERS, methods=GET_POST),
    *(
        Door(
            f"actions:{name}",
            KEEPERS,
            at=lambda world: [world.owner.action.plan.code],
            methods=GET_POST,
            others=HIDDEN,
            refused=READERS - KEEPERS | OWNER | SHUT_OUT,
        )
        for name in ("change_plan", "enter_action", "new_milestone")
    ),
    Door(
        "actions:change_milestone",
        KEEPERS,
        at=lambda world: [world.owner.action.plan.code, world.milestone.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    Door("actions:strategies", READERS | UNIT_READERS),
    Door(
        "actions:plan_sight",
        READERS | OWNER,
        at=lambda world: [world.owner.action.plan.code],
        others=HIDDEN,
        refused=SHUT_OUT,
    ),
    Door(
        "actions:by",
        READERS | OWNER,
        at=lambda world: [world.owner.action.plan.code, "owner"],
        others=HIDDEN,
        refused=SHUT_OUT,
    ),
    Door(
        "actions:sight", READERS | OWNER, at=of_owner("action", "reference"), others=HIDDEN, refused=SHUT_OUT
    ),
    Door(
        "actions:place",
        KEEPERS,
        at=of_owner("action", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:order",
        READERS | OWNER,
        at=lambda world: [world.owner.action.plan.code],
        others=HIDDEN,
        refused=SHUT_OUT,
    ),
    Door(
        "actions:new_assurance",
        KEEPERS,
        at=lambda world: [world.owner.action.plan.code],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:change_assurance",
        KEEPERS,
        at=lambda world: [world.owner.action.plan.code, world.assurance.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:assurance_in_error",
        KEEPERS,
        at=lambda world: [world.owner.action.plan.code, world.assurance.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:action_in_error",
        KEEPERS,
        at=of_owner("action", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:add_need",
        KEEPERS | OWNER,
        at=of_owner("action", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door(
        "actions:end_need",
        KEEPERS | OWNER,
        at=lambda world: [world.owner.action.reference, world.need.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door("actions:movement", READERS | UNIT_READERS),
    Door("actions:together", READERS | UNIT_READERS),
    Door(
        "actions:add_overlap",
        KEEPERS,
        at=of_owner("action", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:change_overlap",
        KEEPERS,
        at=lambda world: [world.owner.action.reference, world.overlap.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:overlaps_asked",
        KEEPERS | OWNER | {"committee_officer"},
        at=of_owner("action", "reference"),
        others=HIDDEN,
        refused=READERS - KEEPERS - {"committee_officer"} | SHUT_OUT,
    ),
    Door(
        "actions:revise_date",
        KEEPERS,
        at=of_owner("action", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:take_back_date",
        KEEPERS,
        at=lambda world: [world.owner.action.reference, world.moved.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:replace",
        KEEPERS | OWNER,
        at=of_owner("action", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door(
        "actions:take_back_replacement",
        KEEPERS | OWNER,
        at=lambda world: [world.replacement.action.reference, world.replacement.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door(
        "actions:set_approver",
        KEEPERS,
        at=of_owner("action", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:set_plan_approver",
        KEEPERS,
        at=lambda world: [world.owner.action.plan.code],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:approve_completion",
        KEEPERS | {"committee_officer"},
        at=lambda world: [world.approved_by_body.reference],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS - {"committee_officer"} | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:refuse_completion",
        KEEPERS | {"committee_officer"},
        at=lambda world: [world.approved_by_body.reference],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS - {"committee_officer"} | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:verify_completion",
        frozenset({"internal_auditor"}),
        at=of_owner("action", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - {"internal_auditor"} | OWNER | SHUT_OUT,
    ),
    Door(
        "actions:take_back_completion",
        KEEPERS | {"committee_officer"},
        at=lambda world: [world.approval.action.reference, world.approval.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS - {"committee_officer"},
    ),
    Door(
        "actions:extensions",
        READERS | OWNER,
        at=lambda world: [world.owner.action.plan.code],
        others=HIDDEN,
        refused=SHUT_OUT,
    ),
    Door(
        "actions:ask_extension",
        KEEPERS | OWNER,
        at=of_owner("action", "reference"),
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS | SHUT_OUT,
    ),
    Door(
        "actions:answer_extension",
        KEEPERS | {"committee_officer"},
        at=lambda world: [world.owner.action.reference, world.more_time.pk],
        methods=GET_POST,
        others=HIDDEN,  # also where the lists are shut: whoever decides need not read any register
        refused=READERS - KEEPERS - {"committee_officer"} | OWNER,
    ),
    Door(
        "actions:withdraw_extension",
        OWNER,
        at=lambda world: [world.owner.action.reference, world.more_time.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS,
    ),
    Door("figures:figures", EVERYBODY),
    Door("figures:figure", READERS | UNIT_READERS, at=lambda world: ["actions.total"]),
]
