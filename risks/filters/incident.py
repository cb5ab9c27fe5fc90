"""The filters of the log of incidents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django_filters import BooleanFilter, ChoiceFilter, MultipleChoiceFilter

from governance.people.registers.filters import RegisterFilter, occurring
from risks.models import Clock, Incident

TYPES = [(name, name.capitalize()) for name in ("confidentiality", "integrity", "availability")]


class IncidentFilter(RegisterFilter):
    """Search, service, clock, type and what else incidents are told apart by.

    Without a state chosen: what is on the log. Only what occurs among those open to the reader is offered.
    """

    searched = ("reference", "title", "what_happened")
    most_used = ("q", "clock", "unit", "state")

    clock = MultipleChoiceFilter(
        label="Clock", field_name="clock", choices=Clock.choices, widget=forms.CheckboxSelectMultiple
    )
    state = ChoiceFilter(label="State", choices=Incident.State.choices, empty_label="On the log")
    type = ChoiceFilter(label="Type", method="of_type", choices=TYPES, empty_label="All types")
    category = ChoiceFilter(label="Category", field_name="category_id", empty_label="All categories")
    severity = ChoiceFilter(label="Severity", field_name="severity_id", empty_label="Any severity")
    near = BooleanFilter(label="Only near misses", widget=forms.CheckboxInput, method="only_near_misses")

    def __init__(self, data: QueryDict, queryset: QuerySet[Any]) -> None:
        super().__init__(data, queryset)
        self.filters["q"].label = "Reference or words"
        self.filters["unit"].label = "Service"
        del self.filters["vacant"]

    def offered(self, queryset: QuerySet[Any]) -> dict[str, list[tuple[Any, str]]]:
        """What each filter that chooses among records offers."""
        return super().offered(queryset) | {
            "category": occurring(queryset, "category_id", "category_name"),
            "severity": occurring(queryset, "severity_id", "severity_name"),
        }

    def of_type(self, found: QuerySet[Any], name: str, chosen: str) -> QuerySet[Any]:
        """Incidents of that type, whatever other types they are of."""
        return found.filter(**{chosen: True})

    def only_near_misses(self, found: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:  # noqa: FBT001
        """Those of which nothing came."""
        return found.filter(near_miss=True) if wanted else found

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The incidents asked for; withdrawn ones only if they are asked for."""
        found: QuerySet[Any] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.exclude(state="withdrawn")
