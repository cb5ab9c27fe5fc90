"""Finding recommendations by how the auditor's view and the council's stand to each other."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from actions.models import Claim, FollowUp, FollowUpRating, RecommendationQuerySet, ScopeArea
from governance.core.components import Column

COLUMNS = [
    Column("Recommendation", "reference"),
    Column("Scope area", "scope_area__position"),
    Column("The council’s claim then"),
    Column("The auditor’s rating"),
    Column("Compared"),
    Column("The council’s claim now"),
]
COMPLETE = Q(found__is_complete=True)
CLAIMED = Q(claimed=Claim.COMPLETE)
COMPARED = {
    "otherwise": ("Claimed complete, found otherwise", CLAIMED & ~COMPLETE),
    "beyond": ("Found complete, not claimed", COMPLETE & ~CLAIMED),
    "agreed": ("Both say the same", COMPLETE & CLAIMED | ~COMPLETE & ~CLAIMED),
}
UNRATED = "unrated"


class BesideFilter(FilterSet):
    """Search and filters over the recommendations of an audit that is followed up."""

    q = CharFilter(label="Reference or words", method="search", max_length=100)
    area = ModelChoiceFilter(
        label="Scope area",
        field_name="scope_area",
        queryset=ScopeArea.objects.none(),
        to_field_name="code",
        empty_label="All areas",
    )
    compared = ChoiceFilter(
        label="The two views",
        method="that_compare",
        empty_label="However they compare",
        choices=[*((key, words) for key, (words, _) in COMPARED.items()), (UNRATED, "Not rated")],
    )

    def __init__(self, data: QueryDict, queryset: RecommendationQuerySet, *, follow_up: FollowUp) -> None:
        super().__init__(data, queryset)
        self.follow_up = follow_up
        self.filters["area"].queryset = follow_up.audit.scope_areas.all()

    def search(self, found: Any, name: str, typed: str) -> Any:
        """Those with every word typed in their reference or their text."""
        for word in typed.split():
            found = found.filter(Q(reference__icontains=word) | Q(text__icontains=word))
        return found

    def that_compare(self, found: Any, name: str, chosen: str) -> Any:
        """Those of which the two sides say so, or that are not rated."""
        ratings = FollowUpRating.objects.standing().filter(
            follow_up=self.follow_up, recommendation=OuterRef("pk")
        )
        if chosen == UNRATED:
            return found.exclude(Exists(ratings))
        return found.filter(Exists(ratings.filter(COMPARED[chosen][1])))
