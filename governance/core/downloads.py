"""Files served to be saved: what people brought, and what was made of a paper."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header


def saved_file(request: HttpRequest, data: bytes, name: str, media_type: str) -> HttpResponseBase:
    """To be saved under its name. With the policy of every page, and a sandbox: should a browser show the
    file all the same, nothing in it runs."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    answer = HttpResponse(data, content_type=media_type, headers=headers)
    return csp_replace({"sandbox": True})(lambda _: answer)(request)
