"""Every figure, wherever a page shows it, equals the list behind it."""

import re
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from governance.committees.models import Paper
from governance.people.models import Role, User

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]
FIGURE_PAGE = re.compile(r"^(/figures/[a-z_.]+/|/papers/\d+/figures/\d+/)")
JULY = "?as_at=2016-07-25&known_at=2016-07-25"
NUMBER = re.compile(r"\s*(\d+)\b")  # a link that spells out an address shows no figure


class Figures(HTMLParser):
    """The links of a page that lead to the rows of a figure: address and words."""

    def __init__(self, page):
        super().__init__()
        self.found, self.inside = [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        href = dict(attrs).get("href") or ""
        if tag == "a" and FIGURE_PAGE.match(href):
            self.found.append([href, ""])
            self.inside = self.found[-1]

    def handle_endtag(self, tag):
        if tag == "a":
            self.inside = None

    def handle_data(self, data):
        if self.inside:
            self.inside[1] += data


def pages():
    october = Paper.objects.get(meeting__held_on="2016-10-24")
    return {
        "home": reverse("dashboards:home"),
        "assets": reverse("assets:list"),
        "processing": reverse("assets:activities"),
        "DPIAs": reverse("assets:dpias"),
        "assets in the past": reverse("assets:list") + "?as_at=2016-10-24",
        "risks": reverse("risks:list"),
        "plans": reverse("actions:plans"),
        "plan": reverse("actions:plan", args=["ico-2015"]),
        "plan in the past": reverse("actions:plan", args=["ico-2015"]) + JULY,
        "audits": reverse("actions:audits"),
        "audit": reverse("actions:audit", args=["ico-2015"]),
        "follow-up": reverse("actions:follow_up", args=["ico-2015", 1]),
        "other plan": reverse("actions:plan", args=["ifc-2016"]),
        "order of work": reverse("actions:order", args=["ico-2015"]),
        "order of work in the past": reverse("actions:order", args=["ifc-2016"]) + JULY,
        "requests for more time": reverse("actions:extensions", args=["ifc-2016"]),
        "plans together": reverse("actions:together"),
        "plans together in the past": reverse("actions:together") + JULY,
        "movement": reverse("actions:movement") + "?since=2016-07-25&as_at=2016-10-24",
        "strategies": reverse("actions:strategies"),
        "strategies of a plan": reverse("actions:plan_sight", args=["ico-2015"]),
        "maturity": reverse("actions:maturity"),
        "dashboard": reverse("board:board"),
        "board in the past": reverse("actions:board", args=["ico-2015"]) + JULY,
        "board": reverse("actions:board", args=["ico-2015"]),
        "burn-up": reverse("actions:burn_up", args=["ifc-2016"]),
        "paper": reverse("committees:paper", args=[october.pk]),
    }


def rows_listed(client, address):
    """How many rows the page behind a figure lists, over all its pages."""
    listed, joint = 0, "&" if "?" in address else "?"
    for number in range(1, 20):
        page = client.get(f"{address}{joint}page={number}")
        assert page.status_code == 200, address
        shown = page.context["page"]
        listed += len(shown.object_list)
        if not shown.has_next():
            return listed
    raise AssertionError(f"{address} never ends")


def holder(role):
    return User.objects.filter(holdings__post__role_assignments__role=role, is_active=True).first()


def test_every_figure_shown_equals_the_list_behind_it(client):
    client.force_login(holder(Role.IG_OFFICER))
    visited = {}
    for name, address in pages().items():
        page = client.get(address)
        assert page.status_code == 200, name
        for href, words in Figures(page.content.decode()).found:
            if number := NUMBER.match(words):
                visited[href] = int(number.group(1))
    assert len(visited) > 60
    wrong = {href: value for href, value in visited.items() if rows_listed(client, href) != value}
    assert wrong == {}
