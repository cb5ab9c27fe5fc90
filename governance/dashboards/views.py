"""What each person finds first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.core.access import reader
from governance.dashboards.representations import MyWork
from governance.figures.moment import Moment


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """My work: what waits for the person who is signed in, whatever they hold."""
    return render(request, "dashboards/home.html", {"work": MyWork(reader(request), Moment.now())})
