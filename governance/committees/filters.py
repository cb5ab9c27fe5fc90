"""Finding restatements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter, NumberFilter

from governance.committees.models import Body, Classing
from governance.committees.restating.telling import NOT_CLASSED, WITHOUT
from governance.core.components import Column

COLUMNS = [
    Column("Figure"),
    Column("Told to"),
    Column("Was"),
    Column("Known now"),
    Column("Which"),
    Column("Class"),
]


class RestatementFilter(FilterSet):
    """By body, class, and whether a figure still differs. Without a state chosen: those that do."""

    body = ModelChoiceFilter(
        label="Told to",
        field_name="figure__paper__meeting__body",
        queryset=Body.objects.all(),
        empty_label="Any body",
    )
    classed = ChoiceFilter(
        label="Class",
        method="in_class",
        choices=[(WITHOUT, NOT_CLASSED.capitalize()), *Classing.Kind.choices],
        empty_label="Any class",
    )
    state = ChoiceFilter(
        label="State",
        method="in_state",
        choices=[("closed", "No longer different"), ("all", "All")],
        empty_label="Different from what was told",
    )
    paper = NumberFilter(field_name="figure__paper", max_value=2**63 - 1, widget=forms.HiddenInput)

    def in_class(self, found: QuerySet[Any], name: str, chosen: str) -> QuerySet[Any]:
        """Those of one class, or of none yet."""
        return found.filter(class_kind=None if chosen == WITHOUT else chosen)

    def in_state(self, found: QuerySet[Any], name: str, chosen: str) -> QuerySet[Any]:
        """Those that no longer differ, or with them the others."""
        return found.filter(came=[], went=[]) if chosen == "closed" else found

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The restatements asked for; those that no longer differ only if they are asked for."""
        found: QuerySet[Any] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("state") else found.exclude(came=[], went=[])
