"""Evidence packs, to be saved."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from actions.figures import audits as figures
from actions.representations.audits import audit_tiles
from actions.representations.packs import content_of
from actions.views.packs import pack_or_404
from governance.core.dates import long_date
from governance.exchange.views.export import download
from governance.exchange.writing import pack as writing
from governance.figures.moment import Moment, Scope


@require_safe
def pack(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """The whole pack as one ZIP, sent as it is made: see governance/exchange/writing/pack.py."""
    found = pack_or_404(request, number)
    audit, content = found.follow_up.audit, content_of(found)
    moment = Moment.of(found.as_at)
    last = found.signatures.select_related("signed_by").first()
    counted = figures.counts_by_audit(moment, Scope()).get(audit.code, {})
    about = [
        ("Evidence pack", f"{audit.title}, {settings.COUNCIL_NAME}"),
        ("As at", long_date(found.as_at)),
        ("Protective marking", settings.PROTECTIVE_MARKING),
        ("SHA-256 of what it holds", content.digest),
    ]
    page = {
        "pack": found,
        "about": about,
        "signature": last,
        "is_as_signed": last is not None and last.digest == content.digest,
        "tiles": audit_tiles(audit, counted, moment),
    }
    name = slugify(f"evidence pack {audit.code} as at {found.as_at:%Y-%m-%d} {settings.PROTECTIVE_MARKING}")
    return download(writing.write(content, page, about), f"{name}.zip", writing.MEDIA_TYPE)
