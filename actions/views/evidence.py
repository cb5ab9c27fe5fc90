"""Evidence for actions: added, renewed, taken off, taken down, and served to whoever may open it."""

from __future__ import annotations

import logging
from typing import Any

from csp.decorators import csp_replace
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from actions.forms.evidence import EvidenceForm, TakedownForm, TakeOffForm, VersionForm
from actions.models import Action, Document, DocumentVersion
from actions.representations.overlap import page_after
from actions.services import evidence as services
from actions.views.concern import way_to
from actions.views.plans import action_or_404
from assets.views.held import form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Column, Link
from governance.core.steps import done
from governance.history.timeline import timeline

logger = logging.getLogger(__name__)
COLUMNS = [Column("Version"), Column("What it is"), Column("Added")]


# A file is written beside what names it, and removed where that fails: so the transaction is the service's.
@transaction.non_atomic_requests
@get_and_post
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a file or a link, or let a document that is there already serve this action too."""
    found = _to_add(request, reference)
    form = EvidenceForm(request, person=reader(request))
    after = page_after(found) if "then" in request.GET else found.get_absolute_url()  # it was reported on
    if form.is_valid() and done(form, lambda: _added(found, form)):
        messages.success(request, f"Evidence added to {reference}")
        return redirect(after)
    page: dict[str, Any] = {"caption": str(found), "with_files": True, "back": after}
    return form_page(request, form, heading="Add evidence", way=way_to(found), **page)


@get_and_post
def take_off_action(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say why a document is no evidence for this action after all; the document and the trail stay."""
    found = _to_add(request, reference)
    link = get_object_or_404(found.document_links.select_related("document"), pk=number)
    form = TakeOffForm(posted(request))
    if form.is_valid():
        services.take_off(link, form.cleaned_data["reason"])
        messages.success(request, f"{link.document} is taken off {reference}")
        return redirect(found)
    heading = f"Take {link.document} off?"
    return form_page(request, form, heading=heading, way=way_to(found), caption=str(found))


@require_safe
def document(request: HttpRequest, reference: str) -> HttpResponse:
    """A document: its versions, the actions that it serves, and who changed what."""
    found = _document_or_404(request, reference)
    require(request, "actions.view_document", found)
    page = {
        "document": found,
        "columns": COLUMNS,
        "serves": found.action_links.with_actions_of(reader(request)),
        "events": timeline(found),
    }
    return render(request, "actions/evidence/document.html", page)


@transaction.non_atomic_requests
@get_and_post
def add_version(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a version of a document; the ones before stay."""
    found = _document_or_404(request, reference)
    require(request, "actions.add_version", found)
    form = VersionForm(request, person=reader(request))
    if form.is_valid() and done(form, lambda: services.add_version(found, **form.version())):
        messages.success(request, f"New version of {found}")
        return redirect(found)
    return form_page(
        request, form, heading="Add a version", way=_way(found), caption=str(found), with_files=True
    )


@get_and_post
def take_down(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Serve a version no more, for a reason; that it was there stays told."""
    found = _document_or_404(request, reference)
    require(request, "actions.take_down_evidence", found)
    version = get_object_or_404(found.versions.for_page(), number=number)
    form = TakedownForm(posted(request), same=DocumentVersion.objects.same_as(version))
    person = reader(request)
    if form.is_valid() and done(form, lambda: services.take_down(version, **form.cleaned_data, by=person)):
        also = "".join(f", {each}" for each in form.cleaned_data.get("also", ()))
        messages.success(request, f"Taken down: {version}{also}")
        return redirect(found)
    page = {"caption": str(found), "serves": found.action_links.with_actions_of(person)}
    heading, template = f"Take version {number} down", "actions/evidence/take_down.html"
    return form_page(request, form, heading=heading, way=_way(found), template=template, **page)


@require_safe
def download(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """A file as it was brought, to be saved and never shown. 410 for one that was taken down; 404 for who may
    open no action it serves, and, with a sentence, for a file that is lost or altered."""
    found = _document_or_404(request, reference)
    require(request, "actions.view_document", found)
    version = get_object_or_404(found.versions.for_page().exclude(kept_as=""), number=number)
    if hasattr(version, "takedown"):
        return _not_served(request, version, "", 410)
    try:
        data = services.content_of(version)
    except services.LostFileError as lost:
        logger.error("%s", lost)
        return _not_served(request, version, str(lost), 404)
    return _served(request, version, data)


def _served(request: HttpRequest, version: DocumentVersion, data: bytes) -> HttpResponseBase:
    """With the policy of every page, and a sandbox: should a browser show the file all the same, nothing in
    it runs."""

    def send(_: HttpRequest) -> HttpResponseBase:
        saved_as = content_disposition_header(as_attachment=True, filename=version.file_name) or "attachment"
        headers = {
            "Content-Disposition": saved_as,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(data, content_type=version.media_type, headers=headers)

    return csp_replace({"sandbox": True})(send)(request)


def _not_served(request: HttpRequest, version: DocumentVersion, lost: str, status: int) -> HttpResponse:
    page = {"document": version.document, "version": version, "lost": lost, "way": _way(version.document)}
    return render(request, "actions/evidence/not_served.html", page, status=status)


def _added(action: Action, form: EvidenceForm) -> None:
    """Take the step that the form asks for."""
    if existing := form.cleaned_data["existing"]:
        services.attach(action, existing)
    else:
        services.add(action, form.cleaned_data["title"], **form.version())


def _to_add(request: HttpRequest, reference: str) -> Action:
    """The action, if the person may add evidence to it."""
    found = action_or_404(request, reference)
    require(request, "actions.add_evidence", found)
    return found


def _document_or_404(request: HttpRequest, reference: str) -> Document:
    """The document, if the person may open it; refused as `action_or_404` refuses."""
    require(request, "actions.list_plans")
    open_to = Document.objects.visible_to(reader(request)).for_page()
    return get_object_or_404(open_to, reference=reference)


def _way(document: Document) -> list[Link]:
    """The way from home to the document."""
    return [Link(str(document), document.get_absolute_url())]
