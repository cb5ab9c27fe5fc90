"""The doors of resolutions and requests: read by whoever reads what is issued, kept by clerks and authors."""

from datetime import timedelta
from typing import Any

from governance.committees import services
from governance.committees.models import Minute, Request, Resolution, ResolutionDate
from governance.core.dates import today
from tests.doors.door import Door, paper
from tests.doors.who import (
    DRAFT_READERS,
    ELSEWHERE,
    GET_POST,
    HIDDEN,
    KEEPERS,
    NOBODY,
    OWNER,
    PAPER_READERS,
    PAPER_WRITERS,
    READERS,
    REFUSED,
    SHUT_OUT,
)
from tests.doors.world import World


def a_meeting(world: World) -> list[Any]:
    """The meeting of the draft."""
    return [world.draft.meeting.pk]


def the_resolution(world: World) -> Resolution:
    """What that meeting resolved, with the owner's action."""
    meeting = world.draft.meeting
    found = Resolution.objects.filter(meeting=meeting).first()
    if found is None:
        (found,) = services.resolve(meeting, [{"decision": "request", "text": "A report in a month."}])
        found.action_links.create(action=world.owner.action)
    return found


def a_resolution(world: World) -> list[Any]:
    """Its number."""
    return [the_resolution(world).pk]


def a_minuted_number(world: World) -> list[Any]:
    """The issued paper, and a number that its own meeting minuted."""
    issued = world.issued
    passage, _ = Minute.objects.get_or_create(paper=issued, meeting=issued.meeting)
    figure = issued.figures.counted().earliest("position")
    number, _ = passage.figures.get_or_create(figure=figure, defaults={"value": figure.value})
    return [issued.pk, number.pk]


def a_linked_action(world: World) -> list[Any]:
    """The same, and the link to its action."""
    found = the_resolution(world)
    return [found.pk, found.action_links.get().pk]


def a_request(world: World) -> list[Any]:
    """What it asks for."""
    resolution = the_resolution(world)
    found = Request.objects.filter(resolution=resolution).first()
    due = {"due_on": today() + timedelta(days=30)}
    facts = {"text": "A report in a month.", "matter": "Report", "due": due, "resolution": resolution}
    return [(found or services.request(resolution.meeting, **facts)).pk]


def an_ended_request(world: World) -> list[Any]:
    """One that lapsed."""
    meeting = world.draft.meeting
    found = Request.objects.filter(meeting=meeting, text="Lapsed").first()
    if found is None:
        facts = {"text": "Lapsed", "matter": "Lapsed", "due": {"awaits": "the outcome"}}
        found = services.request(meeting, **facts)
        ended = {"ended_on": today(), "decided_by": "The chair", "reason": "Not needed"}
        services.end(found, kind="lapsed", into=None, **ended)
    return [found.pk]


def a_date(world: World) -> list[Any]:
    """The owner's action, and its date that a committee agreed."""
    return [world.owner.action.reference, world.moved.pk]


def a_resolved_date(world: World) -> list[Any]:
    """The same, with its resolution."""
    ResolutionDate.objects.get_or_create(revision=world.moved, defaults={"resolution": the_resolution(world)})
    return a_date(world)


READ = [
    ("requests", lambda world: []),
    ("resolutions", a_meeting),
    ("request", a_request),
    ("outstanding", lambda world: [world.draft.meeting.body.code]),
]
# The second part says whether those who may not read are told so (403), or that there is no such thing (404).
KEPT = [
    ("new_resolutions", a_meeting, False),
    ("members_request", a_meeting, False),
    ("edit_resolution", a_resolution, True),
    ("call_in", a_resolution, True),
    ("link_actions", a_resolution, True),
    ("unlink_action", a_linked_action, True),
    ("new_request", a_resolution, True),
    ("edit_request", a_request, True),
    ("reschedule", a_request, True),
    ("end_request", a_request, True),
    ("reopen_request", an_ended_request, True),
]
DATES = [
    ("move_date", lambda world: [world.owner.action.reference]),
    ("name_date", a_date),
    ("unname_date", a_resolved_date),
]
HIDES = {"request"}
REQUESTS = [
    Door(
        "committees:paper_requests",
        PAPER_WRITERS,
        at=paper("draft"),
        methods=GET_POST,
        others=HIDDEN,
        refused=DRAFT_READERS,
    ),
    Door("committees:feed", PAPER_READERS, methods=GET_POST),
    Door("committees:revoke_feed", PAPER_READERS, methods="POST", open=ELSEWHERE),
    Door("committees:feed_file", NOBODY, at=lambda world: ["nobody-s"], public=True, open=HIDDEN),
    Door("committees:agenda_page", PAPER_READERS, at=paper("issued"), others=HIDDEN),
    Door("committees:minuted", PAPER_READERS, at=paper("issued"), others=HIDDEN),
    Door(
        "committees:new_minuted",
        PAPER_WRITERS,
        at=paper("issued"),
        methods=GET_POST,
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
    Door(
        "committees:put_minuted_right",
        PAPER_WRITERS,
        at=a_minuted_number,
        methods=GET_POST,
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
    *(
        Door(f"committees:{name}", PAPER_READERS, at=at, others=HIDDEN if name in HIDES else REFUSED)
        for name, at in READ
    ),
    *(
        Door(
            f"committees:{name}",
            PAPER_WRITERS,
            at=at,
            methods=GET_POST,
            others=HIDDEN if hides else REFUSED,
            refused=PAPER_READERS if hides else NOBODY,
        )
        for name, at, hides in KEPT
    ),
    *(
        Door(
            f"committees:{name}",
            KEEPERS,
            at=at,
            methods=GET_POST,
            others=HIDDEN,
            refused=READERS - KEEPERS | OWNER | SHUT_OUT,
        )
        for name, at in DATES
    ),
]
