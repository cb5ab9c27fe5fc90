"""Whatever is typed into an address, the answer is a page with a sentence, never a failure."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from governance.committees.models import Paper
from governance.people.models import Role, User

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]

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
    "view", "trend_from", "since_day", "since_month", "since_year",
]  # fmt: skip


def pages():
    october = Paper.objects.get(meeting__held_on="2016-10-24").pk
    return [
        reverse("dashboards:home"),
        reverse("board:board"),
        reverse("board:movement"),
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


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_no_value_in_a_query_string_breaks_a_page(client, officer, value):
    for page in pages():
        assert client.get(f"{page}?{everywhere(value)}").status_code < 500, page


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


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_no_value_in_a_path_breaks_a_page(client, officer, value):
    for start in ("/assets/", "/risks/", "/actions/", "/plans/", "/figures/", "/papers/", "/people/posts/"):
        answer = client.get(start + quote(value, safe="") + "/")
        assert answer.status_code in (302, 400, 404), start


def test_nothing_of_what_was_typed_becomes_markup(client, officer):
    payload = "<img src=x onerror=alert(1)>"
    for page in pages():
        assert payload not in client.get(f"{page}?{everywhere(payload)}").content.decode(), page
