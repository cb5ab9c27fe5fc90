"""The asset register measured at the size that is there, each thing beside its floor in the same run.

The floor of a page is a plain Django ListView of the same rows (governance/demo/bare_pages.py), asked through
the same middleware with the same session. A search is bare as Django's own lookups find each word in titles,
spelt rightly; the words are such as stand nowhere else, so that both find the same rows. The floor of a count
is SQL written by hand. What is written is rolled back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from http import HTTPStatus
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings

from assets.figures import tallies, total
from assets.models import HELD, Asset
from assets.services import bulk
from governance.core.dates import today
from governance.core.filtering import PER_PAGE
from governance.demo.bare_pages import BARE
from governance.demo.measuring import Measured, beside
from governance.figures.moment import Moment, Scope
from governance.history.trail import because, signed
from governance.people.models import User

TIMES = 7
MANY = 1_000
MONTHS = 12
ASSETS = "/assets/"
FLOOR = """\
The floor of a page is a bare Django ListView of the same rows: same middleware, session,
base template, columns, count and paging; of a count or a change it is bare SQL."""
SPREAD = """
SELECT percentile_disc(%s::float8[]) WITHIN GROUP (ORDER BY history_date) FROM assets_historicalasset
"""
Query = dict[str, Any]
BARE_COUNTS = """
SELECT count(*),
  count(*) FILTER (WHERE owner_id NOT IN (SELECT post_id FROM people_postholding
    WHERE from_on <= %(day)s AND (until_on IS NULL OR until_on >= %(day)s))),
  count(*) FILTER (WHERE contains_personal_data), count(*) FILTER (WHERE contains_personal_data IS NULL),
  count(*) FILTER (WHERE is_key), count(*) FILTER (WHERE retention_rule_id IS NULL),
  count(*) FILTER (WHERE publish = 'undecided'), count(*) FILTER (WHERE state = 'to_be_disposed')
FROM assets_historicalasset
WHERE history_date < %(instant)s AND history_until >= %(instant)s AND history_type <> '-'
  AND state IN ('live', 'under_review', 'to_be_disposed')
"""
BARE_TOTAL = """
SELECT count(*) FROM assets_historicalasset
WHERE history_date < %s AND history_until >= %s AND history_type <> '-'
  AND state IN ('live', 'under_review', 'to_be_disposed')
"""


def measure(person: User) -> Iterator[Measured]:
    """Everything, one after another."""
    yield from pages(person)
    yield counts()
    yield trend()
    yield one_edit(person)
    yield many(person)


def pages(person: User) -> Iterator[Measured]:
    """The register's pages, each beside the bare list of the same rows."""
    last, unit = str(-(-Asset.objects.filter(state__in=HELD).count() // PER_PAGE)), _unit()
    spelt = {"title__icontains": ["adoption", "castle"]}
    asked: list[tuple[str, Query, Query]] = [
        ("register page", {}, {}),
        ("filter by unit", {"unit": unit}, {"unit_id": unit}),
        ("filter by personal data", {"personal_data": "True"}, {"contains_personal_data": "True"}),
        ("search", {"q": "adoption castle"}, spelt),
        ("mistyped search", {"q": "Adption castel"}, spelt),
        ("last page", {"page": last}, {"page": last}),
    ]
    served = {"ROOT_URLCONF": "governance.demo.bare_pages", "ALLOWED_HOSTS": ["testserver"], "DEBUG": False}
    with override_settings(**served):
        client = Client()
        client.force_login(person, settings.AUTHENTICATION_BACKENDS[-1])
        for name, ours, bare in asked:
            yield beside(name, partial(_get, client, ASSETS, ours), partial(_get, client, BARE, bare), TIMES)


def _get(client: Client, address: str, query: Query) -> None:
    response = client.get(address, query, secure=True)
    if response.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{address} answers {response.status_code}")


def counts() -> Measured:
    """The register's figures as at an instant in the middle of its history."""
    moment = Moment(today(), _instants(3)[1])

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE_COUNTS, {"day": moment.as_at, "instant": moment.known_before})
            cursor.fetchall()

    return beside("counts at a past moment", lambda: tallies(moment, Scope()), bare, TIMES)


def trend() -> Measured:
    """The total at twelve moments."""
    moments = [Moment(today(), instant) for instant in _instants(MONTHS)]

    def bare() -> None:
        with connection.cursor() as cursor:
            for moment in moments:
                cursor.execute(BARE_TOTAL, [moment.known_before] * 2)
                cursor.fetchall()

    def ours() -> list[int]:
        return [total.value(each, Scope()) for each in moments]

    return beside("trend of twelve moments", ours, bare, TIMES)


def one_edit(person: User) -> Measured:
    """One asset saved with a reason, beside its UPDATE and an INSERT into a table like the history."""
    asset = Asset.objects.order_by("-pk")[0]
    with connection.cursor() as cursor:
        for table in ("assets_asset", "assets_historicalasset"):
            cursor.execute(f"CREATE TEMP TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
            cursor.execute(f"INSERT INTO bare_{table} SELECT * FROM {table} ORDER BY id LIMIT 20000")  # noqa: S608
        # The version that the floor will insert is not to be there already.
        cursor.execute(
            "DELETE FROM bare_assets_historicalasset "
            "WHERE history_id = (SELECT max(history_id) FROM assets_historicalasset)"
        )

    def ours() -> None:
        asset.purpose = f"Version {perf_counter()}"
        with _undone(), signed(person), because("Measured"):
            asset.save()

    def bare() -> None:
        with _undone(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE bare_assets_asset SET purpose = %s "
                "WHERE id = (SELECT max(id) FROM bare_assets_asset)",
                [f"Version {perf_counter()}"],
            )
            cursor.execute(
                "INSERT INTO bare_assets_historicalasset SELECT h.* FROM assets_historicalasset h "
                "WHERE history_id = (SELECT max(history_id) FROM assets_historicalasset)"
            )

    return beside("one edit with its history", ours, bare, TIMES)


def many(person: User) -> Measured:
    """A thousand assets changed, beside one UPDATE of as many with the triggers it has."""
    selected = Asset.objects.filter(pk__in=list(Asset.objects.values_list("pk", flat=True)[:MANY]))
    post = selected[0].owner_id
    token = bulk.check(selected, {"custodian_id": post}, "Measured", person).token
    keys = [pk for pk, _ in bulk.opened(token, person)["seen"]]

    def ours() -> None:
        with _undone(), signed(person):
            bulk.do(token, person)

    def bare() -> None:
        with _undone(), connection.cursor() as cursor:
            cursor.execute("UPDATE assets_asset SET custodian_id = %s WHERE id = ANY(%s)", [post, keys])

    return beside(f"bulk edit of {len(keys):,}", ours, bare, TIMES)


class _undone(transaction.Atomic):  # noqa: N801 - reads as a verb
    """A transaction that is rolled back."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *exception: Any) -> None:
        transaction.set_rollback(True)
        super().__exit__(*exception)


def _unit() -> Any:
    return Asset.objects.order_by("pk").values_list("unit_id", flat=True)[0]


def _instants(number: int) -> list[datetime]:
    """So many instants, evenly through the versions: between one and the next as much was written."""
    with connection.cursor() as cursor:
        cursor.execute(SPREAD, [[n / (number + 1) for n in range(1, number + 1)]])
        found: list[datetime] = cursor.fetchone()[0]
    return found
