"""Samples for auditors as files: what was drawn, and the list that it was drawn from."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from actions.models import AuditSample
from actions.models.samples import METHOD
from actions.views.samples import sample_or_404
from governance.core.dates import long_date
from governance.exchange.views.export import download
from governance.exchange.writing import WRITERS
from governance.exchange.writing.table import Batch, Table

LISTED = ("Drawn from", "SHA-256 of the list", "Where the seed is from")
HEADINGS = ("Place", "Reference", "Of what", "As at", "Seed", *LISTED)


@require_safe
def sample_file(request: HttpRequest, code: str, number: int, ending: str) -> HttpResponseBase:
    """What was drawn, in the order drawn; each row says the seed and the list, by which it comes again."""
    if ending not in WRITERS:
        raise Http404(f"No file that ends in {ending}")
    sample, writer = sample_or_404(request, code, number), WRITERS[ending]
    drawn = sample.references()
    listed = (sample.population, sample.digest, sample.seed_in_words)
    same = (sample.counted.title, sample.as_at, str(sample.seed), *listed)
    cells: Batch = [list(range(1, len(drawn) + 1)), drawn, *([each] * len(drawn) for each in same)]
    table = Table(HEADINGS, [cells], about(sample))
    return download(writer.write(table), f"{name_of(sample)}.{ending}", writer.media_type)


@require_safe
def sample_list(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Every reference that the sample was drawn from, in order."""
    sample, writer = sample_or_404(request, code, number), WRITERS["csv"]
    table = Table(("Reference",), [[sample.drawn_from]], about(sample))
    return download(writer.write(table), f"{name_of(sample)}-drawn-from.csv", writer.media_type)


def about(sample: AuditSample) -> Sequence[tuple[str, str]]:
    """What is said of the file, in pairs."""
    return [
        ("Sample", f"{sample}, {sample.audit.title}"),
        ("Moment", str(sample.moment)),
        ("Among", ", ".join(f"{part} {code}" for part, code in sample.among.in_words()) or "All"),
        ("Seed", str(sample.seed)),
        ("Where the seed is from", sample.seed_in_words),
        ("Method", METHOD),
        ("SHA-256 of the list", sample.digest),
        ("Drawn", f"{long_date(sample.drawn_at.date())} by {sample.drawn_as}"),
        ("Protective marking", settings.PROTECTIVE_MARKING),
    ]


def name_of(sample: AuditSample) -> str:
    """sample-3-ico-2015-as-at-2016-10-24-official"""
    facts = f"sample {sample.pk} {sample.audit.code} as at {sample.as_at:%Y-%m-%d}"
    return slugify(f"{facts} {settings.PROTECTIVE_MARKING}")
