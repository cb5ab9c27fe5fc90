"""The history of a processing activity in words, with that of what it has several of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assets.models import (
    ActivityAsset,
    ActivityCondition,
    ControllerServed,
    Dpia,
    ProcessingActivity,
    Screening,
    ScreeningCriterion,
    Transfer,
)
from assets.representations.told import told_to
from governance.history.rows import Rows, with_rows
from governance.people.registers.versions import instant_of

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.history.timeline import Event
    from governance.people.models import User

WORKS_WITH = "Asset it works with"
# What the history of an activity tells beside its own fields.
ROWS = (
    Rows(ActivityAsset, "activity_id", WORKS_WITH, ("asset",)),
    Rows(ActivityCondition, "activity_id", "Schedule 1 condition", ("condition",)),
    Rows(Transfer, "activity_id", "Transfer abroad", ("country", "recipient")),
    Rows(ControllerServed, "activity_id", "Controller it is done for", ("name",)),
    Rows(Screening, "activity_id", "Screening for a DPIA", ("decision",)),
    Rows(ScreeningCriterion, "screening__activity_id", "Criterion of the screening", ("criterion",)),
    Rows(Dpia, "activity_id", "DPIA", ("reference",), told=("state",)),
)


def told(activity: ProcessingActivity, events: list[Event], moment: Moment, person: User) -> list[Event]:
    """The history of an activity with that of its rows; assets by title only to who may open them."""
    return told_to(person, with_rows(events, ROWS, activity.pk, instant_of(moment)), labels=(WORKS_WITH,))
