"""What every page knows: the council, its marking, and where the signed-in person can go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from governance.core.components import Link

# Rooms in the order their users would look for them, each with what one must be allowed to enter it.
NAVIGATION = [
    ("Home", "dashboards:home", ""),
    ("Dashboard", "board:board", "dashboards.view_board"),
    ("Assets", "assets:list", "assets.list_assets"),
    ("Risks", "risks:list", "risks.list_risks"),
    ("Action plans", "actions:plans", "actions.list_plans"),
    ("Committees", "committees:papers", "committees.list_papers"),
]


def council(request: HttpRequest) -> dict[str, Any]:
    """The council's name and marking, the product's name, and the service navigation once signed in."""
    open_to_all = {"papers_are_public": settings.PUBLISHED_PAPERS}
    return {**council_facts(), **open_to_all, "navigation": navigation(request)}


def council_facts() -> dict[str, str]:
    """What a page says of the council even when nothing is known of the person."""
    return {
        "council_name": settings.COUNCIL_NAME,
        "service_name": "Custodian",
        "protective_marking": settings.PROTECTIVE_MARKING,
    }


def navigation(request: HttpRequest) -> list[Link]:
    """The rooms open to the person, the one the page is in marked. Empty for one who is not signed in."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    match = request.resolver_match
    room = match.namespace if match else ""
    return [
        Link(text, reverse(name), current=name.startswith(f"{room}:"))
        for text, name, permission in NAVIGATION
        if not permission or person.has_perm(permission)
    ]
