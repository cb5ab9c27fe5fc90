"""Audits, recommendations, action plans and their progress."""

from actions.models.action import Action, ActionQuerySet
from actions.models.answering import ActionRecommendation
from actions.models.audit import Audit, Recommendation, RecommendationQuerySet, ScopeArea
from actions.models.audit_lists import AuditKind, AuditTextKind, RecommendationPriority
from actions.models.colour import ActionColour
from actions.models.concern import ActionAsset, ActionIncident, ActionRisk, ConcernQuerySet
from actions.models.dependency import Dependency, DependencyQuerySet, OrderCycleError
from actions.models.held_texts import AuditText, Quotation, digest_of
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
    "ActionRecommendation",
    "ActionRisk",
    "Audit",
    "AuditKind",
    "AuditText",
    "AuditTextKind",
    "ConcernQuerySet",
    "Dependency",
    "DependencyQuerySet",
    "MovedOnError",
    "OpeningUpdateError",
    "OrderCycleError",
    "ProgressUpdate",
    "ProgressUpdateQuerySet",
    "Quotation",
    "Recommendation",
    "RecommendationPriority",
    "RecommendationQuerySet",
    "ScopeArea",
    "Status",
    "WaiverNeededError",
    "digest_of",
]
