"""Whatever a register can be filtered by, its page, its file and the change of many read the same rows."""

import csv
import io

import pytest
from django.urls import reverse

from assets.filters.register import AssetFilter
from assets.models import Asset
from governance.figures.moment import Moment
from risks.filters import RiskFilter
from risks.models.colour import coloured
from tests.cast import signed_in
from tests.factories import AssetFactory, RiskFactory
from tests.risks.factories import score

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(ig_officer):
    """A few entries in each register, scored or not."""
    AssetFactory.create_batch(2)
    high, low, _ = RiskFactory.create_batch(3)
    score(high, 5, 5)
    score(low, 1, 1)


def said(filters):
    """Each filter with each thing that it offers; a word for those that are typed."""
    for name, field in filters.form.fields.items():
        offered = [str(value) for value, _ in getattr(field, "choices", ()) if value]
        yield from ((name, value) for value in offered or ["on"])


def asked_of(register):
    if register == "risks":
        return list(said(RiskFilter({}, coloured(Moment.now()))))
    return list(said(AssetFilter({}, Asset.objects.all())))


@pytest.mark.parametrize("register", ["risks", "assets"])
def test_every_filter_is_read_alike_by_the_page_the_file_and_the_change_of_many(ig_officer, kept, register):
    client, wrong, counts = signed_in(ig_officer), {}, set()
    for name, value in asked_of(register):
        query = {name: value}
        page = client.get(reverse(f"{register}:list"), query)
        file = client.get(f"/exchange/{register}/file.csv", query)
        many = client.get(reverse(f"{register}:bulk"), query | {"all": "on"})
        listed = page.context["listed"].count
        rows = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"))))[1:]
        chosen = many.context["number"] if many.context else 0
        counts.add(listed)
        if not listed == len(rows) == chosen:
            wrong[name, value] = (listed, len(rows), chosen)
    assert wrong == {}
    assert len(counts) > 2
