"""The doors of what is not for publication."""

from typing import Any

from governance.committees.models import Edition
from governance.committees.models.ledger import fingerprint
from tests.committees.exempting import mark
from tests.doors.door import Door, paper
from tests.doors.who import DRAFT_READERS, ELSEWHERE, GET_POST, HIDDEN, NOBODY, PAPER_READERS
from tests.doors.world import World

MONITORING = frozenset({"monitoring_officer"})
MARKERS = MONITORING | {"committee_officer"}
PART_2 = MARKERS | {"siro", "internal_auditor"}


def a_section(world: World) -> list[Any]:
    """A section of the draft that nobody has marked."""
    made, _ = world.draft.sections.get_or_create(position=90, defaults={"heading": "Open to all"})
    return [world.draft.pk, made.pk]


def an_appendix(world: World) -> list[Any]:
    """A file behind the appendices of the draft."""
    from tests.doors.committees import an_appendix

    return [world.draft.pk, an_appendix(world.draft).pk]


def a_mark(world: World) -> list[Any]:
    """A section of the draft that is marked."""
    made, new = world.draft.sections.get_or_create(position=91, defaults={"heading": "Exempt"})
    kept = mark(world.draft, section=made) if new else made.exemption
    return [world.draft.pk, kept.pk]


def in_two_parts(world: World) -> list[Any]:
    """The issued paper, with a Part 2."""
    content = dict(world.issued.issue.content)
    told = {"content": content, "content_sha256": fingerprint(content), "made_by": world.owner}
    Edition.objects.get_or_create(paper=world.issued, kind=Edition.Kind.PART_2, defaults=told)
    return [world.issued.pk]


def a_file(world: World) -> list[Any]:
    """A file of Part 2 that is not made yet."""
    return [*in_two_parts(world), "pdf"]


def a_version(world: World) -> list[Any]:
    """A public version of the issued paper that there is not."""
    return [world.issued.pk, 9]


WRITTEN: dict[str, Any] = {"others": HIDDEN, "refused": DRAFT_READERS}
EXEMPT = [
    Door("committees:exemptions", PART_2, at=paper("draft"), **WRITTEN),
    Door("committees:mark_section", MARKERS, at=a_section, methods=GET_POST, **WRITTEN),
    Door("committees:mark_appendix", MARKERS, at=an_appendix, methods=GET_POST, **WRITTEN),
    Door("committees:mark_row", MARKERS, at=paper("draft"), methods=GET_POST, **WRITTEN),
    Door("committees:edit_exemption", MARKERS, at=a_mark, methods=GET_POST, **WRITTEN),
    Door("committees:unmark", MONITORING, at=a_mark, methods="POST", open=ELSEWHERE, **WRITTEN),
    Door("committees:part_2", PART_2, at=in_two_parts, others=HIDDEN, refused=PAPER_READERS),
    Door("committees:part_2_file", NOBODY, at=a_file, others=HIDDEN, refused=PAPER_READERS - PART_2),
    Door(
        "committees:lift_exemption",
        NOBODY,
        at=lambda world: [world.issued.pk, 0],
        methods=GET_POST,
        others=HIDDEN,
        refused=PAPER_READERS - MONITORING,
    ),
    Door("committees:public_version", NOBODY, at=a_version, others=HIDDEN),
    Door("committees:version_file", NOBODY, at=lambda world: [*a_version(world), "pdf"], others=HIDDEN),
    Door(
        "committees:take_down",
        MONITORING,
        at=paper("issued"),
        methods=GET_POST,
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
]
