"""What Northmere has corrected in an issued paper: a sentence of the paper on information risks."""

from __future__ import annotations

from governance.committees import services
from governance.committees.models import Meeting, Paper
from governance.committees.services.errata import begin_erratum
from governance.core.dates import today
from governance.demo.seeds.processing import holder
from governance.demo.seeds.told import BODY, TITLE
from governance.history.trail import signed
from governance.people.models import Role, User

SAID = "Executive summary: “The figures are those of the register on the day of the meeting.”"
INSTEAD = "“The figures are those of the register on the day on which the report was issued.”"
WHY = "A report leaves the council house before its meeting, and its figures are frozen on that day."


def enter(by: User) -> None:
    """The erratum, issued for the next meeting of the same body."""
    clerk, wrong = holder(Role.COMMITTEE_OFFICER), Paper.objects.issued().filter(title=TITLE).first()
    coming = Meeting.objects.taking_papers().filter(body__code=BODY, held_on__gt=today())
    meeting = coming.order_by("held_on").first()
    if not clerk or not wrong or not meeting or wrong.errata.exists():
        return
    with signed(clerk, reason="A sentence of the paper on risks is corrected"):
        erratum = begin_erratum(wrong, meeting=meeting, said=SAID, instead=INSTEAD, because=WHY, by=clerk)
        services.issue(erratum, by=clerk)
