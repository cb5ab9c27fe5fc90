"""The filters of the risk register."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters import ChoiceFilter

from governance.people.registers.filters import RegisterFilter
from risks.models import Risk


class RiskFilter(RegisterFilter):
    """What every register has, and the state. Without one chosen: what is on the register."""

    state = ChoiceFilter(label="State", choices=Risk.State.choices, empty_label="On the register")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The risks asked for; withdrawn ones only if they are asked for."""
        found: QuerySet[Any] = super().filter_queryset(queryset)
        asked = self.form.cleaned_data.get("state")
        return found if asked else found.exclude(state=Risk.State.WITHDRAWN)
