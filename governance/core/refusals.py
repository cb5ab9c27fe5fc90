"""What the database refuses although the form saw nothing wrong: two people at once, nearly always."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger(__name__)


class RefusalMiddleware:
    """Answers a refused write with the rule in words and everything that was typed, to be sent again.

    Sent again, the form sees what the other person wrote and says what is wrong as it always does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the view."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refused: Exception) -> HttpResponse | None:
        """A page with 409 for a rule of the database that a post broke; nothing else is answered here."""
        if request.method != "POST" or not isinstance(refused, IntegrityError):
            return None
        logger.warning("The database refused %s: %s", request.path, rule_of(refused), exc_info=refused)
        typed = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken"
        ]
        page = {"rule": rule_of(refused), "typed": typed, "with_files": bool(request.FILES)}
        return render(request, "components/refused.html", page, status=409)


def rule_of(refused: IntegrityError) -> str:
    """The rule that was broken, in the words of its name; empty where the database named none."""
    name = getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None) or ""
    return re.sub(r"_[0-9a-f]{6,}(_\w+)?$", "", name).replace("_", " ")
