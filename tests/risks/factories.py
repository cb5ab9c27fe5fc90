"""Scores for tests, made by the service that the pages use, under a matrix in force since 2016."""

from datetime import date

from governance.people.models import User
from risks.models import Assessment, MatrixCell, RiskMatrix
from risks.representations.definition import shipped
from risks.services.assessment import assess
from risks.services.matrix import adopt, begin
from tests.factories import UserFactory

SINCE = date(2016, 4, 1)
CURRENT, INHERENT, TARGET = Assessment.Kind.CURRENT, Assessment.Kind.INHERENT, Assessment.Kind.TARGET


def in_force() -> RiskMatrix:
    """The 5 by 5 that is shipped, in force since 2016; put there by the first who asks."""
    found = RiskMatrix.objects.adopted().first()
    return found or adopt(begin(shipped()["five_by_five"]), from_on=SINCE, reason="Cabinet, minute 64")


def cell(likelihood: int, impact: int, matrix: RiskMatrix | None = None) -> MatrixCell:
    """A cell of the matrix in force, or of the one given."""
    found = matrix or in_force()
    return MatrixCell.objects.select_related("level").get(matrix=found, likelihood=likelihood, impact=impact)


def score(risk, likelihood, impact, *, on=date(2020, 1, 15), kind=CURRENT, **facts) -> Assessment:
    """A score of a risk from a long past day, unless another is given."""
    facts.setdefault("reason", "As the workshop found")
    by = facts.pop("by", None) or User.objects.first() or UserFactory()
    return assess(risk, kind, facts.pop("cell", None) or cell(likelihood, impact), on=on, by=by, **facts)
