"""The Information Risk Register: risks, how they are scored, and the matrix under which they are."""

from risks.models.assessment import Assessment, AssessmentQuerySet
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

__all__ = [
    "Assessment",
    "AssessmentQuerySet",
    "Axis",
    "ControlEffectiveness",
    "MatrixCell",
    "MatrixLevel",
    "MatrixScale",
    "RegisterLevel",
    "Risk",
    "RiskAsset",
    "RiskCategory",
    "RiskControl",
    "RiskMatrix",
    "RiskProximity",
    "RiskQuerySet",
    "RiskSource",
    "Tone",
]
