"""The button “Remove” on the page of something written in a draft."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from governance.core.steps import StepError

LONGEST_KEY = 19  # digits of the largest key that the database takes


def asked_to_remove(request: HttpRequest) -> bool:
    """Was the button pressed?"""
    return request.method == "POST" and "remove" in request.POST


def removed(
    request: HttpRequest, step: Callable[[int | None], None], *, said: str, to: Any, template: str, page: Any
) -> HttpResponse:
    """Take it out as the person saw it, and go on; where that cannot be, the page as it stands, with 409."""
    seen = request.POST.get("seen_version", "")
    try:
        step(int(seen) if seen.isdecimal() and len(seen) < LONGEST_KEY else None)
    except StepError as refused:
        messages.error(request, str(refused))
        return render(request, template, page, status=HTTPStatus.CONFLICT)
    messages.success(request, said)
    return redirect(to)
