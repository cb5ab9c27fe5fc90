"""Several QuerySets asked in one query hold what each would have asked for itself."""

from datetime import date, timedelta

import pytest
from django.db.models import Avg, Count, DecimalField, F, Value

from actions.models import Action
from assets.models import Asset, System
from governance.core.together import ask_together
from governance.exchange.models import Source
from governance.people.models import Post
from tests.factories import ActionFactory, AssetFactory

pytestmark = pytest.mark.django_db


def of_each_kind():
    """QuerySets of every kind that pages ask."""
    return [
        Asset.objects.select_related("owner", "unit").order_by("-reference"),
        Asset.history.standing().order_by("reference"),
        Asset.objects.order_by("title").values("title", "retention_from", said=Value("x")),
        Asset.objects.order_by("reference").values_list("reference", "contains_personal_data"),
        Asset.objects.order_by("reference").values_list("reference", flat=True).distinct(),
        Action.objects.order_by(F("due_on").asc(nulls_last=True), "pk").select_related("plan"),
        Post.objects.values("unit_id").annotate(number=Count("pk")).order_by("unit_id"),
        Asset.objects.none(),
        Asset.objects.filter(pk__in=[]),
        Asset.objects.order_by("reference")[1:3],
        Asset.objects.order_by("reference").defer("description"),
        Source.objects.order_by("pk"),
        Asset.objects.order_by("reference").values("reference", left=Value(timedelta(days=-2, seconds=3))),
        Asset.objects.order_by("reference").values(
            "reference", left=Value(timedelta(hours=72, microseconds=5))
        ),
    ]


@pytest.fixture
def some(db):
    """Something of each."""
    AssetFactory.create_batch(4, retention_from=date(2016, 10, 24), contains_personal_data=None)
    AssetFactory(title='Quotes " and 100 %, O’Brien\n{"a": 1}', contains_personal_data=True)
    ActionFactory.create_batch(3)
    Source.objects.create(register="assets", name="Housing", mapping={"Title": "title"})


def plain(rows):
    """Rows to compare: instances by all that they hold, and what came with them."""
    return [
        {name: value for name, value in vars(row).items() if name != "_state"} | related(row)
        if hasattr(row, "_state")
        else row
        for row in rows
    ]


def related(row):
    """The related records that came with a row, in words."""
    return {"_state": {name: str(value) for name, value in row._state.fields_cache.items()}}


@pytest.mark.usefixtures("some")
def test_each_holds_the_rows_that_it_would_have_asked_for_itself(django_assert_num_queries):
    together, alone = of_each_kind(), of_each_kind()
    with django_assert_num_queries(1):
        ask_together(together)
    with django_assert_num_queries(0):
        found = [plain(rows) for rows in together]
    assert found == [plain(rows) for rows in alone]
    assert sum(map(len, found)) > 30


@pytest.mark.usefixtures("some")
def test_times_come_back_to_the_microsecond():
    found = Asset.history.standing().order_by("pk")
    ask_together([found])
    alone = Asset.history.standing().order_by("pk")
    assert [each.history_date for each in found] == [each.history_date for each in alone]


@pytest.mark.usefixtures("some")
def test_what_json_cannot_say_exactly_is_asked_by_itself(django_assert_num_queries):
    mean = Avg("pk", output_field=DecimalField(max_digits=20, decimal_places=4))
    exact = Asset.objects.values("form").annotate(mean=mean).order_by("form")
    other = System.objects.order_by("pk")
    with django_assert_num_queries(2):
        ask_together([exact, other])
    with django_assert_num_queries(0):
        assert len(list(exact)) == 1
        assert list(other) == []


@pytest.mark.usefixtures("some")
def test_nothing_is_asked_where_nothing_is_wanted_or_all_is_known(django_assert_num_queries):
    known = Asset.objects.order_by("pk")
    assert len(known) == 5
    with django_assert_num_queries(0):
        ask_together([])
        ask_together([known, Asset.objects.none()])


@pytest.mark.usefixtures("some")
def test_a_queryset_can_be_narrowed_and_asked_again_afterwards():
    found = Asset.objects.order_by("reference")
    ask_together([found])
    assert found.filter(contains_personal_data=True).count() == 1
    assert len(found.all()) == 5
