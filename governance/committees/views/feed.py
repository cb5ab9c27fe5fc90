"""The private address of somebody's calendar: its page, and the file that it opens without signing in."""

from __future__ import annotations

from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from governance.committees.agenda_days import days_for
from governance.committees.ics import calendar
from governance.committees.models import CalendarFeed
from governance.committees.services import feeds
from governance.core.access import get_and_post, reader, require
from governance.core.dates import today


@get_and_post
def feed(request: HttpRequest) -> HttpResponse:
    """Say whether there is an address; make a new one, which is shown this once."""
    require(request, "committees.keep_feed")
    address = ""
    if request.method == "POST":
        made = reverse("committees:feed_file", args=[feeds.make(reader(request))])
        address = request.build_absolute_uri(made)
    standing = CalendarFeed.objects.standing().filter(person=reader(request)).first()
    answer = render(request, "committees/feed/feed.html", {"feed": standing, "address": address})
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def revoke_feed(request: HttpRequest) -> HttpResponse:
    """Take the address back: whoever has it gets nothing from now on."""
    require(request, "committees.keep_feed")
    if feeds.revoke(reader(request)):
        messages.success(request, "The address is revoked")
    else:
        messages.info(request, "There was no address to revoke")
    return redirect("committees:feed")


@login_not_required
@require_safe
def feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever made the address: what that person may see today. 404 for any other token."""
    found = CalendarFeed.objects.opened_by(token)
    if found is None:
        raise Http404
    if feeds.is_asked_too_often(found):
        return HttpResponse(
            "Asked too often. Try again in an hour.", status=429, headers={"Retry-After": "3600"}
        )
    content = calendar(days_for(found.person, today()), today())
    headers = {
        "ETag": f'"{sha256(content).hexdigest()}"',
        "Cache-Control": "private, max-age=3600",
        "X-Robots-Tag": "noindex",
        "Content-Disposition": 'inline; filename="committees.ics"',
    }
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponseNotModified(headers={name: headers[name] for name in ("ETag", "Cache-Control")})
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
