"""The doors of what is not for publication."""

from typing import Any

from tests.doors.door import Door, paper
from tests.doors.who import (
    DRAFT_READERS,
    ELSEWHERE,
    EVERYBODY,
    GET_POST,
    HIDDEN,
    NOBODY,
    PAPER_READERS,
    PAPER_WRITERS,
)
from tests.doors.world import World

MONITORING = frozenset({"monitoring_officer"})
MARKERS = MONITORING | {"committee_officer"}
PART_2 = MARKERS | {"siro", "internal_auditor"}


def a_section(world: World) -> list[Any]:
    """A section that nobody has marked."""
    return [world.marked.pk, world.marked.sections.get(position=1).pk]


def an_appendix(world: World) -> list[Any]:
    """A file behind the appendices of the draft."""
    from tests.doors.committees import an_appendix

    return [world.draft.pk, an_appendix(world.draft).pk]


def a_mark(world: World) -> list[Any]:
    """A section of a draft that is marked."""
    return [world.marked.pk, world.mark.pk]


def a_version(world: World) -> list[Any]:
    """The later public version of a paper in two parts."""
    return [world.in_two_parts.pk, 1]


def a_file_of_it(world: World) -> list[Any]:
    """A file of that version."""
    return [*a_version(world), "pdf"]


WRITTEN: dict[str, Any] = {"others": HIDDEN, "refused": DRAFT_READERS}
EXEMPT = [
    Door("committees:exemptions", PART_2, at=paper("draft"), **WRITTEN),
    Door("committees:mark_section", MARKERS, at=a_section, methods=GET_POST, **WRITTEN),
    Door("committees:mark_appendix", MARKERS, at=an_appendix, methods=GET_POST, **WRITTEN),
    Door("committees:mark_row", MARKERS, at=paper("draft"), methods=GET_POST, **WRITTEN),
    Door("committees:edit_exemption", MARKERS, at=a_mark, methods=GET_POST, **WRITTEN),
    Door("committees:unmark", MONITORING, at=a_mark, methods="POST", open=ELSEWHERE, **WRITTEN),
    Door("committees:part_2", PART_2, at=paper("in_two_parts"), others=HIDDEN, refused=PAPER_READERS),
    Door(
        "committees:part_2_file",
        PART_2,
        at=lambda world: [world.in_two_parts.pk, "pdf"],
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
    Door(
        "committees:lift_exemption",
        MONITORING,
        at=lambda world: [world.in_two_parts.pk, world.exempt.pk],
        methods=GET_POST,
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
    Door("committees:public_version", PAPER_READERS, at=a_version, others=HIDDEN),
    Door(
        "committees:version_file", PAPER_READERS, at=lambda world: [*a_version(world), "pdf"], others=HIDDEN
    ),
    Door(
        "committees:take_down",
        MONITORING,
        at=paper("issued"),
        methods=GET_POST,
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
    Door(
        "committees:replace_paper",
        PAPER_WRITERS,
        at=paper("issued"),
        methods="POST",
        open=ELSEWHERE,
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
    Door("published:papers", EVERYBODY, public=True),
    Door("published:paper", EVERYBODY, at=paper("issued"), public=True),
    Door("published:paper", NOBODY, at=paper("draft"), case="draft", open=HIDDEN, public=True),
    Door("published:figure", EVERYBODY, at=lambda world: [world.issued.pk, 1], public=True),
    Door(
        "published:file",
        NOBODY,
        at=lambda world: [world.issued.pk, "pdf"],
        case="not made yet",
        open=HIDDEN,
        public=True,
    ),
    Door("published:appendix", NOBODY, at=lambda world: [world.issued.pk, 0], open=HIDDEN, public=True),
    Door("published:background", NOBODY, at=lambda world: [world.issued.pk, 0], open=HIDDEN, public=True),
]
