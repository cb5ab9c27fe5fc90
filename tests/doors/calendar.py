"""The doors of bodies, meetings and the publication calendar."""

from collections.abc import Callable, Iterable
from typing import Any

from tests.doors.door import Door, paper
from tests.doors.who import (
    DRAFT_READERS,
    EVERYBODY,
    GET_POST,
    HIDDEN,
    PAPER_READERS,
    PAPER_WRITERS,
)
from tests.doors.world import World

Place = Callable[[World], list[Any]]


def of_body(*names: str) -> Place:
    """The body of the draft, and what hangs on it."""
    return lambda world: [world.draft.meeting.body.code, *(getattr(world, name).pk for name in names)]


def of_meeting(*names: str) -> Place:
    """The meeting of the draft, and what hangs on it."""
    return lambda world: [world.draft.meeting.pk, *(getattr(world, name).pk for name in names)]


def with_words(*words: str | int) -> Place:
    """The meeting of the draft, and words."""
    return lambda world: [world.draft.meeting.pk, *words]


def kept(names: Iterable[str], at: Place, methods: str = GET_POST) -> list[Door]:
    """Doors for those who keep meetings alone."""
    return [Door(f"committees:{name}", PAPER_WRITERS, at=at, methods=methods) for name in names]


CALENDAR = [
    Door("committees:bodies", PAPER_READERS),
    Door("committees:body", PAPER_READERS, at=of_body()),
    *kept(("edit_body", "rename_body", "add_line", "add_seat"), of_body()),
    *kept(("change_line",), of_body("line")),
    *kept(("change_seat",), of_body("seat")),
    Door("committees:meeting", PAPER_READERS, at=of_meeting()),
    *kept(
        (
            "edit_meeting",
            "move_meeting",
            "say_meeting",
            "take_roll",
            "attend",
            "ask_question",
            "write_minutes",
        ),
        of_meeting(),
    ),
    *kept(("expect_members",), of_meeting(), "POST"),
    *kept(("came",), of_meeting("attendance")),
    *kept(("answer_question",), of_meeting("question")),
    *kept(("fix_step",), with_words("freeze")),
    *kept(("confirm_minutes",), with_words(1)),
    Door(
        "committees:minutes",
        DRAFT_READERS,
        at=with_words(1),
        others=HIDDEN,
        refused=EVERYBODY - PAPER_READERS,
    ),
    Door("committees:work_programme", PAPER_READERS),
    Door("committees:calendar", PAPER_READERS),
    *kept(("add_rule", "add_period"), lambda world: []),
    *kept(("remove_rule",), lambda world: [world.rule.pk]),
    *kept(("remove_period",), lambda world: [world.period.pk]),
    *(
        Door(
            f"committees:{name}",
            PAPER_WRITERS,
            at=paper("issued"),
            methods=GET_POST,
            others=HIDDEN,
            refused=PAPER_READERS,
        )
        for name in ("place_paper", "follow_paper")
    ),
]
