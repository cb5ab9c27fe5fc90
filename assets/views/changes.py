"""One change of an asset: looked at, compared, undone."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assets.forms.undo import UndoAssetForm
from assets.models import Asset
from assets.representations.told import told_of
from governance.core.access import reader, require
from governance.core.components import Link
from governance.people.registers.changes import EntryChange
from governance.people.registers.pages import change_page


@require_safe
def change(request: HttpRequest, reference: str, version: int) -> HttpResponse:
    """What one change did, beside how the asset stands now; or two versions compared."""
    require(request, "assets.list_assets")
    found = get_object_or_404(Asset.objects.visible_to(reader(request)), reference=reference)
    require(request, "assets.view_asset", found)
    page = change_page(request, found, version, lambda each: told_of(reader(request), each))
    return render(request, "assets/change.html", page | {"asset": found})


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, reference: str, version: int) -> HttpResponse:
    """Undo one change, as far as nothing came after it, with a reason."""
    require(request, "assets.list_assets")
    found = get_object_or_404(Asset.objects.visible_to(reader(request)), reference=reference)
    require(request, "assets.change_asset", found)
    made = told_of(reader(request), EntryChange.of(found, version))
    if not made.can_be_undone:
        raise Http404
    form = UndoAssetForm(request.POST or None, change=made, person=reader(request))
    if form.is_valid() and form.undo():
        messages.success(request, f"The change of {reference} is undone")
        return redirect("assets:asset", reference)
    back = reverse("assets:change", args=[reference, version])
    way = [
        Link("Home", "/"),
        Link("Assets", reverse("assets:list")),
        Link(reference, found.get_absolute_url()),
        Link("The change", back),
    ]
    page = {"entry": found, "form": form, "way": way, "back": back}
    return render(request, "assets/held/undo.html", page)
