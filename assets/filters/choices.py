"""What the register's filters offer: one query, however many entries there are."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    CharField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull

from assets.models import Asset, Function, ImpactLevel, Marking
from governance.people.models import OrganisationalUnit, Post

Choices = dict[str, list[tuple[Any, str]]]
Sql = tuple[str, tuple[Any, ...]]


def offered(visible: QuerySet[Asset]) -> Choices:
    """The units and owners that occur among the entries, each asked of the index; and the council's lists."""
    return _asked(_occurring(visible).query.sql_with_params() if visible.query.where else _everything())


@cache
def _everything() -> Sql:
    """What is asked for who sees every entry: the same each time, so Django words it once."""
    return _occurring(Asset.objects.all()).query.sql_with_params()


def _occurring(visible: QuerySet[Asset]) -> QuerySet[Any, Any]:
    units, posts = (
        model._default_manager.filter(_occurs(visible, key))
        for model, key in ((OrganisationalUnit, "unit_id"), (Post, "owner_id"))
    )
    return _rows("unit", units, "name").union(_rows("owner", posts, "title"), *_lists(), all=True)


def _occurs(visible: QuerySet[Asset], key: str) -> Q | IsNull:
    """Does a unit or post occur? Asked of each entry where few are visible, else of the index for each key.

    EXISTS would say the latter better, but is turned into a join of all; and what is equal to a key would be
    sought from the first row to the last where the key occurs in none.
    """
    if visible.query.where:
        return Q(pk__in=visible.order_by().values(key))
    same = visible.filter(**{f"{key}__gte": OuterRef("pk"), f"{key}__lte": OuterRef("pk")})
    return IsNull(Subquery(same.order_by(key).values("pk")[:1]), False)  # noqa: FBT003


def lists() -> Choices:
    """The council's lists alone."""
    first, *others = _lists()
    return _asked(first.union(*others, all=True).query.sql_with_params())


def _lists() -> list[QuerySet[Any, Any]]:
    return [
        _rows("function", Function.objects.all(), "name", "position"),
        _rows("marking", Marking.objects.all(), "name", "position"),
        _rows("criticality", ImpactLevel.objects.all(), "name", "number", key="number"),
    ]


def _rows(kind: str, rows: QuerySet[Any], name: str, place: str = "", key: str = "pk") -> QuerySet[Any, Any]:
    """The rows of one filter: which filter, key, words and place, alike for all."""
    position = Cast(F(place), IntegerField()) if place else Value(0, IntegerField())
    said = (Value(kind, CharField()), Cast(F(key), BigIntegerField()), Cast(F(name), CharField()), position)
    return rows.order_by().values_list(*said)


def _asked(asked: Sql) -> Choices:
    found: Choices = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(*asked)
        for kind, key, words, _ in sorted(cursor.fetchall(), key=itemgetter(0, 3, 2)):
            found[kind].append((key, words))
    return {name: found.get(name, []) for name in ("unit", "owner", "function", "marking", "criticality")}
