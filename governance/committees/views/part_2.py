"""Part 2 of an issued paper: what is not for publication, for those who may read it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from governance.committees.models import Edition
from governance.committees.representations import NotAsIssuedError, printed
from governance.committees.views.files import files_of, not_as_issued, saved
from governance.committees.views.found import paper_or_404
from governance.committees.views.takedown import or_tombstone
from governance.core.access import ToldWhyError

NOT_FOR_YOU = (
    "Part 2 of this paper is not for publication. Whoever cleared the draft read all of it. Now that it is "
    "issued, Part 2 is for committee officers, the monitoring officer, the SIRO, internal auditors, the "
    "author, and whoever sits on the body that it goes to. You may read the paper without it"
)


@require_safe
@or_tombstone
def part_2(request: HttpRequest, pk: int) -> HttpResponse:
    """What was withheld from the public part, as it was issued."""
    edition = _part_2(request, pk)
    found = edition.paper
    try:
        page = printed(found, absolute=False, edition=edition) | {"files": files_of(found, edition)}
    except NotAsIssuedError:
        return not_as_issued(request, found)
    return render(request, "committees/exempt/part_2.html", page)


@require_safe
@or_tombstone
def part_2_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """A stored file of Part 2; 409 where it, or what it was made from, is not what it was."""
    edition = _part_2(request, pk)
    rendering = get_object_or_404(edition.renderings.ready(), format=kind)
    if not rendering.is_as_made or not edition.is_as_issued():
        return not_as_issued(request, edition.paper)
    return saved(request, rendering)


def _part_2(request: HttpRequest, pk: int) -> Edition:
    """Part 2 of a paper that the person may see, if they may read it."""
    found = paper_or_404(request, pk)
    edition = get_object_or_404(found.editions.part_2())
    if not request.user.has_perm("committees.view_part_2", found):
        raise ToldWhyError(NOT_FOR_YOU)
    edition.paper = found
    return edition
