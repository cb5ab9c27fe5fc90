"""Pages of a plan that was brought in a moment ago: the database has no statistics of it yet."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import ActionPlan
from governance.demo.bulk import Size, make_register
from tests.cast import signed_in

pytestmark = pytest.mark.django_db

ACTIONS = 800
AT_MOST = 300  # rows handled for each action: that each looks at each other would be thousands
REMOVED = ("Rows Removed by Filter", "Rows Removed by Join Filter", "Rows Removed by Index Recheck")


def parts(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from parts(below)


def rows_read(statement: str) -> float:
    """How many rows the database handled to answer, at every step of its way."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
        found = cursor.fetchone()[0]
    (whole,) = json.loads(found) if isinstance(found, str) else found
    return sum(
        (each["Actual Rows"] + sum(each.get(name, 0) for name in REMOVED)) * each["Actual Loops"]
        for each in parts(whole["Plan"])
    )


@pytest.mark.parametrize("name", ["actions:plan", "actions:order"])
def test_no_action_of_a_new_plan_is_looked_at_for_each_other(name, ig_officer):
    make_register(Size(actions=ACTIONS))
    browser, address = signed_in(ig_officer), reverse(name, args=[ActionPlan.objects.get().code])
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    selects = [each["sql"] for each in asked if each["sql"].lstrip("( ").startswith(("SELECT", "WITH"))]
    assert sum(map(rows_read, selects)) < AT_MOST * ACTIONS
