"""The page by which auditors prove the trail, and that a file is a paper as it was issued."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from governance.committees.checking import against_chain, against_papers
from governance.committees.forms.proof import FileForm, HeadForm
from governance.committees.models import Verification
from governance.committees.services import ask_for_verification
from governance.core.access import get_and_post, reader, require
from governance.core.uploads import was_stopped
from governance.history.models import Block, Era


def _page(request: HttpRequest) -> dict[str, Any]:
    asked = Verification.objects.visible_to(reader(request)).select_related("asked_by")
    ended = [Verification.State.DONE, Verification.State.FAILED]
    return {
        "head": Block.objects.head(),
        "era": Era.objects.order_by("-number").first(),
        "latest": asked.first(),
        "last": asked.filter(state__in=ended).first(),
    }


@get_and_post
def proof(request: HttpRequest) -> HttpResponse:
    """The head of the chain, what was found last, whether a file is a paper as it was issued, and whether a
    head that a paper prints is in the chain.

    Who may check files alone is shown no verification. Nothing of the file is kept, so that the answer is
    the page itself.
    """
    require(request, "committees.check_file")
    by_head = "head" in request.POST
    sent = (request.POST, request.FILES) if request.method == "POST" and not by_head else ()
    form = FileForm(*sent, was_stopped=was_stopped(request))
    asked = HeadForm(request.POST if by_head else None)
    page = _page(request) | {"form": form, "head_form": asked}
    if form.is_valid():
        found = against_papers(form.cleaned_data["file"].read(), reader(request))
        page |= {"found": found, "form": FileForm()}
    if asked.is_valid():
        page["found_head"] = against_chain(asked.cleaned_data["head"])
    return render(request, "committees/proof/proof.html", page)


@require_POST
def verify_now(request: HttpRequest) -> HttpResponse:
    """Have a worker verify everything. Who asks while one waits is shown that one."""
    require(request, "committees.prove")
    ask_for_verification(reader(request))
    messages.success(request, "The trail is being verified")
    return redirect("committees:proof")
