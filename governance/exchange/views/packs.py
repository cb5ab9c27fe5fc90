"""Evidence packs, to be saved."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from actions.services.packs import Standing
from actions.views.packs import pack_or_404
from governance.core.dates import long_date
from governance.exchange.views.export import download
from governance.exchange.writing import pack as writing


@require_safe
def pack(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """What was signed, or what the pack holds as long as nobody has signed, as one ZIP that is sent as it is
    made: see governance/exchange/writing/pack.py."""
    found = pack_or_404(request, number)
    audit, standing = found.follow_up.audit, Standing.of(found, found.last_signature())
    about = [
        ("Evidence pack", f"{audit.title}, {settings.COUNCIL_NAME}"),
        ("As at", long_date(found.as_at)),
        ("Protective marking", settings.PROTECTIVE_MARKING),
        ("SHA-256 of what it holds", standing.shown.digest),
    ]
    page = {
        "pack": found,
        "about": about,
        "standing": standing,
        "tiles": standing.shown.tiles(audit, standing.moment),
    }
    name = slugify(f"evidence pack {audit.code} as at {found.as_at:%Y-%m-%d} {settings.PROTECTIVE_MARKING}")
    return download(writing.write(standing.shown, page, about), f"{name}.zip", writing.MEDIA_TYPE)
