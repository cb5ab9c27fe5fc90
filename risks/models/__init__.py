"""The Information Risk Register: risks, and the matrix under which they are scored."""

from risks.models.matrix import Axis, MatrixCell, MatrixLevel, MatrixScale, RiskMatrix, Tone
from risks.models.risk import Risk, RiskQuerySet

__all__ = [
    "Axis",
    "MatrixCell",
    "MatrixLevel",
    "MatrixScale",
    "Risk",
    "RiskMatrix",
    "RiskQuerySet",
    "Tone",
]
