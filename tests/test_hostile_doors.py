"""The same at every door of the rooms about assets, by somebody who may open it: addresses and forms."""

import re
from urllib.parse import quote

import pytest
from django.db import transaction
from django.urls import reverse

from tests.permission_table import DOORS
from tests.test_hostile_addresses import NAMES, VALUES, everywhere

pytestmark = pytest.mark.django_db

# The rooms whose every page is walked, and what their own addresses ask for.
ROOMS = (
    "assets", "risks", "actions", "committees", "exchange", "reminders", "dashboards",
    "people", "figures", "public",
)  # fmt: skip
NAMES_OF_ROOMS = [
    "year", "state", "stage", "marking", "function", "system", "retention_rule", "publish", "quality",
    "columns", "view", "show", "field", "chosen", "all", "file_columns", "ends", "due", "partner", "lens",
    "section", "post", "to", "from", "period", "holder", "compare", "with", "only", "tier", "kind_of",
    "asset", "rule", "register",
]  # fmt: skip
each_door = pytest.mark.parametrize(
    "door",
    [door for door in DOORS if door.name.partition(":")[0] in ROOMS and not door.development_only],
    ids=str,
)


@each_door
def test_no_page_of_the_register_breaks_by_what_is_asked(world, door):
    address, browser = reverse(door.name, args=door.at(world)), world.browsers["ig_officer"]
    for value in VALUES:
        query = everywhere(value, NAMES + NAMES_OF_ROOMS)
        assert browser.get(f"{address}?{query}").status_code < 500, value


@pytest.mark.parametrize("name", NAMES_OF_ROOMS)
def test_no_parameter_by_itself_breaks_a_list_of_the_register(world, name):
    """One that is complained about first would hide the others."""
    lists = ["list", "bulk", "due", "over_retained", "disposals", "contracts", "sharing", "transparency"]
    for page in [*lists, "quality", "position", "mine", "attestation", "samples"]:
        for value in ("\x00", "0202599999"):
            address = f"{reverse(f'assets:{page}')}?{name}={quote(value)}"
            assert world.browsers["ig_officer"].get(address).status_code < 500, address


@each_door
def test_nothing_asked_of_the_register_becomes_markup(world, door):
    payload = "<img src=x onerror=alert(1)>"
    address = reverse(door.name, args=door.at(world))
    answer = world.browsers["ig_officer"].get(f"{address}?{everywhere(payload, NAMES + NAMES_OF_ROOMS)}")
    if not answer.streaming:
        assert payload not in answer.content.decode(errors="replace")


@each_door
def test_no_form_of_the_register_breaks_by_what_is_sent(world, door):
    """What is typed under the names of a page's own controls, and of controls that it has not."""
    address, browser = reverse(door.name, args=door.at(world)), world.browsers["ig_officer"]
    names = {*NAMES, *NAMES_OF_ROOMS, *controls(browser.get(address))}
    for value in ("\x00", "9" * 40, "-1", "a" * 5_000):
        before = transaction.savepoint()
        assert browser.post(address, dict.fromkeys(names, value)).status_code < 500, value
        transaction.savepoint_rollback(before)
        transaction.set_rollback(False)


def controls(answer):
    """The names of a page's controls."""
    page = b"" if answer.streaming else answer.content
    return re.findall(
        r'<(?:input|select|textarea|button)[^>]*\sname="([^"]+)"', page.decode(errors="replace")
    )
