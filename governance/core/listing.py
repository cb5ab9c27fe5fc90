"""A list as its address describes it: filtered, sorted, one page of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from django_filters import FilterSet

from governance.core.components import Column
from governance.core.filtering import applied, paginate, sort_order


@dataclass(frozen=True)
class Listed:
    """What the page of a list shows. `narrowed` says whether filters are in force."""

    filter: FilterSet
    columns: Sequence[Column]
    page: Page[Any]
    narrowed: bool

    @property
    def count(self) -> int:
        """How many rows there are on all pages."""
        return self.page.paginator.count


def listed(
    request: HttpRequest, found: FilterSet, columns: Sequence[Column], *, known: int | None = None
) -> Listed:
    """The page asked for, in the order asked for; rows that are equal in it stand by the first column.

    `known` is how many rows there are without a filter, where that has been counted already.
    """
    first = columns[0].sort
    order = sort_order(request, columns, first)
    narrowed = bool(applied(found.form, request.GET))
    whole = not narrowed and (not found.is_bound or found.form.is_valid())
    page = paginate(request, found.qs.order_by(order, first), known=known if whole else None)
    return Listed(found, columns, page, narrowed)
