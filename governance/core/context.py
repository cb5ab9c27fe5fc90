"""What every page knows: the council, its marking, and where the signed-in person can go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from governance.core.components import Link

# Rooms in the order their users would look for them; a room that is not built yet is left out.
NAVIGATION = [
    ("Home", "dashboards:home"),
    ("Assets", "assets:list"),
    ("Risks", "risks:list"),
    ("Action plans", "actions:plans"),
    ("Committees", "committees:papers"),
    ("Search", "search:search"),
]


def council(request: HttpRequest) -> dict[str, Any]:
    """The council's name and marking, the product's name, and the service navigation once signed in."""
    return {**council_facts(), "navigation": navigation(request)}


def council_facts() -> dict[str, str]:
    """What a page says of the council even when nothing is known of the person."""
    return {
        "council_name": settings.COUNCIL_NAME,
        "service_name": "Custodian",
        "protective_marking": settings.PROTECTIVE_MARKING,
    }


def navigation(request: HttpRequest) -> list[Link]:
    """The rooms that are built, the one the page is in marked. Empty for a person who is not signed in."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    match = request.resolver_match
    room = match.namespace if match else ""
    return [
        Link(text, found, current=name.startswith(f"{room}:"))
        for text, name in NAVIGATION
        if (found := address(name))
    ]


def address(name: str) -> str:
    """The address of a named page, or "" while no room answers to that name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
