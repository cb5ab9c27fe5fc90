"""The page of one asset, and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from assets.forms.register import AssetForm
from assets.models import Asset
from assets.representations.duplicates import kin_of
from assets.representations.quality import quality_of
from assets.representations.register import risks_of
from assets.representations.retention import retention_of
from assets.representations.told import told_to
from governance.core.access import reader, require
from governance.core.forms import render_form
from governance.people.registers.drafts import Drafting
from governance.people.registers.pages import record_page


@require_safe
def asset(request: HttpRequest, reference: str) -> HttpResponse:
    """One asset, now or as at a past day, with its risks and its history."""
    require(request, "assets.list_assets")
    found = get_object_or_404(Asset.objects.visible_to(reader(request)), reference=reference)
    require(request, "assets.view_asset", found)
    page = record_page(request, found, change="assets:change")
    page |= {
        "asset": found,
        "risks": risks_of(found, page["moment"], reader(request)),
        "events": told_to(reader(request), page["events"]),
    }
    page |= kin_of(found, page["moment"], reader(request))
    page |= {"retention": retention_of(found, page["moment"], reader(request))}
    page |= quality_of(found, page["moment"], reader(request))
    return render(request, "assets/asset.html", page)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change one asset, with a reason."""
    require(request, "assets.list_assets")
    found = get_object_or_404(Asset.objects.visible_to(reader(request)), reference=reference)
    require(request, "assets.change_asset", found)
    drafting = Drafting(request, about=f"{reference} {found.title}")
    if drafting.answer:
        return drafting.answer
    form = AssetForm(drafting.posted, instance=found, person=reader(request), draft=drafting.kept)
    if form.is_valid():
        form.save()
        drafting.finish()
        if form.changes_nothing:
            messages.info(request, f"You changed nothing, so {reference} stands as it did")
        else:
            messages.success(request, f"{reference} updated")
        return redirect(reverse("assets:asset", args=[reference], query=request.GET))
    page = {"form": form, "reference": reference, "drafting": drafting}
    return render_form(request, "assets/edit.html", page)
