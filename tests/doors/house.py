"""The doors of the house itself: signing in, people, files, mails."""

from datetime import date
from typing import Any

from governance.dashboards.models import HandOver
from governance.reminders.models import Digest
from tests.doors.door import Door, batch, of_owner
from tests.doors.who import (
    ADMINISTRATOR,
    ELSEWHERE,
    EVERYBODY,
    GET_POST,
    HIDDEN,
    KEEPERS,
    NOBODY,
    OPEN,
    OWNER,
    OWNERS,
    READERS,
    SHUT_OUT,
    UNIT_READERS,
    WITH_A_ROLE,
)
from tests.doors.world import World

CORE = [
    Door("core:healthz", EVERYBODY, public=True),
    Door("core:accessibility", EVERYBODY, public=True),
    Door("core:theme", EVERYBODY, public=True),
    Door("core:components", EVERYBODY, public=True, development_only=True),
    Door("dashboards:home", EVERYBODY),
    Door("board:board", READERS | OWNERS),
    Door("board:movement", READERS | OWNERS),
]

SIGNING_IN = [
    Door("account_login", NOBODY, methods=GET_POST, others=ELSEWHERE, stranger=OPEN),
    Door("account_logout", EVERYBODY, methods=GET_POST),
    # Nobody of the cast has a password or a second factor: the ways with them are walked in tests/people.
    Door("account_reauthenticate", NOBODY, methods=GET_POST),
    Door("account_change_password", EVERYBODY, methods=GET_POST, open=ELSEWHERE),
    Door("account_set_password", EVERYBODY, methods=GET_POST, open=ELSEWHERE),
    Door("account_reset_password", EVERYBODY, methods=GET_POST, public=True),
    Door("account_reset_password_done", EVERYBODY, public=True),
    Door(
        "account_reset_password_from_key",
        EVERYBODY,
        at=lambda world: ["1", "forged-key"],
        methods=GET_POST,
        public=True,
    ),
    Door("account_reset_password_from_key_done", EVERYBODY, public=True),
    Door("mfa_index", EVERYBODY),
    Door("mfa_authenticate", NOBODY, methods=GET_POST, others=ELSEWHERE),
    Door("mfa_reauthenticate", NOBODY, methods=GET_POST),
    Door("mfa_activate_totp", EVERYBODY, methods=GET_POST),
    Door("mfa_deactivate_totp", NOBODY, methods=GET_POST, others=HIDDEN),
    Door("mfa_view_recovery_codes", NOBODY, others=HIDDEN),
    Door("mfa_generate_recovery_codes", EVERYBODY, methods=GET_POST),
    Door("mfa_download_recovery_codes", NOBODY, methods=GET_POST, others=HIDDEN),
]

PEOPLE = [
    Door("people:directory", WITH_A_ROLE),
    Door("people:rules", WITH_A_ROLE),
    Door("people:controller", WITH_A_ROLE),
    Door("people:edit_controller", KEEPERS, methods=GET_POST),
    Door("people:post", WITH_A_ROLE, at=of_owner("post", "code")),
    Door("people:persons", ADMINISTRATOR),
    Door("people:new_person", ADMINISTRATOR, methods=GET_POST),
    Door("people:new_unit", ADMINISTRATOR, methods=GET_POST),
    Door("people:new_post", ADMINISTRATOR, methods=GET_POST),
    Door("people:deactivate", ADMINISTRATOR, at=lambda world: [world.owner.pk], methods=GET_POST),
    Door("people:appoint", ADMINISTRATOR, at=of_owner("post", "code"), methods=GET_POST),
    Door("people:give_role", ADMINISTRATOR, at=of_owner("post", "code"), methods=GET_POST),
    Door("people:end_holding", ADMINISTRATOR, at=lambda world: [world.holding.pk], methods=GET_POST),
    Door("people:end_role", ADMINISTRATOR, at=lambda world: [world.role.pk], methods=GET_POST),
]

EXCHANGE = [
    Door("exchange:export", READERS | UNIT_READERS, at=lambda world: ["assets", "csv"], case="assets"),
    Door("exchange:export", READERS | UNIT_READERS, at=lambda world: ["risks", "xlsx"], case="risks"),
    Door(
        "exchange:export", READERS | UNIT_READERS, at=lambda world: ["activities", "csv"], case="activities"
    ),
    Door(
        "exchange:plan_export",
        READERS | OWNER,
        at=lambda world: [world.owner.action.plan.code, "csv"],
        others=HIDDEN,
        refused=SHUT_OUT,
    ),
    Door(
        "exchange:recommendations_export",
        READERS | OWNER,
        at=lambda world: [world.owner.action.plan.audit.code, "csv"],
        others=HIDDEN,
        refused=SHUT_OUT,
    ),
    Door("exchange:imports", KEEPERS),
    Door("exchange:upload", KEEPERS, methods=GET_POST),
    Door("exchange:match", KEEPERS, at=batch("checked"), case="open", methods=GET_POST),
    Door("exchange:match", KEEPERS, at=batch("committed"), case="done", methods=GET_POST, open=ELSEWHERE),
    Door("exchange:where", KEEPERS, at=batch("checked"), methods=GET_POST),
    Door("exchange:words", KEEPERS, at=batch("checked"), methods=GET_POST),
    Door("exchange:batch", KEEPERS, at=batch("checked")),
    Door("exchange:also", KEEPERS, at=batch("committed"), methods="POST"),
    Door("exchange:choose", KEEPERS, at=batch("checked"), methods="POST"),
    Door("exchange:commit", KEEPERS, at=batch("checked"), methods="POST"),
    Door("exchange:undo", KEEPERS, at=batch("committed"), case="done", methods=GET_POST),
    Door("exchange:undo", KEEPERS, at=batch("checked"), case="open", methods=GET_POST, open=ELSEWHERE),
    Door("exchange:abandon", KEEPERS, at=batch("checked"), methods="POST"),
    Door("exchange:errors", KEEPERS, at=batch("checked")),
]


def a_digest(world: World) -> list[Any]:
    """A mail to the owner."""
    found, _ = Digest.objects.get_or_create(
        person=world.owner,
        day=date(2016, 1, 31),
        defaults={"post": "Owner", "address": world.owner.email, "subject": "A", "body": "B", "items": []},
    )
    return [found.pk]


OVERSEERS = KEEPERS | {"internal_auditor"}

REMINDERS = [
    Door("reminders:digests", EVERYBODY),
    Door("reminders:mine", EVERYBODY, methods=GET_POST),
    Door("reminders:digest", OVERSEERS | OWNER, at=a_digest, others=HIDDEN),
    Door("reminders:again", KEEPERS, at=a_digest, methods="POST", open=ELSEWHERE),
]


def a_hand_over(world: World) -> list[Any]:
    """What the owner's post holds, to be handed over to the SIRO's."""
    planned, _ = HandOver.objects.get_or_create(
        from_post=world.owner.post,
        defaults={
            "to_post": world.cast["siro"].post,
            "from_on": date(2999, 1, 31),
            "reason": "Retirement",
            "planned_by": world.owner,
            "planned_as": "Owner",
        },
    )
    return [planned.pk]


HAND_OVER = [
    Door("dashboards:hand_overs", EVERYBODY),
    Door("dashboards:hand_over_person", KEEPERS | OWNER, at=lambda world: [world.owner.pk], methods=GET_POST),
    Door(
        "dashboards:withdraw_hand_over",
        KEEPERS | OWNER,
        at=a_hand_over,
        methods=GET_POST,
        others=HIDDEN,
        refused=frozenset({"siro"}),
    ),
    Door("dashboards:hand_over", KEEPERS | OWNER, at=of_owner("post", "code"), methods=GET_POST),
]
