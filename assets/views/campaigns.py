"""Campaigns of confirmation, and the samples drawn from what was answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assets.forms.campaigns import CampaignForm, CheckForm, DrawForm
from assets.models import Campaign, CampaignService, Sample, SampledAnswer
from assets.services import campaigns, samples
from governance.core.access import reader, require
from governance.core.components import Column
from governance.core.filtering import paginate
from governance.core.forms import render_form

OVER = "The campaign is over: what was returned by its last day stands"
SAMPLE_COLUMNS = (
    Column("Asset"),
    Column("Confirmed by"),
    Column("On"),
    Column("What was found"),
    Column("Checked by"),
)


@require_safe
def campaign_list(request: HttpRequest) -> HttpResponse:
    """Every campaign."""
    require(request, "assets.view_attestation")
    found = {"page": paginate(request, Campaign.objects.all())}
    return render(request, "assets/attestation/campaigns.html", found)


@require_http_methods(["GET", "POST"])
def new_campaign(request: HttpRequest) -> HttpResponse:
    """Ask services."""
    require(request, "assets.run_attestation")
    form = CampaignForm(request.POST or None)
    if form.is_valid():
        try:
            begun = campaigns.ask(**form.cleaned_data)
        except campaigns.AskedAlreadyError as refused:
            form.refuse_those_asked(refused.asked)
        else:
            messages.success(request, f"{begun} has begun. The next mail to each service says so")
            return redirect(begun)
    return render(request, "assets/attestation/new_campaign.html", {"form": form})


@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has returned, and who has not: of the services that the person may see."""
    require(request, "assets.view_attestation")
    found = get_object_or_404(Campaign, pk=pk)
    seen = CampaignService.objects.visible_to(reader(request)).filter(campaign=found)
    rows = campaigns.returns(seen, found)
    page = {"campaign": found, "rows": rows, "columns": campaigns.COLUMNS}
    page["tiles"] = campaigns.tiles_of(found)
    return render(request, "assets/attestation/campaign.html", page)


@require_POST
def chase(request: HttpRequest, pk: int) -> HttpResponse:
    """Chase a service: its next mail says so."""
    require(request, "assets.run_attestation")
    service = get_object_or_404(CampaignService.objects.visible_to(reader(request)), pk=pk)
    try:
        chased = campaigns.chase(service, by=reader(request))
    except campaigns.OverError:
        messages.info(request, OVER)
    except campaigns.ReturnedError:
        messages.info(request, f"{service.unit} has returned, so nobody is chased")
    else:
        said = "is chased: its next mail says so" if chased else "was chased today already"
        messages.success(request, f"{service.unit} {said}")
    return redirect(service.campaign)


@require_POST
def return_nil(request: HttpRequest, pk: int) -> HttpResponse:
    """The service's own word that it holds nothing."""
    require(request, "assets.view_attestation")
    service = get_object_or_404(CampaignService.objects.visible_to(reader(request)), pk=pk)
    require(request, "assets.return_nil", service)
    try:
        campaigns.return_nil(service, by=reader(request))
        messages.success(request, f"Recorded: {service.unit} holds nothing")
    except campaigns.OverError:
        messages.info(request, OVER)
    except campaigns.HoldsAssetsError:
        messages.info(request, f"{service.unit} holds assets on the register: confirm them instead")
    return redirect(service.campaign)


@require_safe
def sample_list(request: HttpRequest) -> HttpResponse:
    """Every sample."""
    require(request, "assets.view_samples")
    found = {"page": paginate(request, Sample.objects.all())}
    return render(request, "assets/attestation/samples.html", found)


@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest) -> HttpResponse:
    """Draw a sample."""
    require(request, "assets.run_attestation")
    form = DrawForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(samples.draw(by=reader(request), **form.cleaned_data))
        except samples.NothingToDrawError:
            form.add_error("from_on", "Nobody said between these days that nothing had changed")
    return render(request, "assets/attestation/draw.html", {"form": form})


@require_safe
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """The answers drawn, and what was found."""
    require(request, "assets.view_samples")
    found = get_object_or_404(Sample, pk=pk)
    page = paginate(request, found.answers.visible_to(reader(request)).for_list())
    return render(
        request,
        "assets/attestation/sample.html",
        {"sample": found, "page": page, "columns": SAMPLE_COLUMNS},
    )


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was found of one answer."""
    require(request, "assets.view_samples")
    drawn = get_object_or_404(SampledAnswer.objects.visible_to(reader(request)).for_list(), pk=pk)
    require(request, "assets.check_sample", drawn)
    form = CheckForm(request.POST or None, instance=drawn)
    if form.is_valid():
        checked = samples.check(form.save(commit=False), by=reader(request))
        messages.success(request, f"{checked.attestation.asset.reference} checked")
        return redirect(checked.sample)
    return render_form(request, "assets/attestation/check.html", {"form": form, "drawn": drawn})
