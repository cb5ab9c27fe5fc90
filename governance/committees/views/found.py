"""Papers as views find them: seen, and locked where something is posted."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from governance.committees.models import Paper
from governance.core.access import reader, require


def paper_or_404(request: HttpRequest, pk: int, *, locked: bool = False) -> Paper:
    visible = Paper.objects.visible_to(reader(request)).select_related("meeting__body")
    return get_object_or_404(visible.locked() if locked else visible, pk=pk)


def paper_to_write(request: HttpRequest, pk: int) -> Paper:
    """A paper the person may write; where something is posted its row is locked before all else."""
    found = paper_or_404(request, pk, locked=request.method == "POST")
    require(request, "committees.edit_paper", found)
    return found
