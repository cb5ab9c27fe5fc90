"""What Northmere is writing now: a paper on both plans and on maturity, with everything a paper can print."""

from __future__ import annotations

from datetime import timedelta

from actions.models import ActionPlan
from governance.committees.models import Body, Meeting, Paper, PaperPlan, PaperSection
from governance.core.dates import today
from governance.demo.seeds.processing import holder
from governance.demo.seeds.told import BODY
from governance.history.trail import signed
from governance.people.models import Role, User

TITLE = "Both plans and maturity: where the council stands"
SUMMARY = (
    "The committee has followed the plan that answers the data protection audit. This report lays the road "
    "map of the maturity assessment beside it, counts what both plans ask for once, and says what moved in "
    "maturity."
)
WEEKS = 4
PARTS = ("tells_movement", "tells_union", "tells_maturity")


def enter(by: User) -> None:
    """A draft for the meeting in four weeks, as its clerk began it."""
    clerk, body = holder(Role.COMMITTEE_OFFICER), Body.objects.filter(code=BODY).first()
    plans = ActionPlan.objects.filter(code__in=("ico-2015", "ifc-2016")).order_by("code")
    if not clerk or not body or not plans or Paper.objects.filter(title=TITLE).exists():
        return
    with signed(clerk, reason="Draft begun"):
        meeting, _ = Meeting.objects.get_or_create(body=body, held_on=today() + timedelta(weeks=WEEKS))
        parts = dict.fromkeys(PARTS, True)
        paper = Paper.objects.create(meeting=meeting, title=TITLE, created_by=clerk, **parts)
        for position, plan in enumerate(plans, start=1):
            PaperPlan.objects.create(paper=paper, plan=plan, position=position)
        for position, text in enumerate((SUMMARY, "{{summary}}\n\n{{movement}}"), start=1):
            heading = ("Why this report", "Executive summary")[position - 1]
            PaperSection.objects.create(paper=paper, position=position, heading=heading, text=text)
