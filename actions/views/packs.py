"""Evidence packs for follow-ups: made, looked through, signed off; and the layouts of auditors."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actions.forms.packs import (
    LayoutForm,
    NewLayoutForm,
    PackForm,
    PutForwardForm,
    ReturnForm,
    SignPackForm,
)
from actions.models import EvidencePack, PackLayout, PackSignature
from actions.representations.handed_over import FIELDS
from actions.services import packs as services
from actions.views.audits import to_audits, way_to
from actions.views.follow_ups import follow_up_or_404
from assets.views.held import HOME, change_section, form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Column, Link
from governance.core.steps import done
from governance.history.timeline import timeline
from governance.people.models import Role


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
    """What was signed, or what the pack holds as long as nobody has signed; and whether that has changed."""
    found = pack_or_404(request, number)
    return _shown(request, found, found.last_signature())


@require_safe
def now(request: HttpRequest, number: int) -> HttpResponse:
    """What the pack holds by all that is known now, whatever was signed."""
    return _shown(request, pack_or_404(request, number), None)


@require_safe
def signed(request: HttpRequest, number: int, signature: int) -> HttpResponse:
    """What was signed, also if another signature followed."""
    found = pack_or_404(request, number)
    return _shown(request, found, get_object_or_404(found.signatures.exclude(content=""), pk=signature))


def _shown(request: HttpRequest, pack: EvidencePack, signature: PackSignature | None) -> HttpResponse:
    standing = services.Standing.of(pack, signature)
    signatures = list(pack.signatures.select_related("signed_by"))
    page = {
        "pack": pack,
        "way": [HOME, *way_to(pack.follow_up)],
        "standing": standing,
        "tiles": standing.shown.tiles(pack.follow_up.audit, standing.moment),
        "signatures": signatures,
        "steps": pack.steps.select_related("taken_by"),
        "events": timeline(pack, facts=signatures),
    }
    return render(request, "actions/packs/pack.html", page)


@get_and_post
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """Sign off what the pack holds now."""
    found, person = pack_or_404(request, number), reader(request)
    require(request, "actions.sign_pack", found)
    form = SignPackForm(posted(request))
    if form.is_valid() and done(form, lambda: services.sign(found, **form.cleaned_data, by=person)):
        messages.success(request, f"{found} is signed off")
        return redirect(found)
    standing = services.Standing.of(found, None)
    seen = {"seen": standing.shown.digest}  # what is shown now is what the next click is about
    form.initial = seen
    if form.is_bound:
        form.data = {**request.POST.dict(), **seen}
    page = {
        "caption": str(found),
        "pack": found,
        "standing": standing,
        "tiles": standing.shown.tiles(found.follow_up.audit, standing.moment),
        "signs_as": person.title_for(None, Role.SIRO),
    }
    way, template = _way_to(found), "actions/packs/sign.html"
    return form_page(request, form, heading="Sign the pack off", way=way, template=template, **page)


@get_and_post
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    """Return the pack to those who make it, for a reason."""
    found, person = pack_or_404(request, number), reader(request)
    require(request, "actions.return_pack", found)
    form = ReturnForm(posted(request))
    if form.is_valid() and done(form, lambda: services.send_back(found, **form.cleaned_data, by=person)):
        messages.success(request, f"{found} is returned")
        return redirect(found)
    return form_page(request, form, heading="Return the pack", way=_way_to(found), caption=str(found))


@get_and_post
def put_forward(request: HttpRequest, number: int) -> HttpResponse:
    """Put a pack that was returned forward again."""
    found, person = pack_or_404(request, number), reader(request)
    require(request, "actions.put_pack_forward", found)
    form = PutForwardForm(posted(request))
    if form.is_valid() and done(form, lambda: services.put_forward(found, **form.cleaned_data, by=person)):
        messages.success(request, f"{found} is put forward")
        return redirect(found)
    heading = "Put the pack forward again"
    return form_page(request, form, heading=heading, way=_way_to(found), caption=str(found))


@require_safe
def layouts(request: HttpRequest) -> HttpResponse:
    """The layouts of auditors, and what can stand in a column."""
    require(request, "actions.list_packs")
    page = {
        "layouts": PackLayout.objects.visible_to(reader(request)),
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
    found = get_object_or_404(PackLayout.objects.visible_to(reader(request)), code=code)
    return change_section(request, found, LayoutForm, heading="Change a layout", way=_way())


def pack_or_404(request: HttpRequest, number: int) -> EvidencePack:
    """The pack, if the person may open packs (else 403)."""
    require(request, "actions.list_packs")
    return get_object_or_404(EvidencePack.objects.visible_to(reader(request)).for_page(), pk=number)


def _way_to(pack: EvidencePack) -> list[Link]:
    return [*way_to(pack.follow_up), Link(str(pack), pack.get_absolute_url())]


def _way() -> list[Link]:
    return [to_audits(), Link("Layouts of evidence packs", reverse("actions:pack_layouts"))]
