"""The auditor's words, held once, and where they are quoted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from actions.forms.audit_texts import NewTextForm, QuotationForm, TextForm
from actions.views.audits import added, audit_to_keep, changed, way_to
from assets.views.held import take_off
from governance.core.access import get_and_post, posted


@get_and_post
def add_text(request: HttpRequest, code: str) -> HttpResponse:
    """Hold words of the auditor."""
    found = audit_to_keep(request, code)
    form = NewTextForm(posted(request), audit=found)
    return added(request, form, found, heading="Hold words of the auditor", said="The words are held")


@get_and_post
def change_text(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Put right how the words were copied."""
    found = audit_to_keep(request, code)
    text = get_object_or_404(found.texts, pk=number)
    return changed(request, TextForm, text, found, heading="Put the auditor’s words right")


@get_and_post
def add_quotation(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say where a held text is quoted."""
    found = audit_to_keep(request, code)
    text = get_object_or_404(found.texts, pk=number)
    form = QuotationForm(posted(request), held=text)
    return added(
        request, form, found, heading="Say where it is quoted", said="It is recorded where it is quoted"
    )


@get_and_post
def remove_quotation(request: HttpRequest, code: str, number: int, quotation: int) -> HttpResponse:
    """Say that it is not quoted so after all; the history keeps that it was recorded."""
    found = audit_to_keep(request, code)
    text = get_object_or_404(found.texts, pk=number)
    one = get_object_or_404(text.quotations, pk=quotation)
    said = "The quotation is taken off"
    return take_off(request, found, one, thing=one, way=way_to(found), called=found.code, said=said)
