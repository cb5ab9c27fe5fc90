"""When assets are due for disposal, at any moment, reckoned by Postgres from the rule as it stood then."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, DateField, Exists, F, Func, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest

from assets.models.disposal import Disposal
from assets.models.holds import Hold, HoldAsset
from assets.models.retention import RetentionRule
from governance.core.dates import end_of_day
from governance.figures.moment import Moment


class RetentionDue(Func):
    """The end of a period; see `retention_due` in assets/sql/retention.sql."""

    function = "retention_due"
    arity = 4
    output_field = DateField()


def with_due_dates(versions: QuerySet[Any], moment: Moment) -> QuerySet[Any]:
    """Versions of assets with what becomes of them, and when.

    `due_on`: the day on which the period ends or, if later, until which it was agreed to keep the asset;
    None where that cannot be reckoned. `ends_on`: by the rule alone. `on_hold`: under a hold not lifted by
    then. `is_scheduled`: under a rule, and not kept for ever.
    """
    instant = min(end_of_day(moment.as_at), moment.known_before)
    rules: Any = RetentionRule.history.before(instant)
    period = RetentionDue(OuterRef("retention_from"), F("months"), F("days"), F("adds_current_year"))
    kept: Any = Disposal.history.before(instant).filter(asset_id=OuterRef("id"), stage="kept", part="")
    live: Any = Hold.history.before(instant).filter(lifted_on=None)
    held: Any = HoldAsset.history.before(instant).filter(
        asset_id=OuterRef("id"), hold_id__in=live.values("id")
    )
    mine = rules.filter(id=OuterRef("retention_rule_id"))
    found: QuerySet[Any] = versions.annotate(
        ends_on=Subquery(mine.values(end=period)[:1], output_field=DateField()),
        kept_until=Subquery(
            kept.order_by().values("asset_id").annotate(latest=Max("keep_until")).values("latest"),
            output_field=DateField(),
        ),
        due_on=Greatest("ends_on", "kept_until", output_field=DateField()),
        on_hold=Exists(held.filter(hold_id__in=live.values("id"))),
        is_scheduled=Exists(mine.filter(is_permanent=False), output_field=BooleanField()),
    )
    return found


def with_rules(versions: QuerySet[Any], moment: Moment) -> QuerySet[Any]:
    """Versions of assets with the `rule_code`, `rule_words` and `rule_action` of that moment, for pages."""
    instant = min(end_of_day(moment.as_at), moment.known_before)
    rules: Any = RetentionRule.history.before(instant).filter(id=OuterRef("retention_rule_id"))
    found: QuerySet[Any] = versions.annotate(
        **{f"rule_{name}": Subquery(rules.values(name)[:1]) for name in ("code", "words", "action")}
    )
    return found
