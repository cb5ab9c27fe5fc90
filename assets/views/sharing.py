"""Sharing agreements: the register, one agreement, and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.figures.sharing import agreement_counts
from assets.filters.sharing import AgreementFilter
from assets.forms.sharing import SECTIONS, NewAgreementForm
from assets.forms.sharing_links import PeriodsForm
from assets.models import Agreement, SharingPeriods
from assets.representations.agreement_file import as_policy
from assets.representations.sharing import AGREEMENT_COLUMNS, PARTY_COLUMNS, covered_by, parties_of, under
from assets.views.held import change_section, form_page
from governance.core.access import get_and_post, posted, reader, require
from governance.core.components import Link
from governance.history.trail import because
from governance.people.registers.pages import record_page, register_page


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register of agreements, now or as at a past day."""
    require(request, "assets.list_sharing")
    page = register_page(request, Agreement.history.at, AgreementFilter, AGREEMENT_COLUMNS, agreement_counts)
    return render(request, "assets/sharing/register.html", page)


@require_safe
def agreement(request: HttpRequest, reference: str) -> HttpResponse:
    """One agreement, now or as at a past day, with its partners, its assets and its history."""
    found = agreement_or_404(request, reference)
    require(request, "assets.view_agreement", found)
    page = record_page(request, found)
    moment = page["moment"]
    page |= {
        "agreement": found,
        "parties": parties_of(found, moment),
        "covered": covered_by(found, moment, reader(request)),
        "agreements": under(found, moment, reader(request)),
        "sections": [(key, heading) for key, (heading, _) in SECTIONS.items()],
        "party_columns": PARTY_COLUMNS,
    }
    return render(request, "assets/sharing/agreement.html", page)


@get_and_post
def new(request: HttpRequest) -> HttpResponse:
    """Enter an agreement as a draft."""
    require(request, "assets.list_sharing")
    require(request, "assets.add_agreement")
    form = NewAgreementForm(posted(request), person=reader(request))
    if form.is_valid():
        added = form.save()
        messages.success(request, f"{added.reference} entered as a draft. Say the rest section by section")
        return redirect(added)
    return form_page(request, form, heading="Enter a sharing agreement", way=[to_register()])


@get_and_post
def edit(request: HttpRequest, reference: str, section: str) -> HttpResponse:
    """Change one section of an agreement, with a reason."""
    found = agreement_to_change(request, reference)
    if section not in SECTIONS:
        raise Http404
    heading, form_class = SECTIONS[section]
    return change_section(request, found, form_class, heading=heading, way=way_to(found))


@require_safe
def as_json(request: HttpRequest, reference: str) -> HttpResponse:
    """One agreement for a machine."""
    found = agreement_or_404(request, reference)
    require(request, "assets.view_agreement", found)
    answer = JsonResponse(
        as_policy(found, reader(request)), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    answer["Content-Disposition"] = f'attachment; filename="{found.reference}.json"'
    return answer


@get_and_post
def periods(request: HttpRequest) -> HttpResponse:
    """Change how long before and after its review an agreement warns and lapses."""
    require(request, "assets.keep_partners")
    form = PeriodsForm(posted(request), instance=SharingPeriods.objects.first() or SharingPeriods())
    with because("Periods of sharing"):
        kept = form.is_valid() and form.written()
    if kept:
        messages.success(request, "The periods are changed. Every agreement is reckoned by them")
        return redirect("assets:sharing")
    return form_page(request, form, heading="When agreements warn and lapse", way=[to_register()])


def agreement_or_404(request: HttpRequest, reference: str) -> Agreement:
    """The agreement, if the person may enter the register (else 403) and open it (else 404)."""
    require(request, "assets.list_sharing")
    return get_object_or_404(Agreement.objects.visible_to(reader(request)), reference=reference)


def agreement_to_change(request: HttpRequest, reference: str) -> Agreement:
    """The agreement, if the person may change it."""
    found = agreement_or_404(request, reference)
    require(request, "assets.change_agreement", found)
    return found


def to_register() -> Link:
    """The way to the register."""
    return Link("Sharing agreements", reverse("assets:sharing"))


def way_to(found: Agreement) -> list[Link]:
    """The way to an agreement."""
    return [to_register(), Link(found.reference, found.get_absolute_url())]
