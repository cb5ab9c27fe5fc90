"""The filters that every register has."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django_filters import BooleanFilter, CharFilter, ChoiceFilter, Filter, FilterSet

from governance.core.forms.selects import LongSelect
from governance.people.registers.searching import Alike, by_nearness, holding


class Filters(OrderedDict[str, Filter]):
    """The filters of a class. Each object has its own of them, but not of all that they are made of."""

    def __deepcopy__(self, memo: Any) -> Filters:
        return Filters((name, _own(each)) for name, each in self.items())


class Choices(list[tuple[Any, str]]):
    """Choices that nobody changes, so that a form that copies its fields need not copy these with them."""

    def __deepcopy__(self, memo: Any) -> Choices:
        return self


def _own(shared: Filter) -> Filter:
    own = copy(shared)
    own.extra = dict(shared.extra)
    if own.method is not None:
        own.method = own.method  # binds it to this one
    return own


class RegisterFilter(FilterSet):
    """Search, unit, owner and vacancy over a register at a moment.

    Only units and posts that occur in it are offered, by the names they had then. `only_like` is set where
    nothing holds the words that were searched for, and what is listed comes near to them in what is `liked`;
    a large register keeps the `vocabulary` of that.
    """

    searched: Sequence[str] = ("reference", "title")
    liked: Sequence[str] = ("title",)
    most_used: Sequence[str] = ()  # where there are many, the others stand under "More filters"
    vocabulary: type[Model] | None = None
    only_like = False
    nearest: Sequence[int] = ()
    base_filters: OrderedDict[str, Filter]
    _qs: QuerySet[Any]

    q = CharFilter(label="Reference or title", method="search", max_length=100)
    unit = ChoiceFilter(label="Unit", field_name="unit_id", empty_label="All units", widget=LongSelect)
    owner = ChoiceFilter(label="Owner", field_name="owner_id", empty_label="All owners", widget=LongSelect)
    vacant = BooleanFilter(
        label="Only those whose owner post is vacant", widget=forms.CheckboxInput, method="only_vacant"
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Any]) -> None:
        self.base_filters = Filters(self.base_filters)
        super().__init__(data, queryset)
        for name, choices in self.offered(queryset).items():
            self.filters[name].extra["choices"] = Choices(choices)

    def offered(self, queryset: QuerySet[Any]) -> dict[str, list[tuple[Any, str]]]:
        """What each filter that chooses among records offers."""
        return {
            "unit": occurring(queryset, "unit_id", "unit_name"),
            "owner": occurring(queryset, "owner_id", "owner_title"),
        }

    def search(self, found: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        """Entries with every word typed; come_near() looks for what is like them, after the other filters."""
        return found if self.only_like else holding(found, typed, self.searched)

    @property
    def words(self) -> str:
        """What is searched for; "" for nothing."""
        return (self.form.cleaned_data.get("q") or "") if self.form.is_valid() else ""

    def come_near(self) -> bool:
        """Nothing holds the words: look for what is like them. Says whether anything was searched for."""
        typed = self.words
        if not typed or self.only_like:
            return False
        self.only_like = True
        del self._qs
        alike = Alike(self.liked, self.searched[0], self.vocabulary)
        self.nearest = alike.keys(super().qs, typed)
        return True

    @property
    def qs(self) -> QuerySet[Any]:
        """The entries asked for; where none holds the words, those nearest to them."""
        found: QuerySet[Any] = super().qs
        if not self.only_like:
            return found
        return by_nearness(found.filter(pk__in=self.nearest), self.words, self.liked)

    def only_vacant(self, found: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:  # noqa: FBT001
        """Entries whose owner post nobody is in."""
        return found.filter(ownerless=True) if wanted else found


def occurring(rows: QuerySet[Any], key: str, name: str) -> list[tuple[Any, str]]:
    """Each related entry that occurs in the rows, with its name, in the order of the names: one query."""
    pairs: Iterable[tuple[Any, str | None]] = (
        rows.filter(**{f"{key}__isnull": False}).order_by(name).values_list(key, name).distinct()
    )
    return [(pk, words or f"Number {pk}, no longer there") for pk, words in pairs]
