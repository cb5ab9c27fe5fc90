"""Whatever is typed into an address, the answer is a page with a sentence, never a failure."""

import re
from urllib.parse import quote

import pytest
from django.db import transaction
from django.urls import reverse

from governance.committees.models import Paper
from governance.people.models import Role, User
from tests.permission_table import DOORS

pytestmark = pytest.mark.django_db
of_northmere = pytest.mark.usefixtures("northmere")

VALUES = [
    "\x00",
    "1e999999",
    "9" * 40,
    "-1",
    "2016-02-30",
    "10000-01-01",
    "0001-01-01",
    "<img src=x onerror=alert(1)>",
    "' OR 1=1 --",
    "{{7*7}}",
    "\ud83d\udc19".encode("utf-16", "surrogatepass").decode("utf-16"),
    "a" * 5_000,
    "../../etc/passwd",
    "%s%n",
]
NAMES = [
    "page", "sort", "as_at", "known_at", "as_at_day", "as_at_month", "as_at_year", "since", "plans", "units",
    "q", "status", "scope_area", "area", "owner", "unit", "kind", "personal_data", "vacant", "overdue",
    "asset", "capacity", "basis", "special", "state", "waiting", "back", "next", "list", "plan",
]  # fmt: skip
# The rooms whose every page is walked, and what their own addresses ask for.
ROOMS = ("assets", "exchange", "reminders", "dashboards", "public")
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


def pages():
    october = Paper.objects.get(meeting__held_on="2016-10-24").pk
    return [
        reverse("dashboards:home"),
        reverse("assets:list"),
        reverse("assets:activities"),
        reverse("assets:new_activity"),
        reverse("assets:activity", args=["PA-0001"]),
        reverse("assets:dpias"),
        reverse("assets:asset", args=["IA-0001"]),
        reverse("assets:edit", args=["IA-0001"]),
        reverse("risks:list"),
        reverse("risks:risk", args=["IR-0001"]),
        reverse("actions:plans"),
        reverse("actions:plan", args=["ico-2015"]),
        reverse("actions:action", args=["ICO-031"]),
        reverse("actions:report", args=["ICO-031"]),
        reverse("figures:figure", args=["actions.total"]),
        reverse("figures:figure", args=["assets.total"]),
        reverse("committees:papers"),
        reverse("committees:paper", args=[october]),
        reverse("committees:published_figure", args=[october, 1]),
        reverse("people:directory"),
        reverse("account_login"),
    ]


def everywhere(value, names=NAMES):
    """The value under every name at once."""
    return "&".join(f"{name}={quote(value)}" for name in names)


@pytest.fixture
def officer(client):
    person = User.objects.filter(holdings__post__role_assignments__role=Role.IG_OFFICER).first()
    client.force_login(person)
    return person


@of_northmere
@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_no_value_in_a_query_string_breaks_a_page(client, officer, value):
    for page in pages():
        assert client.get(f"{page}?{everywhere(value)}").status_code < 500, page


@of_northmere
@pytest.mark.parametrize("value", ["\x00", "9" * 40, "1e999999"])
@pytest.mark.parametrize("name", NAMES)
def test_no_parameter_by_itself_breaks_a_list(client, officer, name, value):
    lists = ["assets:list", "risks:list", "committees:papers"]
    for page in [reverse(name) for name in lists] + [
        reverse("actions:plan", args=["ico-2015"]),
        reverse("figures:figure", args=["actions.total"]),
        reverse("figures:figure", args=["assets.total"]),
    ]:
        assert client.get(f"{page}?{name}={quote(value)}").status_code < 500, page


@of_northmere
@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_no_value_in_a_path_breaks_a_page(client, officer, value):
    for start in ("/assets/", "/risks/", "/actions/", "/plans/", "/figures/", "/papers/", "/people/posts/"):
        answer = client.get(start + quote(value, safe="") + "/")
        assert answer.status_code in (302, 400, 404), start


@of_northmere
def test_nothing_of_what_was_typed_becomes_markup(client, officer):
    payload = "<img src=x onerror=alert(1)>"
    for page in pages():
        assert payload not in client.get(f"{page}?{everywhere(payload)}").content.decode(), page


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
