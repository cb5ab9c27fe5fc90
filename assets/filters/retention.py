"""The filters of the retention schedule, the due list, holds and disposals."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django_filters import CharFilter, ChoiceFilter, FilterSet

from assets.figures.retention import soon
from assets.models import Disposal, RetentionRule
from governance.core.dates import today
from governance.figures.moment import Moment
from governance.people.registers.filters import RegisterFilter


class RuleFilter(FilterSet):
    """Search in code, record type, words and source; authority, action, whether it is reckoned, review."""

    q = CharFilter(label="Code, record type, period or source", method="search", max_length=100)
    authority = ChoiceFilter(
        label="Authority", choices=RetentionRule.Authority.choices, empty_label="Any authority"
    )
    action = ChoiceFilter(label="Action", choices=RetentionRule.Action.choices, empty_label="Any action")
    reckoned = ChoiceFilter(
        label="Due dates",
        method="only_reckoned",
        choices=[("yes", "Can be reckoned"), ("no", "Need judgement"), ("never", "Kept permanently")],
        empty_label="All",
    )
    review = ChoiceFilter(
        label="Review", method="only_reviewed", choices=[("due", "Due for review")], empty_label="Due or not"
    )
    offered = ChoiceFilter(
        label="In use",
        field_name="is_retired",
        choices=[("False", "Offered"), ("True", "No longer offered")],
        empty_label="All",
    )

    def search(self, found: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        """Rules with every word typed."""
        for word in typed.split():
            found = found.filter(
                Q(code__icontains=word)
                | Q(record_type__icontains=word)
                | Q(words__icontains=word)
                | Q(source__icontains=word)
            )
        return found

    def only_reckoned(self, found: QuerySet[Any], name: str, wanted: str) -> QuerySet[Any]:
        """By whether a due date can be reckoned from them."""
        length = Q(months__isnull=False) | Q(days__isnull=False)
        wants = {"yes": length, "no": ~length & Q(is_permanent=False), "never": Q(is_permanent=True)}
        return found.filter(wants[wanted])

    def only_reviewed(self, found: QuerySet[Any], name: str, wanted: str) -> QuerySet[Any]:
        """Those whose review is due."""
        return found.filter(review_on__lte=today(), is_retired=False)


class DueFilter(RegisterFilter):
    """What every register has, and how an asset stands against the schedule."""

    due = ChoiceFilter(
        label="Due",
        method="only_due",
        choices=[
            ("due", "Due"),
            ("soon", "Due within three months"),
            ("over", "Kept longer than the rule allows"),
            ("hold", "On hold"),
            ("judgement", "Needs judgement"),
        ],
        empty_label="All",
    )

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], moment: Moment) -> None:
        super().__init__(data, queryset)
        self.moment = moment

    def only_due(self, found: QuerySet[Any], name: str, wanted: str) -> QuerySet[Any]:
        """As the figures of the same names count."""
        day = self.moment.as_at
        return found.filter(
            {
                "due": Q(due_on__lte=day),
                "soon": Q(due_on__gt=day, due_on__lte=soon(self.moment)),
                "over": Q(due_on__lt=day, on_hold=False),
                "hold": Q(on_hold=True),
                "judgement": Q(due_on=None),
            }[wanted]
        )


class DisposalFilter(FilterSet):
    """Search, stage and outcome."""

    q = CharFilter(label="Reference or asset", method="search", max_length=100)
    stage = ChoiceFilter(label="Stage", choices=Disposal.Stage.choices, empty_label="Any stage")
    outcome = ChoiceFilter(label="What becomes of it", choices=Disposal.Outcome.choices, empty_label="Any")

    def search(self, found: QuerySet[Any], name: str, typed: str) -> QuerySet[Any]:
        """Disposals with every word typed in their reference or in the asset's."""
        for word in typed.split():
            found = found.filter(
                Q(reference__icontains=word)
                | Q(asset__reference__icontains=word)
                | Q(asset__title__icontains=word)
            )
        return found
