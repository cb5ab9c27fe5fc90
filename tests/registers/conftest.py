"""The rules that every register keeps are tried in each of them."""

from typing import Any, NamedTuple

import pytest
from django.urls import reverse

from assets import figures as asset_figures
from assets.models import Asset
from risks import figures as risk_figures
from risks.models import Risk
from tests.factories import AssetFactory, RiskFactory

HISTORIES = (
    "assets_historicalasset",
    "risks_historicalrisk",
    "people_historicalpost",
    "people_historicalpostholding",
    "people_historicalorganisationalunit",
)


class Room(NamedTuple):
    """A register: how its entries are made, and where its pages are."""

    name: str
    one: str
    model: Any
    factory: Any
    figures: Any

    @property
    def list(self):
        return reverse(f"{self.name}:list")

    def page(self, entry):
        return reverse(f"{self.name}:{self.one}", args=[entry.reference])

    def edit(self, entry, section="identity"):
        """Where it is changed; an asset section by section."""
        if self.one == "asset":
            return reverse("assets:edit_section", args=[entry.reference, section])
        return reverse(f"{self.name}:edit", args=[entry.reference])

    def offered(self, entry):
        """Where the next step leads."""
        return reverse(f"{self.name}:edit", args=[entry.reference])

    def make_many(self, owner, number, start=5000):
        """Many entries of one post, written at once."""
        prefix = "IA" if self.one == "asset" else "IR"
        own = {"form": Asset.Form.DATA, "contains_personal_data": True} if self.one == "asset" else {}
        self.model.objects.bulk_create(
            self.model(reference=f"{prefix}-{n}", title=f"Entry {n}", owner=owner, unit=owner.unit, **own)
            for n in range(start, start + number)
        )


ROOMS = {
    "assets": Room("assets", "asset", Asset, AssetFactory, asset_figures),
    "risks": Room("risks", "risk", Risk, RiskFactory, risk_figures),
}


@pytest.fixture(params=ROOMS)
def room(request):
    """Each register in turn."""
    return ROOMS[request.param]


@pytest.fixture
def a_month_passes(owner_connection):
    """Lets everything recorded so far have been recorded thirty days earlier.

    The database's clock cannot be moved, and nobody but the owner can move what it wrote.
    """

    def pass_a_month():
        owner_connection.execute("SET app.redacting = 'on'")
        for table in HISTORIES:
            owner_connection.execute(
                f"UPDATE {table} SET history_date = history_date - interval '30 days', history_until = "
                "CASE WHEN history_until > '9999-01-01' THEN history_until "
                "ELSE history_until - interval '30 days' END"
            )

    return pass_a_month
