"""The Information Risk Register: risks, how they are scored, the matrix for that, and incidents."""

from risks.models.acceptance import Acceptance, AcceptanceEnd, AcceptanceRequest, AcceptanceState
from risks.models.assessment import Assessment, AssessmentQuerySet
from risks.models.colour import RiskColour
from risks.models.incident import Incident
from risks.models.incident_clock import ALLOWED, OPEN_CLOCKS, Clock
from risks.models.incident_facts import IncidentDecision, IncidentNote, IncidentNotice
from risks.models.incident_links import IncidentAsset, IncidentPost, IncidentRisk
from risks.models.incident_lists import (
    IncidentCategory,
    IncidentLikelihood,
    IncidentRecipient,
    IncidentSeverity,
)
from risks.models.incident_querysets import KNOWING, LEARNING
from risks.models.links import RiskAsset, RiskControl
from risks.models.lists import ControlEffectiveness, RiskCategory, RiskProximity, RiskSource
from risks.models.matrix import (
    Axis,
    MatrixCell,
    MatrixLevel,
    MatrixScale,
    RegisterLevel,
    RiskMatrix,
    Tone,
)
from risks.models.risk import Risk, RiskQuerySet
from risks.models.rules import ACCEPTORS, TOLD, EscalationRules, Standing

__all__ = [
    "ACCEPTORS",
    "ALLOWED",
    "KNOWING",
    "LEARNING",
    "OPEN_CLOCKS",
    "TOLD",
    "Acceptance",
    "AcceptanceEnd",
    "AcceptanceRequest",
    "AcceptanceState",
    "Assessment",
    "AssessmentQuerySet",
    "Axis",
    "Clock",
    "ControlEffectiveness",
    "EscalationRules",
    "Incident",
    "IncidentAsset",
    "IncidentCategory",
    "IncidentDecision",
    "IncidentLikelihood",
    "IncidentNote",
    "IncidentNotice",
    "IncidentPost",
    "IncidentRecipient",
    "IncidentRisk",
    "IncidentSeverity",
    "MatrixCell",
    "MatrixLevel",
    "MatrixScale",
    "RegisterLevel",
    "Risk",
    "RiskAsset",
    "RiskCategory",
    "RiskColour",
    "RiskControl",
    "RiskMatrix",
    "RiskProximity",
    "RiskQuerySet",
    "RiskSource",
    "Standing",
    "Tone",
]
