"""The filters of the asset register."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet
from django_filters import CharFilter, ChoiceFilter, MultipleChoiceFilter

from assets.figures.register import PARTS
from assets.filters import choices
from assets.models import HELD, Asset, AssetQuerySet, TitleWord
from assets.representations.bands import in_band
from assets.representations.completeness import BANDS
from governance.core.forms.selects import Checkboxes, LongSelect
from governance.people.registers.filters import RegisterFilter, occurring

# What an entry may lack, each as its figure counts it; an entry lacks all that are chosen.
MISSING = [
    ("assets.ownerless", "Somebody in the owner post"),
    ("assets.not_assessed_for_personal_data", "Personal data assessed"),
    ("assets.without_marking", "Protective marking"),
    ("assets.not_rated", "Ratings"),
    ("assets.without_retention_rule", "Retention rule"),
    ("assets.without_publish_decision", "Publish decision"),
]
# What an entry may be or contain; any that is chosen will do.
HAS = [
    ("is_key", "Key asset"),
    ("is_golden", "Golden record"),
    ("special_category", "Special category data"),
    ("criminal_offence", "Criminal offence data"),
    ("vulnerable_people", "Children or vulnerable people"),
    ("commercially_sensitive", "Commercially sensitive"),
    ("environmental", "Environmental information"),
]


class AssetFilter(RegisterFilter):
    """What every register has, and what only assets have. Without a state chosen: what is on the register."""

    searched = ("reference", "title", "description")
    most_used = ("q", "unit", "owner", "personal_data")
    vocabulary = TitleWord

    q = CharFilter(
        label="Reference or title",
        method="search",
        max_length=100,
        help_text="Descriptions are searched too. Typing mistakes in titles are forgiven",
    )
    function = ChoiceFilter(
        label="Function",
        field_name="function_id",
        empty_label="All functions",
        null_label="None",
        widget=LongSelect,
    )
    marking = ChoiceFilter(
        label="Marking", field_name="marking_id", empty_label="All markings", null_label="None"
    )
    criticality = ChoiceFilter(label="Criticality", empty_label="Any", null_label="Not rated")
    personal_data = ChoiceFilter(
        label="Personal data",
        field_name="contains_personal_data",
        choices=[("True", "Contains personal data"), ("False", "Contains none")],
        empty_label="With or without",
        null_label="Not assessed",
    )
    publish = ChoiceFilter(label="Publish decision", choices=Asset.Publish.choices, empty_label="Any")
    completeness = ChoiceFilter(
        label="Completeness",
        choices=[(code, words) for code, words, _ in BANDS],
        empty_label="Any",
        method="only_in_band",
        help_text="How many of the questions about it are answered",
    )
    kind = MultipleChoiceFilter(
        label="Form", field_name="form", choices=Asset.Form.choices, widget=Checkboxes
    )
    state = MultipleChoiceFilter(
        label="State",
        choices=Asset.State.choices,
        widget=Checkboxes,
        help_text="None chosen: live, under review and to be disposed",
    )
    has = MultipleChoiceFilter(label="Is or contains", choices=HAS, widget=Checkboxes, method="only_with")
    missing = MultipleChoiceFilter(
        label="What is missing", choices=MISSING, widget=Checkboxes, method="only_without"
    )

    def offered(self, queryset: QuerySet[Any]) -> choices.Choices:
        """Units and owners that occur, by the names of the day; the lists as they are now."""
        if isinstance(queryset, AssetQuerySet):
            return choices.offered(queryset)
        return choices.lists() | {
            "unit": occurring(queryset, "unit_id", "unit_name"),
            "owner": occurring(queryset, "owner_id", "owner_title"),
        }

    def only_in_band(self, found: QuerySet[Any], name: str, code: str) -> QuerySet[Any]:
        """Entries that say so much of what they should."""
        return in_band(found, code) if code else found

    def only_with(self, found: QuerySet[Any], name: str, wanted: list[str]) -> QuerySet[Any]:
        """Entries that are or contain any of these."""
        return found.filter(reduce(or_, (Q(**{field: True}) for field in wanted))) if wanted else found

    def only_without(self, found: QuerySet[Any], name: str, wanted: list[str]) -> QuerySet[Any]:
        """Entries that lack all of these."""
        return found.filter(reduce(and_, (PARTS[key] for key in wanted))) if wanted else found

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The entries asked for; those on the register unless states are chosen."""
        found: QuerySet[Any] = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("state"):
            found = found.filter(state__in=HELD)
        return found
