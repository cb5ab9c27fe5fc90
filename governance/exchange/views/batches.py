"""A batch: what its rows would do, choosing in conflicts, committing, taking back, leaving."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.views.decorators.http import require_POST, require_safe

from governance.core.access import get_and_post, reader
from governance.core.filtering import paginate
from governance.exchange.forms.confirming import ConfirmForm
from governance.exchange.importing import MovedOnError, check, commit, found_in, undo
from governance.exchange.importing.receiving import receive_for
from governance.exchange.importing.words import words_of
from governance.exchange.models import Batch, BatchRow, NotReadyError
from governance.exchange.representations.columns import (
    also_for,
    given_elsewhere,
    left_out_by_choice,
    left_out_for_good,
)
from governance.exchange.representations.opening import becoming_public
from governance.exchange.representations.rows import left_out, lines
from governance.exchange.representations.told import (
    came_in,
    kept_of,
    kinds,
    outcome_of,
    said_of_words,
    within_of,
)
from governance.exchange.views.imports import batch_or_404, told
from governance.people.registers.sheet import SHEETS

MOVED = (
    "{} {} since the file was checked, so nothing was written. The file has been checked again: "
    "look at it, then commit"
)


@require_safe
def batch(request: HttpRequest, batch: int) -> HttpResponse:
    """What the rows of a file would do, or have done, one kind at a time."""
    found = batch_or_404(request, batch)
    if found.state == Batch.State.UPLOADED:
        return redirect("exchange:match", found.pk)
    short = found.rows.in_short()
    counts = short.counts
    kind = request.GET.get("show", "")
    if kind not in counts:
        kind = next((each for each in ("conflict", "new", "changed", "error") if counts[each]), "new")
    page = paginate(request, found.rows.of_kind(kind), known=counts[kind])
    offered = kinds(found, counts)
    unknown = words_of(found) if found.state == Batch.State.CHECKED else []
    shown = {
        "batch": found,
        "seen": short.seen if found.state == Batch.State.CHECKED else "",
        "counts": counts,
        "kinds": offered,
        "kind": kind,
        "caption": next(each.caption for each in offered if each.value == kind),
        "page": page,
        "lines": lines(page, SHEETS[found.register], unknown),
        "undecided": short.undecided,
        "comes_in": sum(number for each, number in counts.items() if each != BatchRow.Kind.ERROR),
        "noun": SHEETS[found.register].plural,
        "becoming_public": becoming_public(found),
        "confirming": ConfirmForm(batch=found, person=reader(request)),
        "within": within_of(found),
        "words_said": said_of_words(found),
        "told": outcome_of(found),
        "kept": kept_of(found.file),
        "left_out": left_out_by_choice(found),
        "settled": left_out_for_good(found),
        "given_elsewhere": given_elsewhere(found),
        "also_for": also_for(found, reader(request)),
    }
    return render(request, "exchange/batch.html", shown)


@require_POST
@told
def also(request: HttpRequest, batch: int) -> HttpResponse:
    """Bring the same file in for another register, of which its layout has columns too."""
    found, register = batch_or_404(request, batch), request.POST.get("register", "")
    if register not in [each.key for each in also_for(found, reader(request))]:
        raise NotReadyError(f"{found.file_name} came in for both already, or is for no other register")
    return redirect("exchange:match", receive_for(found, register, reader(request)).pk)


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
        if commit(
            found.pk,
            seen=request.POST.get("seen", ""),
            opens=request.POST.get("opens", ""),
            by=reader(request),
        ):
            form.save()
            messages.success(request, f"{came_in(found)}. You can still undo it")
        else:
            messages.info(request, f"Batch {found.pk} was committed already, so it counts once")
    except MovedOnError as moved:
        check(found, reader(request))
        messages.warning(request, MOVED.format(named(moved.references), moved.became))
    return redirect("exchange:batch", found.pk)


@get_and_post
@told
def undo_batch(request: HttpRequest, batch: int) -> HttpResponse:
    """Take a batch back."""
    found = batch_or_404(request, batch)
    if request.method != "POST":
        if found.state != Batch.State.COMMITTED:
            return redirect(found)
        return render(
            request,
            "exchange/undo.html",
            {
                "batch": found,
                "comes_back": found.rows.written_counts(),
                "undone": SHEETS[found.register].undone,
                "taken_off": SHEETS[found.register].taken_off,
            },
        )
    kept = undo(found.pk, by=reader(request))
    rest = f". {kept} row{pluralize(kept)} had fields that stay: the rows below say which" if kept else ""
    messages.success(request, f"Batch {found.pk} is undone{rest}")
    return redirect("exchange:batch", found.pk)


@require_POST
def abandon(request: HttpRequest, batch: int) -> HttpResponse:
    """Abandon a file that has not been committed."""
    found = batch_or_404(request, batch)
    if found.abandon():
        messages.success(request, f"{found.file_name} was abandoned, and nothing of it was written")
    return redirect("exchange:imports")


@require_safe
@told
def errors(request: HttpRequest, batch: int) -> HttpResponseBase:
    """The rows that cannot be brought in, as a file that says why."""
    found = batch_or_404(request, batch)
    rows = left_out(found_in(found).headings, found.rows.of_kind(BatchRow.Kind.ERROR).iterator())
    headers = {"Content-Disposition": f'attachment; filename="batch-{found.pk}-left-out.csv"'}
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=headers)


def named(references: list[str], most: int = 5) -> str:
    """The references in a sentence, the first few by name."""
    more = len(references) - most
    return f"{', '.join(references[:most])}{f' and {more} more' if more > 0 else ''}"
