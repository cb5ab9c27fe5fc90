"""The doors of samples: for the audit that the owner's plan answers."""

from typing import Any

from actions.models import AuditSample
from actions.models.samples import Asked
from actions.services.samples import draw
from governance.core.dates import today
from tests.doors.audits import an_audit, the_audit
from tests.doors.door import Door
from tests.doors.who import GET_POST, HIDDEN, KEEPERS, OWNER, READERS, SHUT_OUT
from tests.doors.world import World


def a_sample(world: World) -> list[Any]:
    """The code of the audit, and a sample drawn for it."""
    audit = the_audit(world)
    found = AuditSample.objects.of(audit).first()
    by = world.cast["internal_auditor"]
    found = found or draw(audit, Asked("actions.total", today(), 1), by=by)
    return [audit.code, found.pk]


def a_file(world: World) -> list[Any]:
    """The same, and how its file ends."""
    return [*a_sample(world), "csv"]


SAMPLES = [
    *(
        Door(name, READERS, at=at, others=HIDDEN, refused=OWNER | SHUT_OUT)
        for name, at in [
            ("actions:samples", an_audit),
            ("actions:sample", a_sample),
            ("actions:sample_again", a_sample),
            ("exchange:sample_file", a_file),
            ("exchange:sample_list", a_sample),
        ]
    ),
    Door(
        "actions:draw_sample",
        KEEPERS | {"internal_auditor"},
        at=an_audit,
        methods=GET_POST,
        others=HIDDEN,
        refused=READERS - KEEPERS - {"internal_auditor"} | OWNER | SHUT_OUT,
    ),
]
