"""Audits, recommendations, action plans and their progress."""

from actions.models.action import Action, ActionQuerySet
from actions.models.audit import Audit, Recommendation, ScopeArea
from actions.models.colour import ActionColour
from actions.models.concern import ActionAsset, ActionIncident, ActionRisk, ConcernQuerySet
from actions.models.dependency import Dependency, DependencyQuerySet, OrderCycleError
from actions.models.plan import ActionPlan, ActionPlanQuerySet
from actions.models.progress import (
    MovedOnError,
    OpeningUpdateError,
    ProgressUpdate,
    ProgressUpdateQuerySet,
    Status,
    WaiverNeededError,
)

__all__ = [
    "Action",
    "ActionAsset",
    "ActionColour",
    "ActionIncident",
    "ActionPlan",
    "ActionPlanQuerySet",
    "ActionQuerySet",
    "ActionRisk",
    "Audit",
    "ConcernQuerySet",
    "Dependency",
    "DependencyQuerySet",
    "MovedOnError",
    "OpeningUpdateError",
    "OrderCycleError",
    "ProgressUpdate",
    "ProgressUpdateQuerySet",
    "Recommendation",
    "ScopeArea",
    "Status",
    "WaiverNeededError",
]
