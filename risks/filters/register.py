"""The filters of the risk register."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django_filters import ChoiceFilter

from governance.colours.models import Colour
from governance.core.together import ask_together
from governance.people.registers.filters import RegisterFilter
from risks.models import MatrixLevel, Risk, RiskCategory
from risks.models.matrix import RegisterLevel

NOT_SCORED = "none"
# What a risk may be against the lines and the calendar, each as its figure counts it.
STANDS = [
    ("escalated", "Escalated"),
    ("above_tolerance", "Above tolerance"),
    ("above_appetite", "Above appetite"),
    ("overdue", "Overdue for review"),
    ("unscored", "Not scored"),
]


class RiskFilter(RegisterFilter):
    """What every register has, and what only risks have. Without a state chosen: those that are open."""

    most_used = ("q", "level", "stands", "unit", "owner")

    level = ChoiceFilter(label="Level", field_name="level", empty_label="Any level")
    stands = ChoiceFilter(label="Standing", choices=STANDS, empty_label="Any", method="only_standing")
    colour = ChoiceFilter(label="Colour", choices=Colour.choices, empty_label="Any colour")
    treatment = ChoiceFilter(
        label="Treatment", choices=Risk.Treatment.choices[1:], empty_label="Any", null_label=None
    )
    category = ChoiceFilter(
        label="Category", field_name="category_id", empty_label="All categories", null_label="None"
    )
    register_level = ChoiceFilter(
        label="On the register of", choices=RegisterLevel.choices, empty_label="Any"
    )
    state = ChoiceFilter(label="State", choices=Risk.State.choices, empty_label="On the register")

    def offered(self, queryset: QuerySet[Any]) -> dict[str, list[tuple[Any, str]]]:
        """Beside units and owners: the levels of every matrix that was in force, the highest first."""
        adopted = MatrixLevel.objects.filter(matrix__from_on__isnull=False).order_by("-rank")
        levels, categories = adopted.values_list("name"), RiskCategory.objects.values_list("pk", "name")
        ask_together((levels, categories))
        return super().offered(queryset) | {
            "level": [(name, name) for name in dict.fromkeys(name for (name,) in levels)],
            "category": list(categories),
        }

    def only_standing(self, found: QuerySet[Any], name: str, code: str) -> QuerySet[Any]:
        """Risks against the lines of their matrix, or against the day on which they are looked at."""
        if code == "unscored":
            return found.filter(assessment__isnull=True)
        if code == "escalated":
            return found.filter(Q(above_appetite=True) | Q(is_overdue=True)).exclude(escalated_for="")
        if code == "overdue":
            return found.filter(is_overdue=True)
        return found.filter(**{code: True})

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The risks asked for; those that are not open only if they are asked for."""
        found: QuerySet[Any] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("state")
        return found if asked else found.filter(state=Risk.State.OPEN)
