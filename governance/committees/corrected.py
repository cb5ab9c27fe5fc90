"""What an erratum says of the paper that it corrects, and where a corrected paper is pointed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from governance.committees.models import Paper, Takedown
from governance.core.dates import long_date

if TYPE_CHECKING:
    from governance.people.models import User


def corrected(paper: Paper) -> dict[str, Any]:
    """Which paper an erratum corrects, as it prints it; no word in any other."""
    if not (wrong := paper.corrects):
        return {}
    published = f", published on {long_date(wrong.published_on)}" if wrong.published_on else ""
    meeting = f"{wrong.meeting.body_then} of {long_date(wrong.meeting.held_on)}"
    return {"corrects": f"This corrects the report “{wrong.title}” to the meeting of {meeting}{published}."}


def errata_of(paper: Paper, person: User) -> list[Paper]:
    """The errata to a paper that the person may open, the first first; drafts too, for who reads them."""
    found = Paper.objects.visible_to(person).filter(corrects=paper)
    served = found.exclude(takedown__reach=Takedown.Reach.PAPER)
    named = served.select_related("meeting__body").prefetch_related("meeting__body__former_names")
    return list(named.order_by("pk"))
