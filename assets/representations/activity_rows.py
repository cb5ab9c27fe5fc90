"""What an activity has several of, in one cell each, for files that leave: semicolons between."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Concat

from assets.models import (
    ActivityAsset,
    ActivityCondition,
    Asset,
    ControllerServed,
    ScheduleCondition,
    Transfer,
)
from governance.people.registers.derived import Derived
from governance.people.registers.versions import instant_of, then

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User

BETWEEN = "; "
PLACE = Case(
    When(recipient="", then=F("country")), default=Concat("country", Value(": "), "recipient")
)  # as Transfer says itself


def with_rows(found: QuerySet[Any], moment: Moment, person: User) -> QuerySet[Any]:
    """Versions of activities with what each had several of; of its assets those that this person may open."""
    instant: datetime = instant_of(moment)
    mine = Asset.objects.visible_to(person).values("pk")
    met = then(ScheduleCondition, "name", "condition_id", instant) if moment.is_past else F("condition__name")
    rows: QuerySet[Any] = found.annotate(
        told_assets=told(
            ActivityAsset.history.at(moment).filter(asset_id__in=mine).annotate(said=F("asset__reference"))
        ),
        told_conditions=told(ActivityCondition.history.at(moment).annotate(said=met)),
        told_controllers=told(ControllerServed.history.at(moment).annotate(said=F("name"))),
        told_transfers=told(Transfer.history.at(moment).annotate(said=PLACE)),
    )
    return rows


def told(rows: QuerySet[Any]) -> Subquery:
    """What the rows of an activity say, one after the other."""
    of_one = rows.filter(activity_id=OuterRef("id")).order_by().values("activity_id")
    words = StringAgg("said", BETWEEN, distinct=True, order_by="said")
    return Subquery(of_one.annotate(words=words).values("words"))


DERIVED = tuple(
    Derived(name=name.removeprefix("told_"), heading=heading, path=name, kind=kind)
    for name, heading, kind in (
        ("ended_on", "Ended on", "date"),
        ("told_assets", "Assets it works with", "text"),
        ("told_conditions", "Schedule 1 conditions", "text"),
        ("told_controllers", "Done for these controllers", "text"),
        ("told_transfers", "Transfers abroad", "text"),
    )
)
