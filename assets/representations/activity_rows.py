"""What an activity has several of, in one cell each, for files that leave: semicolons between."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When

from assets.models import Asset, ScheduleCondition
from assets.representations.activity_several import ASSETS, CONDITIONS, CONTROLLERS, HIDDEN, TRANSFERS
from governance.people.registers.derived import Derived
from governance.people.registers.several import BETWEEN, Several
from governance.people.registers.versions import instant_of, then

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User


def with_rows(found: QuerySet[Any], moment: Moment, person: User) -> QuerySet[Any]:
    """Versions of activities with what each had several of; of its assets those that this person may open.

    Where there are others, it says so: a cell that left them out would take them away when it comes back.
    """
    instant: datetime = instant_of(moment)
    mine = Asset.objects.visible_to(person).values("pk")
    opened = Case(When(asset_id__in=mine, then=ASSETS.said), default=Value(HIDDEN))
    met = then(ScheduleCondition, "name", "condition_id", instant) if moment.is_past else CONDITIONS.said
    rows: QuerySet[Any] = found.annotate(
        told_assets=told(ASSETS, moment, opened),
        told_conditions=told(CONDITIONS, moment, met),
        told_controllers=told(CONTROLLERS, moment),
        told_transfers=told(TRANSFERS, moment),
    )
    return rows


def told(column: Several, moment: Moment, said: Any = None) -> Subquery:
    """What the rows of an activity said at the moment, one after the other; `said` words them otherwise."""
    if said is not None:
        column = column.saying(said)
    versions: Any = column.of.history.at(moment)
    of_one = column.worded(versions).filter(activity_id=OuterRef("id")).order_by().values("activity_id")
    words = StringAgg("said", f"{BETWEEN} ", distinct=True, order_by="said")
    return Subquery(of_one.annotate(words=words).values("words"))


DERIVED = (Derived(name="ended_on", heading="Ended on", path="ended_on", kind="date"),)
