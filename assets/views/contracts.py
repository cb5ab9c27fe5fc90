"""Contracts with processors: the register, one contract, and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.figures.sharing import contract_counts
from assets.filters.sharing import ContractFilter
from assets.forms.contracts import ContractForm, HandledForm, NewContractForm, ReviewForm
from assets.models import ProcessorContract
from assets.representations.sharing import CONTRACT_COLUMNS, handled_under
from assets.services.contracts import record_review
from assets.views.held import change_section, form_page, take_off
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.people.registers.pages import record_page, register_page, unseen


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register of contracts with processors, now or as at a past day."""
    require(request, "assets.list_sharing")
    page = register_page(
        request, ProcessorContract.history.at, ContractFilter, CONTRACT_COLUMNS, contract_counts
    )
    page["hidden"] = unseen(ProcessorContract.history.at(page["moment"]), page["listed"])
    return render(request, "assets/contracts/register.html", page)


@require_safe
def contract(request: HttpRequest, reference: str) -> HttpResponse:
    """One contract, now or as at a past day, with its assets, its reviews and its history."""
    found = contract_or_404(request, reference)
    require(request, "assets.view_contract", found)
    page = record_page(request, found)
    page |= {
        "contract": found,
        "handled": handled_under(found, page["moment"], reader(request)),
        "reviews": found.reviews_at(page["moment"]),
    }
    return render(request, "assets/contracts/contract.html", page)


@get_and_post
def new(request: HttpRequest) -> HttpResponse:
    """Enter a contract."""
    require(request, "assets.list_sharing")
    require(request, "assets.add_contract")
    form = NewContractForm(posted(request), person=reader(request))
    if form.is_valid():
        added = form.save()
        messages.success(request, f"{added.reference} entered. Add the assets that the processor handles")
        return redirect(added)
    return form_page(request, form, heading="Enter a contract with a processor", way=[to_register()])


@get_and_post
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change a contract, with a reason."""
    found = contract_to_change(request, reference)
    return change_section(request, found, ContractForm, heading="Change this contract", way=way_to(found))


@get_and_post
def add_asset(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that the processor handles an asset."""
    found = contract_to_change(request, reference)
    form = HandledForm(posted(request), contract=found, person=reader(request))
    if form.is_valid() and form.saved(f"Handled under {reference}"):
        messages.success(request, f"{form.instance.asset.reference} is handled under {reference}")
        return redirect(found)
    return form_page(request, form, heading="Add an asset", way=way_to(found), caption=reference)


@get_and_post
def remove_asset(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take an asset off a contract, after asking; the history keeps that it was there."""
    found = contract_to_change(request, reference)
    link = get_object_or_404(found.asset_links.select_related("asset"), pk=number)
    return take_off(request, found, link, thing=link.asset, way=way_to(found))


@get_and_post
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Record a compliance review."""
    found = contract_to_change(request, reference)
    form = ReviewForm(posted(request), contract=found, person=reader(request))
    if form.is_valid():
        with transaction.atomic():
            record_review(form.instance, next_on=form.cleaned_data["next_on"])
        messages.success(request, f"Review of {reference} recorded")
        return redirect(found)
    return form_page(
        request, form, heading="Record a compliance review", way=way_to(found), caption=reference
    )


def contract_or_404(request: HttpRequest, reference: str) -> ProcessorContract:
    """The contract, if the person may enter the register (else 403) and open it (else 404)."""
    require(request, "assets.list_sharing")
    return get_object_or_404(ProcessorContract.objects.visible_to(reader(request)), reference=reference)


def contract_to_change(request: HttpRequest, reference: str) -> ProcessorContract:
    """The contract, if the person may change it."""
    found = contract_or_404(request, reference)
    require(request, "assets.change_contract", found)
    return found


def to_register() -> Link:
    """The way to the register."""
    return Link("Contracts with processors", reverse("assets:contracts"))


def way_to(found: ProcessorContract) -> list[Link]:
    """The way to a contract."""
    return [to_register(), Link(found.reference, found.get_absolute_url())]
