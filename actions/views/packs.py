"""Evidence packs for follow-ups: made, looked through, signed off; and the layouts of auditors."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actions.figures import audits as figures
from actions.forms.packs import LayoutForm, NewLayoutForm, PackForm, SignPackForm
from actions.models import EvidencePack, PackLayout
from actions.representations.audits import audit_tiles
from actions.representations.packs import FIELDS, content_of
from actions.services import packs as services
from actions.views.audits import to_audits, way_to
from actions.views.follow_ups import follow_up_or_404
from assets.views.held import HOME, change_section, form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Column, Link
from governance.core.steps import done
from governance.figures.moment import Moment, Scope
from governance.history.timeline import timeline


@get_and_post
def new(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Make a pack: what it holds is read as at its day."""
    found = follow_up_or_404(request, code, number)
    require(request, "actions.keep_packs")
    form = PackForm(posted(request), follow_up=found)
    if form.is_valid() and form.saved(f"Made for {found.handle}"):
        messages.success(request, f"{form.instance} is made")
        return redirect(form.instance)
    return form_page(request, form, heading="Make an evidence pack", way=way_to(found), caption=str(found))


@require_safe
def pack(request: HttpRequest, number: int) -> HttpResponse:
    """What a pack holds, who signed it off, and whether it has changed since."""
    found = pack_or_404(request, number)
    moment, audit = Moment.of(found.as_at), found.follow_up.audit
    counted = figures.counts_by_audit(moment, Scope()).get(audit.code, {})
    content = content_of(found)
    page = {
        "pack": found,
        "way": [HOME, *way_to(found.follow_up)],
        "tiles": audit_tiles(audit, counted, moment),
        "content": content,
        "columns": [Column(heading) for heading in content.headings],
        "signatures": list(found.signatures.select_related("signed_by")),
        "events": timeline(found),
    }
    return render(request, "actions/packs/pack.html", page)


@get_and_post
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """Sign off what the pack holds now."""
    found, person = pack_or_404(request, number), reader(request)
    require(request, "actions.sign_pack", found)
    form = SignPackForm(posted(request), initial={"seen": content_of(found).digest})
    if form.is_valid() and done(form, lambda: services.sign(found, **form.cleaned_data, by=person)):
        messages.success(request, f"{found} is signed off")
        return redirect(found)
    way = [*way_to(found.follow_up), Link(str(found), found.get_absolute_url())]
    return form_page(request, form, heading="Sign the pack off", way=way, caption=str(found))


@require_safe
def layouts(request: HttpRequest) -> HttpResponse:
    """The layouts of auditors, and what can stand in a column."""
    require(request, "actions.list_packs")
    page = {
        "layouts": PackLayout.objects.all(),
        "fields": [(name, words) for name, (words, _) in FIELDS.items()],
        "columns": [Column("Name"), Column("What stands there")],
        "way": [HOME, to_audits()],
    }
    return render(request, "actions/packs/layouts.html", page)


@get_and_post
def new_layout(request: HttpRequest) -> HttpResponse:
    """Enter the columns in which an auditor wants packs."""
    require(request, "actions.keep_packs")
    form = NewLayoutForm(posted(request))
    if form.is_valid() and form.saved("Entered on the page of layouts"):
        messages.success(request, f"{form.instance} entered")
        return redirect("actions:pack_layouts")
    return form_page(request, form, heading="Enter a layout", way=_way())


@get_and_post
def change_layout(request: HttpRequest, code: str) -> HttpResponse:
    """Change a layout, with the reason."""
    require(request, "actions.keep_packs")
    found = get_object_or_404(PackLayout, code=code)
    return change_section(request, found, LayoutForm, heading="Change a layout", way=_way())


def pack_or_404(request: HttpRequest, number: int) -> EvidencePack:
    """The pack, if the person may open packs (else 403)."""
    require(request, "actions.list_packs")
    return get_object_or_404(EvidencePack.objects.visible_to(reader(request)).for_page(), pk=number)


def _way() -> list[Link]:
    return [to_audits(), Link("Layouts of evidence packs", reverse("actions:pack_layouts"))]
