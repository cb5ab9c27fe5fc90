"""The words of a file that the register does not know: a page on which each is matched once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from governance.core.access import get_and_post, posted, reader, require
from governance.core.filtering import paginate
from governance.exchange.forms.words import WordsForm
from governance.exchange.importing.words import AT_A_TIME, words_of
from governance.exchange.models import Batch
from governance.exchange.views.imports import batch_or_404, told


@get_and_post
@told
def words(request: HttpRequest, batch: int) -> HttpResponse:
    """Say what each word stands for, a page of them at a time; then the file is checked again.

    Where somebody has matched a word otherwise since the page was opened, it says so, and nothing is kept.
    """
    require(request, "exchange.import")
    found = batch_or_404(request, batch)
    if found.state != Batch.State.CHECKED:
        return redirect(found)
    page = paginate(request, words_of(found), AT_A_TIME)
    form = WordsForm(posted(request), batch=found, words=list(page), person=reader(request))
    if form.is_valid() and form.save():
        messages.success(request, f"These words are remembered for {found.source}")
        on = f"?page={page.next_page_number()}" if page.has_next() else ""
        return redirect(reverse(f"exchange:{'words' if on else 'batch'}", args=[found.pk]) + on)
    return render(request, "exchange/words.html", {"batch": found, "form": form, "page": page})
