"""Finding actions within a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django_filters import (
    BooleanFilter,
    CharFilter,
    ChoiceFilter,
    FilterSet,
    ModelChoiceFilter,
    MultipleChoiceFilter,
)

from actions.figures import overdue, waiting_for_actions, waiting_for_posts
from actions.models import (
    Audit,
    ProgressUpdateQuerySet,
    Recommendation,
    RecommendationPriority,
    RecommendationQuerySet,
    ScopeArea,
    Status,
)
from actions.models.source_reference import is_called
from governance.colours.models import Colour
from governance.core.components import Column
from governance.figures.moment import Moment, Scope
from governance.people.models import User

NO_AREA = "none"
WAITING = {"actions": waiting_for_actions, "posts": waiting_for_posts}

COLUMNS = [
    Column("Reference", "action__reference"),
    Column("Action", "action__title"),
    Column("Owner", "action__owner__title"),
    Column("Due", "due_then"),
    Column("Status", "status"),
    Column("Colour"),
    Column("As of", "effective_on"),
]


class ActionFilter(FilterSet):
    """Search and filters over the updates that stand in a plan at a moment: one for each action.

    Only areas, posts and units that occur among them are offered. Overdue and waiting are the figures of the
    same name, so that a list and a figure cannot differ.
    """

    q = CharFilter(label="Reference or words", method="search", max_length=100)
    status = MultipleChoiceFilter(choices=Status.choices, widget=forms.CheckboxSelectMultiple)
    area = MultipleChoiceFilter(label="Scope area", method="in_areas", widget=forms.CheckboxSelectMultiple)
    owner = ChoiceFilter(label="Owner", field_name="action__owner__code", empty_label="All posts")
    unit = ChoiceFilter(label="Unit", field_name="action__owner__unit__code", empty_label="All units")
    colour = ChoiceFilter(label="Colour", choices=Colour.choices, empty_label="Any colour")
    overdue = BooleanFilter(label="Only overdue", widget=forms.CheckboxInput, method="only_overdue")
    waiting = ChoiceFilter(
        label="Not started, waiting for",
        method="only_waiting",
        empty_label="Any or nothing",
        choices=[("actions", "Another action"), ("posts", "A vacant post")],
    )

    def __init__(
        self,
        data: QueryDict,
        queryset: ProgressUpdateQuerySet,
        *,
        moment: Moment,
        scope: Scope,
        person: User,
        counted: Sequence[Mapping[str, Any]],
    ) -> None:
        super().__init__(data, queryset)
        self.moment, self.scope, self.person, self.counted = moment, scope, person, counted
        for name, choices in occurring(counted).items():
            self.filters[name].extra["choices"] = choices

    def search(self, found: Any, name: str, typed: str) -> Any:
        """Actions with every word typed in their reference, here or in another list, their title or the text
        of their recommendation, where the reader may open that."""
        seen = Q(action__recommendation__in=Recommendation.objects.visible_to(self.person))
        for word in typed.split():
            found = found.filter(
                Q(action__reference__icontains=word)
                | is_called(word)
                | Q(action__title__icontains=word)
                | seen & Q(action__recommendation__text__icontains=word)
            )
        return found

    def in_areas(self, found: Any, name: str, chosen: list[str]) -> Any:
        """Actions of these scope areas, or of none."""
        if not chosen:
            return found
        within = Q(action__scope_area__code__in=chosen)
        return found.filter(within | Q(action__scope_area=None) if NO_AREA in chosen else within)

    def only_overdue(self, found: Any, name: str, wanted: bool) -> Any:  # noqa: FBT001
        """The rows of the figure."""
        return found.filter(pk__in=overdue.rows(self.moment, self.scope).values("pk")) if wanted else found

    def only_waiting(self, found: Any, name: str, chosen: str) -> Any:
        """The rows of one of the two figures."""
        return found.filter(pk__in=WAITING[chosen].rows(self.moment, self.scope).values("pk"))


def occurring(counted: Sequence[Mapping[str, Any]]) -> dict[str, list[tuple[str, str]]]:
    """The scope areas, owner posts and units of the actions that the reader may open, by code with their
    names: from the counts by facet, so without another query."""
    found = [row for row in counted if row["open"]]
    areas = {row["area_code"]: row["area"] for row in found}
    outside = [(NO_AREA, "No scope area")] if None in areas and len(areas) > 1 else []
    return {
        "area": [*((code, title) for code, title in areas.items() if code), *outside],
        "owner": _by_name(found, "owner"),
        "unit": _by_name(found, "unit"),
    }


def _by_name(counted: Sequence[Mapping[str, Any]], facet: str) -> list[tuple[str, str]]:
    pairs = {(row[f"{facet}_code"], row[facet]) for row in counted}
    return sorted(pairs, key=lambda pair: pair[1])


RECOMMENDATION_COLUMNS = [
    Column("Reference", "reference"),
    Column("Recommendation"),
    Column("Scope area", "scope_area__position"),
    Column("Priority"),
    Column("Answer", "response"),
]
UNANSWERED = "none"


class RecommendationFilter(FilterSet):
    """Search and filters over the recommendations of one audit."""

    q = CharFilter(label="Reference or words", method="search", max_length=100)
    area = ModelChoiceFilter(
        label="Scope area",
        field_name="scope_area",
        queryset=ScopeArea.objects.none(),
        to_field_name="code",
        empty_label="All areas",
    )
    priority = ModelChoiceFilter(
        label="Priority",
        method="with_priority",
        queryset=RecommendationPriority.objects.all(),
        to_field_name="code",
        empty_label="All priorities",
    )
    response = ChoiceFilter(
        label="Answer",
        method="with_response",
        empty_label="All answers",
        choices=[*Recommendation.Response.choices, (UNANSWERED, "Not answered yet")],
    )

    def __init__(self, data: QueryDict, queryset: RecommendationQuerySet, *, audit: Audit) -> None:
        super().__init__(data, queryset)
        self.filters["area"].queryset = audit.scope_areas.all()

    def search(self, found: Any, name: str, typed: str) -> Any:
        """Those with every word typed in their reference or their text."""
        for word in typed.split():
            found = found.filter(Q(reference__icontains=word) | Q(text__icontains=word))
        return found

    def with_priority(self, found: Any, name: str, chosen: RecommendationPriority) -> Any:
        """Those to which the auditor gave it."""
        return found.filter(priority=chosen.code)

    def with_response(self, found: Any, name: str, chosen: str) -> Any:
        """Those answered so, or not at all."""
        return found.filter(response="" if chosen == UNANSWERED else chosen)
