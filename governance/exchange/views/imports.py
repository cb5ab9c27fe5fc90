"""Files in: upload, match the columns, check, commit, take back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from governance.core.access import get_and_post, reader, require
from governance.core.filtering import paginate
from governance.exchange.forms.confirming import ConfirmForm
from governance.exchange.forms.imports import MatchForm, UploadForm
from governance.exchange.forms.where import WhereForm
from governance.exchange.importing import MovedOnError, NotReadyError, check, commit, table_of, undo
from governance.exchange.models import Batch, BatchRow
from governance.exchange.reading import FileRefusedError
from governance.exchange.representations import left_out, lines
from governance.people.registers.sheet import SHEETS

MOVED = (
    "{} changed since the file was checked, so nothing was written. The file has been checked again: "
    "look at it, then commit"
)
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
    """Bring a file."""
    require(request, "exchange.import")
    posted = request.method == "POST"
    form = UploadForm(*((request.POST, request.FILES) if posted else ()), person=reader(request))
    if posted and form.is_valid() and (batch := form.save()):
        return redirect("exchange:match", batch.pk)
    return render(request, "exchange/upload.html", {"form": form})


@get_and_post
@told
def match(request: HttpRequest, batch: int) -> HttpResponse:
    """Say what the columns mean."""
    found = batch_or_404(request, batch)
    if not found.is_open:
        return redirect(found)
    table = table_of(found)
    data = request.POST if request.method == "POST" else None
    form = MatchForm(data, batch=found, table=table, person=reader(request))
    if form.is_valid():
        form.save()
        return redirect("exchange:batch", found.pk)
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
    form = WhereForm(data, batch=found, table=table_of(found))
    if form.is_valid():
        try:
            form.save()
        except FileRefusedError as refused:
            form.add_error("heading_row", str(refused))
        else:
            return redirect("exchange:match", found.pk)
    return render(request, "exchange/where.html", {"batch": found, "form": form})


@require_safe
def batch(request: HttpRequest, batch: int) -> HttpResponse:
    """What the rows of a file would do, or have done, one kind at a time."""
    found = batch_or_404(request, batch)
    if found.state == Batch.State.UPLOADED:
        return redirect("exchange:match", found.pk)
    counts = found.rows.counts()
    kind = request.GET.get("show", "")
    if kind not in counts:
        kind = next((each for each in ("conflict", "new", "changed", "error") if counts[each]), "new")
    page = paginate(request, found.rows.of_kind(kind))
    shown = {
        "batch": found,
        "seen": found.rows.seen() if found.state == Batch.State.CHECKED else "",
        "counts": counts,
        "kinds": [(each.value, each.label, counts[each.value]) for each in BatchRow.Kind],
        "kind": kind,
        "page": page,
        "lines": lines(page, SHEETS[found.register]),
        "undecided": found.rows.undecided().count(),
        "comes_in": sum(number for each, number in counts.items() if each != BatchRow.Kind.ERROR),
        "noun": SHEETS[found.register].plural,
        "confirming": ConfirmForm(batch=found, person=reader(request)),
        "left_out": [heading for heading, name in found.mapping.items() if not name],
    }
    return render(request, "exchange/batch.html", shown)


@require_POST
@told
def choose(request: HttpRequest, batch: int) -> HttpResponse:
    """Choose, in conflicts, whether the file or the register counts: for those of the page, or for all."""
    found = batch_or_404(request, batch)
    if found.state != Batch.State.CHECKED:
        return redirect(found)
    every = request.POST.get("all", "")
    for choice in BatchRow.Choice.values:
        keys = [name.removeprefix("row_") for name, said in request.POST.items() if said == choice]
        numbers = [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 10]
        if every in ("", choice):
            found.choose(choice, None if every else numbers, seen=request.POST.get("seen", ""))
    messages.success(request, "Your choices are kept")
    return redirect(f"{found.get_absolute_url()}?show=conflict")


@require_POST
@told
def commit_batch(request: HttpRequest, batch: int) -> HttpResponse:
    """Write what the check found."""
    found = batch_or_404(request, batch)
    form = ConfirmForm(request.POST, batch=found, person=reader(request))
    if found.is_open and not form.is_valid():
        for sentence in form.sentences():
            messages.warning(request, sentence)
        return redirect("exchange:batch", found.pk)
    try:
        if commit(found.pk, seen=request.POST.get("seen", "")):
            form.save()
            messages.success(request, f"{found.file_name} is in the register. You can still undo it")
        else:
            messages.info(request, f"Batch {found.pk} was committed already, so it counts once")
    except MovedOnError as moved:
        check(found, reader(request))
        messages.warning(request, MOVED.format(named(moved.references)))
    return redirect("exchange:batch", found.pk)


@get_and_post
@told
def undo_batch(request: HttpRequest, batch: int) -> HttpResponse:
    """Take a batch back."""
    found = batch_or_404(request, batch)
    if request.method != "POST":
        if found.state != Batch.State.COMMITTED:
            return redirect(found)
        return render(request, "exchange/undo.html", {"batch": found, "counts": found.rows.counts()})
    kept = undo(found.pk)
    rest = f". {kept} rows had fields that others have changed since: these stay" if kept else ""
    messages.success(request, f"Batch {found.pk} is undone{rest}")
    return redirect("exchange:batch", found.pk)


@require_POST
def abandon(request: HttpRequest, batch: int) -> HttpResponse:
    """Leave a file that has not been committed."""
    found = batch_or_404(request, batch)
    if found.abandon():
        messages.success(request, f"{found.file_name} was left, and nothing of it was written")
    return redirect("exchange:imports")


@require_safe
@told
def errors(request: HttpRequest, batch: int) -> HttpResponseBase:
    """The rows that cannot be brought in, as a file that says why."""
    found = batch_or_404(request, batch)
    rows = left_out(table_of(found), found.rows.of_kind(BatchRow.Kind.ERROR))
    headers = {"Content-Disposition": f'attachment; filename="batch-{found.pk}-left-out.csv"'}
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=headers)


def batch_or_404(request: HttpRequest, batch: int) -> Batch:
    """The batch. Raises PermissionDenied (403) for whoever may bring no files in."""
    require(request, "exchange.import")
    if batch > 2**63 - 1:
        raise Http404("No such batch")
    found = Batch.objects.visible_to(reader(request)).select_related("source", "file", "by")
    found = found.defer("file__data")  # up to 10 MB, which few pages look into
    return get_object_or_404(found, pk=batch)


def named(references: list[str], most: int = 5) -> str:
    """The references in a sentence, the first few by name."""
    more = len(references) - most
    return f"{', '.join(references[:most])}{f' and {more} more' if more > 0 else ''}"
