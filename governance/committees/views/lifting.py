"""An exemption lifted, and the public versions of an issued paper that come of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.views.held import form_page
from governance.committees import services, withheld
from governance.committees.forms.lifting import LiftForm
from governance.committees.models import Edition
from governance.committees.representations import NotAsIssuedError, printed
from governance.committees.views.files import files_of, not_as_issued, saved
from governance.committees.views.found import paper_or_404, way_to_paper
from governance.committees.views.takedown import or_tombstone
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.core.steps import taken


@get_and_post
def lift(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Publish what was withheld, in a new public version. The paper as issued stays as it is."""
    found = paper_or_404(request, pk, locked=request.method == "POST")
    require(request, "committees.lift_exemption", found)
    exemption = get_object_or_404(found.exemptions.select_related("lifted_in__resolution"), pk=number)
    if request.method != "POST" and hasattr(exemption, "lifted_in"):
        page = {"paper": found, "exemption": exemption, "edition": exemption.lifted_in}
        return render(request, "committees/exempt/lifted.html", page)
    doubts = [each.words for each in withheld.doubts_of_lifting(exemption)]
    form = LiftForm(posted(request), paper=found, doubts=doubts)
    if form.is_valid():
        said = form.cleaned_data | {"doubts": doubts}
        made = taken(form, lambda: services.lift(exemption, by=reader(request), **said))
        if made:
            messages.success(request, f"Lifted: {exemption.of}. Its files are being made"[:300])
            return redirect("committees:public_version", pk, made.number)
    there = reverse("committees:exemptions", args=[pk])
    way = [*way_to_paper(found), Link("What is not for publication", there)]
    return form_page(request, form, heading="Lift an exemption", way=way, caption=exemption.of)


@require_safe
@or_tombstone
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A later public version of an issued paper."""
    edition = _version(request, pk, number)
    found = edition.paper
    try:
        page = printed(found, absolute=False, edition=edition) | {"files": files_of(found, edition)}
    except NotAsIssuedError:
        return not_as_issued(request, found)
    return render(request, "committees/exempt/version.html", page | {"edition": edition})


@require_safe
@or_tombstone
def version_file(request: HttpRequest, pk: int, number: int, kind: str) -> HttpResponseBase:
    """A stored file of such a version; 409 where it, or what it was made from, is not what it was."""
    edition = _version(request, pk, number)
    rendering = get_object_or_404(edition.renderings.ready(), format=kind)
    if not rendering.is_as_made or not edition.is_as_issued():
        return not_as_issued(request, edition.paper)
    return saved(request, rendering)


def _version(request: HttpRequest, pk: int, number: int) -> Edition:
    found = paper_or_404(request, pk)
    require(request, "committees.view_paper", found)
    edition = get_object_or_404(found.editions.public(), number=number)
    edition.paper = found
    return edition
