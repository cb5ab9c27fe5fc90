"""The public register as a file: the fields that may be public, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.http import HttpRequest, HttpResponseBase

from assets.representations.public import FIELDS, HEADINGS, entries, said
from assets.views.openly import for_anybody
from governance.core.dates import today
from governance.exchange.views.export import download
from governance.exchange.writing.commas import WRITER
from governance.exchange.writing.table import Batch, Table

ROWS = 2_000  # at a time


@for_anybody
def assets(request: HttpRequest) -> HttpResponseBase:
    """Every public entry, written as it is read."""
    name = f"information-assets-{today():%Y-%m-%d}.csv"
    return download(WRITER.write(Table(HEADINGS, _batches())), name, WRITER.media_type)


def _batches() -> Iterator[Batch]:
    rows = said(entries().iterator(ROWS))
    while batch := list(islice(rows, ROWS)):
        yield [[entry[field.key] for entry in batch] for field in FIELDS]
