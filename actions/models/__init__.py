"""Audits, recommendations, action plans and their progress."""

from actions.models.action import Action, ActionQuerySet
from actions.models.answering import ActionRecommendation
from actions.models.assurance import Assurance, AssuranceQuerySet
from actions.models.audit import Audit, Recommendation, RecommendationQuerySet, ScopeArea
from actions.models.audit_lists import (
    AuditKind,
    AuditTextKind,
    FollowUpKind,
    RecommendationPriority,
    RecommendationRating,
)
from actions.models.claims import Claim, claims
from actions.models.colour import ActionColour
from actions.models.completion import Completion, CompletionQuerySet
from actions.models.concern import ActionAsset, ActionIncident, ActionRisk, ConcernQuerySet
from actions.models.dates import DateRevision, DateRevisionQuerySet
from actions.models.dependency import Dependency, DependencyQuerySet, OrderCycleError
from actions.models.evidence import ActionDocument, Document, DocumentVersion, Takedown
from actions.models.extensions import Extension, ExtensionQuerySet
from actions.models.follow_up import FollowUp, PlannedRange
from actions.models.held_texts import AuditText, Quotation, digest_of
from actions.models.maturity import MaturityArea, MaturityCriterion, MaturityLevel, MaturityModel
from actions.models.maturity_scores import ActionArea, MaturityAssessment, MaturityScore
from actions.models.milestone import Milestone
from actions.models.overlap import Overlap, OverlapQuerySet
from actions.models.packs import EvidencePack, PackLayout, PackSignature, PackStep
from actions.models.plan import ActionPlan, ActionPlanQuerySet
from actions.models.progress import (
    MovedOnError,
    OpeningUpdateError,
    ProgressUpdate,
    ProgressUpdateQuerySet,
    Status,
    WaiverNeededError,
    WhyNeededError,
)
from actions.models.ratings import FollowUpRating
from actions.models.replacement import ActionReplacement
from actions.models.samples import AuditSample, SampledRow
from actions.models.sight import ActionPrinciple, ActionWorkstream
from actions.models.source_reference import SourceReference
from actions.models.strategy import Principle, Strategy, Workstream

__all__ = [
    "Action",
    "ActionArea",
    "ActionAsset",
    "ActionColour",
    "ActionDocument",
    "ActionIncident",
    "ActionPlan",
    "ActionPlanQuerySet",
    "ActionPrinciple",
    "ActionQuerySet",
    "ActionRecommendation",
    "ActionReplacement",
    "ActionRisk",
    "ActionWorkstream",
    "Assurance",
    "AssuranceQuerySet",
    "Audit",
    "AuditKind",
    "AuditSample",
    "AuditText",
    "AuditTextKind",
    "Claim",
    "Completion",
    "CompletionQuerySet",
    "ConcernQuerySet",
    "DateRevision",
    "DateRevisionQuerySet",
    "Dependency",
    "DependencyQuerySet",
    "Document",
    "DocumentVersion",
    "EvidencePack",
    "Extension",
    "ExtensionQuerySet",
    "FollowUp",
    "FollowUpKind",
    "FollowUpRating",
    "MaturityArea",
    "MaturityAssessment",
    "MaturityCriterion",
    "MaturityLevel",
    "MaturityModel",
    "MaturityScore",
    "Milestone",
    "MovedOnError",
    "OpeningUpdateError",
    "OrderCycleError",
    "Overlap",
    "OverlapQuerySet",
    "PackLayout",
    "PackSignature",
    "PackStep",
    "PlannedRange",
    "Principle",
    "ProgressUpdate",
    "ProgressUpdateQuerySet",
    "Quotation",
    "Recommendation",
    "RecommendationPriority",
    "RecommendationQuerySet",
    "RecommendationRating",
    "SampledRow",
    "ScopeArea",
    "SourceReference",
    "Status",
    "Strategy",
    "Takedown",
    "WaiverNeededError",
    "WhyNeededError",
    "Workstream",
    "claims",
    "digest_of",
]
