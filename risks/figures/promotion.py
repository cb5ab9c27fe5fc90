"""The figures of promotion: what is significant by the rules, and stands on no register of risks.

"Where significant risks are identified, these are recorded on the Information Risk Register" (Coventry 2017).
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from assets.figures.dpia import DPIAS
from assets.figures.register import ONE_CLOCK, THEN_HELD, total
from assets.figures.register import VERSIONS as ASSETS
from assets.models import ActivityAsset, Dpia
from assets.models.dpia_risk import DpiaRisk
from governance.figures.figure import figure
from governance.figures.moment import Moment, Scope
from governance.people.registers.versions import instant_of
from risks.models import Risk, RiskAsset, Standing

# How much risk a DPIA leaves over, from the lowest.
LEVELS = ("low", "medium", "high")


def recorded(moment: Moment) -> tuple[Any, Any]:
    """The keys of the assets that open risks were to, as the first they name and beside it."""
    instant = instant_of(moment)
    risks: Any = Risk.history.before(instant).on_the_register()
    links: Any = RiskAsset.history.before(instant).filter(risk_id__in=risks.order_by().values("id"))
    first = risks.filter(asset_id__isnull=False).order_by().values("asset_id")
    return first, links.order_by().values("asset_id")


def missing_assets(moment: Moment, scope: Scope, rules: Standing | None = None) -> QuerySet[Any]:
    """Assets whose criticality passes the line of the rules, or of a draft, without any open risk."""
    first, beside = recorded(moment)
    line = (rules or Standing(moment)).says("asset_from")
    significant = total.rows(moment, scope).filter(criticality__gte=line)
    return significant.exclude(id__in=first).exclude(id__in=beside)


def missing_dpias(moment: Moment, scope: Scope, rules: Standing | None = None) -> QuerySet[Any]:
    """DPIAs that leave over as much risk as the rules name, of whose activity no asset has an open risk."""
    instant = instant_of(moment)
    said = (rules or Standing(moment)).says("dpia_from")
    left: Any = DpiaRisk.history.before(instant).annotate(line=said)
    passes = Q(pk__in=[])
    for place, name in enumerate(LEVELS):
        passes |= Q(line=name, rest__in=LEVELS[place:])
    left = left.annotate(rest=F("residual")).filter(passes)
    unmeasured: Any = DpiaRisk.history.before(instant).annotate(line=said, rest=F("overall"))
    unmeasured = unmeasured.filter(passes, residual="")
    first, beside = recorded(moment)
    uses: Any = ActivityAsset.history.before(instant)
    covered = uses.filter(Q(asset_id__in=first) | Q(asset_id__in=beside)).order_by().values("activity_id")
    dpias: Any = Dpia.history.at(moment).within(scope, moment).exclude(state="superseded")
    rest = Q(id__in=left.order_by().values("dpia_id")) | Q(id__in=unmeasured.order_by().values("dpia_id"))
    found: QuerySet[Any] = dpias.filter(rest).exclude(activity_id__in=covered)
    return found


@figure(
    "risks.promotions_missing",
    title="Critical assets without a risk on the register",
    definition="Assets on the register at the end of the date whose criticality, the worst of "
    "confidentiality, integrity and availability, is at least what the rules in force on that day name, and "
    f"that no open risk names. {THEN_HELD} {ONE_CLOCK}",
    shape=ASSETS,
)
def missing(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """Nobody has said what may happen to them."""
    return missing_assets(moment, scope)


@figure(
    "risks.dpias_not_promoted",
    title="DPIAs with significant risk, none on the register",
    definition="DPIAs, not superseded, that leave over at least as much risk as the rules in force on that "
    "day name (a risk without a measure counts as it is), of whose activity no asset is named by an open "
    f"risk. {ONE_CLOCK}",
    shape=DPIAS,
)
def dpias(moment: Moment, scope: Scope) -> QuerySet[Any]:
    """What the assessment found stands on no register of risks."""
    return missing_dpias(moment, scope)


FIGURES = (missing, dpias)
