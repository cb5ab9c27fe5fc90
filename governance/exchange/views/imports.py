"""Files in: upload, match the columns, check, commit, take back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from governance.core.access import get_and_post, reader, require
from governance.core.filtering import paginate
from governance.core.uploads import was_stopped
from governance.exchange.forms.imports import MatchForm, UploadForm
from governance.exchange.forms.where import WhereForm
from governance.exchange.importing import NotReadyError, found_in
from governance.exchange.models import Batch
from governance.exchange.reading import FileRefusedError

View = Callable[[HttpRequest, int], HttpResponseBase]


def told(view: View) -> View:
    """A view of a batch that, where the batch moved on or its file can no longer be read, says so."""

    @wraps(view)
    def wrapped(request: HttpRequest, batch: int) -> HttpResponseBase:
        try:
            return view(request, batch)
        except NotReadyError as wrong:
            messages.warning(request, str(wrong))
            return redirect("exchange:batch", batch)
        except FileRefusedError as wrong:
            messages.warning(request, f"Batch {batch} cannot be read: {wrong}")
            return redirect("exchange:imports")

    return wrapped


@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """Every file that was brought in, the latest first."""
    require(request, "exchange.import")
    page = paginate(request, Batch.objects.visible_to(reader(request)).for_list())
    return render(request, "exchange/imports.html", {"page": page})


@get_and_post
def upload(request: HttpRequest) -> HttpResponse:
    """Bring a file; ?register= is the one that it is for, unless another is chosen, and ?of= the code of the
    entry within which its references mean something, such as an audit."""
    require(request, "exchange.import")
    posted = request.method == "POST"
    said = (request.POST, request.FILES) if posted else ()
    initial = {"register": request.GET.get("register", "assets")}
    person, stopped = reader(request), was_stopped(request)
    of = request.GET.get("of", "").replace("\x00", "")
    form = UploadForm(*said, person=person, was_stopped=stopped, of=of, initial=initial)
    if posted and form.is_valid() and (batch := form.save()):
        return redirect("exchange:match", batch.pk)
    page = {"form": form, "kept_days": settings.UPLOADS_KEPT_DAYS}
    return render(request, "exchange/upload.html", page)


@get_and_post
@told
def match(request: HttpRequest, batch: int) -> HttpResponse:
    """Say what the columns mean."""
    found = batch_or_404(request, batch)
    if not found.is_open:
        return redirect(found)
    table = found_in(found)
    data = request.POST if request.method == "POST" else None
    form = MatchForm(data, batch=found, table=table, person=reader(request))
    if form.is_valid():
        return redirect("exchange:words" if form.save() else "exchange:batch", found.pk)
    page = {"batch": found, "form": form, "table": table, "where": WhereForm(batch=found, table=table)}
    page["before"] = Batch.objects.visible_to(reader(request)).of_the_same_file(found).first()
    return render(request, "exchange/match.html", page)


@get_and_post
@told
def where(request: HttpRequest, batch: int) -> HttpResponse:
    """Say on which sheet the table is, and in which row its headings are."""
    found = batch_or_404(request, batch)
    if not found.is_open:
        return redirect(found)
    data = request.POST if request.method == "POST" else None
    form = WhereForm(data, batch=found, table=found_in(found))
    if form.is_valid():
        try:
            form.save()
        except FileRefusedError as refused:
            form.add_error("heading_row", str(refused))
        else:
            return redirect("exchange:match", found.pk)
    return render(request, "exchange/where.html", {"batch": found, "form": form})


def batch_or_404(request: HttpRequest, batch: int) -> Batch:
    """The batch. Raises PermissionDenied (403) for whoever may bring no files in."""
    require(request, "exchange.import")
    if batch > 2**63 - 1:
        raise Http404("No such batch")
    found = Batch.objects.visible_to(reader(request)).select_related("source", "file", "by", "found")
    found = found.defer("file__data")  # up to 10 MB, which few pages look into
    return get_object_or_404(found, pk=batch)
