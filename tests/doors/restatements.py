"""The doors of restatements."""

from tests.doors.door import Door
from tests.doors.who import GET_POST, HIDDEN, PAPER_READERS


def restated(world):
    """The figure that is known otherwise since."""
    return [world.restatement.figure.paper_id, world.restatement.figure.position]


RESTATEMENTS = [
    Door("committees:restatements", PAPER_READERS),
    Door("committees:restatement", PAPER_READERS, at=restated, others=HIDDEN),
    Door(
        "committees:class_restatement",
        frozenset({"committee_officer", "ig_officer"}),
        at=restated,
        methods=GET_POST,
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
    Door(
        "committees:find_restatements",
        frozenset({"committee_officer", "ig_officer"}),
        at=lambda world: [world.issued.pk],
        methods="POST",
        others=HIDDEN,
        refused=PAPER_READERS,
    ),
    Door(
        "committees:materiality",
        frozenset({"committee_officer"}),
        at=lambda world: [world.issued.meeting.body_id],
        methods=GET_POST,
    ),
]
