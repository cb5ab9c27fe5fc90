"""Who may open which address: one row for each URL name. Deny by default: a name without a row fails.

To add a room's address, add a row to DOORS. A row says to whom it opens. Everybody else who is signed in gets
`others` (403, or 404 where even the existence of the thing is hidden), but those in `refused` get 403 all the
same, because they may see the thing and only not do this to it. A stranger is sent to sign in, unless the row
is public. `methods` says what it takes: a GET door answers 405 to a POST. `at` gives the arguments of the
address out of the World, where everything belongs to "owner" and nothing of it to "other_owner". One URL name
may have several rows, each with a `case`, where the answer depends on the state of the thing.
"""

from tests.doors.assets import ASSETS, CHANGES, QUALITY, REGISTER, REGISTERS, SCHEDULE
from tests.doors.audits import AUDITS
from tests.doors.calendar import CALENDAR
from tests.doors.colours import COLOURS
from tests.doors.committees import COMMITTEES
from tests.doors.confirming import ATTESTATION
from tests.doors.door import Door
from tests.doors.evidence import EVIDENCE
from tests.doors.exempt import EXEMPT
from tests.doors.follow_ups import FOLLOW_UPS
from tests.doors.house import CORE, EXCHANGE, HAND_OVER, PEOPLE, REMINDERS, SIGNING_IN
from tests.doors.incidents import INCIDENTS
from tests.doors.maturity import MATURITY
from tests.doors.packs import PACKS
from tests.doors.plans import ACTIONS
from tests.doors.processing import PROCESSING
from tests.doors.requests import REQUESTS
from tests.doors.restatements import RESTATEMENTS
from tests.doors.risks import RISKS
from tests.doors.samples import SAMPLES
from tests.doors.sharing import SHARING
from tests.doors.who import ELSEWHERE, OPEN, PAPER_READERS, READERS, ROLES, SIGN_IN
from tests.doors.world import world

__all__ = [
    "DOORS", "ELSEWHERE", "OPEN", "PAPER_READERS", "READERS", "ROLES", "SIGN_IN", "Door", "world"
]  # fmt: skip

DOORS: list[Door] = [
    *CORE, *SIGNING_IN, *PEOPLE, *EXCHANGE, *REMINDERS, *HAND_OVER,
    *REGISTERS, *ASSETS, *CHANGES, *REGISTER, *QUALITY, *SCHEDULE,
    *PROCESSING, *ATTESTATION, *SHARING, *RISKS, *INCIDENTS, *ACTIONS, *AUDITS, *FOLLOW_UPS, *COMMITTEES,
    *COLOURS, *MATURITY, *EVIDENCE, *PACKS, *SAMPLES, *RESTATEMENTS, *CALENDAR, *REQUESTS, *EXEMPT,
]  # fmt: skip
