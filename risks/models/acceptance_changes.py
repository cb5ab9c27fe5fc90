"""What suspends an acceptance: a material change of what it rests on, recorded since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject

from governance.people.registers.versions import instant_of
from risks.models.assessment import Assessment
from risks.models.links import RiskAsset, RiskControl
from risks.models.risk import Risk

if TYPE_CHECKING:
    from datetime import datetime

    from governance.figures.moment import Moment

# What an acceptance rests on beside the score: who bears the risk, what it is to, what is done about it.
# A risk that was closed, merged or withdrawn is borne by nobody: reopened, somebody has to answer anew.
MATERIAL = ("owner_id", "asset_id", "treatment", "confidentiality", "integrity", "availability", "state")


def changed_materially(moment: Moment) -> Any:
    """Of the acceptance in the outer row: has what it rests on changed since, by what was recorded by then?

    Another score, another owner, asset, treatment or kind of harm, an asset more or less, a control that does
    less, the risk closed meanwhile. What was changed and changed back counts: somebody has to look.
    """
    instant = instant_of(moment)
    said = JSONObject(**{name: name for name in MATERIAL})
    seen: Any = Risk.history.filter(history_id=OuterRef(OuterRef("risk_version"))).values(said=said)
    versions: Any = Risk.history.filter(id=OuterRef("risk_id"), history_id__gt=OuterRef("risk_version"))
    other: Any = versions.filter(history_date__lt=instant).annotate(said=said).filter(~Q(said=Subquery(seen)))
    assets: Any = RiskAsset.history.filter(
        risk_id=OuterRef("risk_id"), history_id__gt=OuterRef("assets_seen"), history_date__lt=instant
    )
    return Exists(other) | Exists(assets) | Exists(weakened(instant)) | scored_otherwise(moment)


def weakened(instant: datetime) -> Any:
    """Later versions of controls the answer rested on, that are not what they were: in another state, judged
    otherwise, or deleted. That a planned one is in place now is what was waited for, and one that had ended
    by then bore nothing."""
    state = RiskControl.State
    then: Any = RiskControl.history.filter(
        id=OuterRef("id"), history_id__lte=OuterRef(OuterRef("controls_seen"))
    ).order_by("-history_id")
    later: Any = RiskControl.history.filter(
        risk_id=OuterRef("risk_id"), history_id__gt=OuterRef("controls_seen"), history_date__lt=instant
    ).annotate(
        was=Subquery(then.values("state")[:1]),
        judged=Coalesce(F("effectiveness_id"), 0),
        was_judged=Coalesce(Subquery(then.values("effectiveness_id")[:1]), 0),
    )
    moved = ~Q(state=F("was")) & ~Q(was=state.PLANNED, state=state.EXISTING)
    rejudged = Q(was=state.EXISTING) & ~Q(judged=F("was_judged"))
    found: Any = later.filter(was__in=[state.EXISTING, state.PLANNED])
    return found.filter(Q(history_type="-") | moved | rejudged)


def scored_otherwise(moment: Moment) -> Any:
    """Does another score stand, or none; did another stand meanwhile, or was the accepted one corrected?"""
    same = current_of_risk().current(moment).filter(cell=OuterRef("assessment__cell"))
    return Exists(rescored(moment)) | ~Exists(same)


def current_of_risk() -> Any:
    """The current scores of the risk that the answer in the outer row is about."""
    return Assessment.objects.filter(risk=OuterRef("risk_id"), kind=Assessment.Kind.CURRENT)


def rescored(moment: Moment) -> Any:
    """Scores recorded since that are another, or put the accepted one right.

    One from an earlier day than the accepted one stood for nothing since, and says nothing.
    """
    recorded = current_of_risk().filter(pk__gt=OuterRef("assessment_id"), recorded_at__lt=instant_of(moment))
    elsewhere = ~Q(cell=OuterRef("assessment__cell"))
    since = Q(void=False, effective_on__gte=OuterRef("assessment__effective_on")) & elsewhere
    corrected = Q(corrects=OuterRef("assessment_id")) & (Q(void=True) | elsewhere)
    return recorded.filter(since | corrected)
