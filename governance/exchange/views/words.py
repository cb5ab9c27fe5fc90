"""The words of a file that the register does not know: a page on which each is matched once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from governance.core.access import get_and_post, posted, reader, require
from governance.core.filtering import paginate
from governance.exchange.forms.words import WordsForm
from governance.exchange.importing.words import AT_A_TIME, UnknownWord, WordOfColumn, words_of
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
    page = paginate(request, new_first(words_of(found)), AT_A_TIME)
    typed = posted(request)
    asked = WordsForm.named_in(typed, words_of(found)) if typed else []
    form = WordsForm(typed, batch=found, words=asked or list(page), person=reader(request))
    if form.is_valid() and form.save():
        messages.success(request, f"These words are remembered for {found.source}")
        return redirect(going_on(found, {(each.column, each.word) for each in form.words}))
    return render(request, "exchange/words.html", {"batch": found, "form": form, "page": page})


def new_first(words: list[UnknownWord]) -> list[UnknownWord]:
    """What nobody has said yet, then what is matched, each column by column."""
    return sorted(words, key=lambda word: word.is_matched)


def going_on(batch: Batch, shown: set[WordOfColumn]) -> str:
    """The page with the next new words that were not `shown`; the batch where there are none."""
    found = Batch.objects.select_related("found").get(pk=batch.pk)
    new = [(each.column, each.word) in shown for each in words_of(found) if not each.is_matched]
    if False not in new:
        return reverse("exchange:batch", args=[batch.pk])
    return f"{reverse('exchange:words', args=[batch.pk])}?page={1 + new.index(False) // AT_A_TIME}"
