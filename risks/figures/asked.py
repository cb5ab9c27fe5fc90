"""What the rules of a moment ask for: where they ask for nothing, a nought would say that all is well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from governance.figures.moment import Moment
from governance.figures.statement import Question, Row
from risks.figures import escalation, promotion
from risks.models import EscalationRules

ASKED = """
SELECT coalesce(within, above, beyond) IS NOT NULL AS reviews,
  asset IS NOT NULL AS assets, dpia <> '' AS dpias
FROM rules_{at}
"""
COLUMNS = ("days_within", "days_above", "days_beyond", "asset_from", "dpia_from")
FIGURES = {"reviews": escalation.escalated_overdue, "assets": promotion.missing, "dpias": promotion.dpias}


class Asked(NamedTuple):
    """Whether any rules were in force, and the keys of the figures that nothing is asked for."""

    in_force: bool
    not_asked: frozenset[str]

    def why_not(self, key: str) -> str:
        """Why there is no number of a figure, as the end of a sentence; "" where there is one."""
        if key not in self.not_asked:
            return ""
        return "the rules in force do not ask for it" if self.in_force else "no rules are in force"


def question(moment: Moment, at: str) -> Question:
    """What is to be asked for it at a moment, which `at` names."""
    return Question(ASKED.format(at=at), rules_at(moment, at))


def rules_at(moment: Moment, at: str) -> dict[str, Any]:
    """The rules in force at a moment as `rules_…` for questions: one row, or none."""
    latest = EscalationRules.objects.known(moment).order_by("-from_on").values("pk")[:1]
    rules: Any = EscalationRules.objects.filter(pk__in=latest)
    return {f"rules_{at} (within, above, beyond, asset, dpia)": rules.values_list(*COLUMNS)}


def answer(rows: Sequence[Row]) -> Asked:
    """The same as it was answered: no row where no rules were in force."""
    asks = rows[0] if rows else {}
    return Asked(bool(rows), frozenset(of.key for name, of in FIGURES.items() if not asks.get(name)))
