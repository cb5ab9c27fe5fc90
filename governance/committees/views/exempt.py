"""What of a draft is not for publication: marked, changed, and by the proper officer taken off again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assets.views.held import form_page
from governance.committees import services, withheld
from governance.committees.forms.exempt import ExemptionForm, ExemptRowForm
from governance.committees.models import Exemption, Paper
from governance.committees.models.attached import LARGE
from governance.committees.views.found import paper_or_404
from governance.committees.views.takedown import or_tombstone
from governance.core.access import get_and_post, posted, require
from governance.core.components import Link


@require_safe
@or_tombstone
def exemptions(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything of a paper that is not for publication, with its law and reason."""
    found = paper_or_404(request, pk)
    require(request, "committees.view_part_2", found)
    marks = found.exemptions.select_related("section", "appendix", "lifted_in").defer(
        "appendix__file", "appendix__words", "lifted_in__content"
    )
    return render(request, "committees/exempt/all.html", {"paper": found, "marks": marks})


@get_and_post
def mark_section(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """Mark a section, or change its mark."""
    found = _to_mark(request, pk)
    marked = get_object_or_404(found.sections, pk=section)
    kept = found.exemptions.filter(section=marked).first() or Exemption(paper=found, section=marked)
    return _marked(request, found, _of_part(request, found, kept))


@get_and_post
def mark_appendix(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Mark an appendix that the author added, or change its mark."""
    found = _to_mark(request, pk)
    marked = get_object_or_404(found.uploaded.defer(*LARGE), pk=number)
    kept = found.exemptions.filter(appendix=marked).first() or Exemption(paper=found, appendix=marked)
    return _marked(request, found, _of_part(request, found, kept))


@get_and_post
def mark_row(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a row of a list, by its reference."""
    found = _to_mark(request, pk)
    return _marked(request, found, _of_row(request, found, Exemption(paper=found)))


@get_and_post
def edit_exemption(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change a mark: its law, its reason."""
    found = _to_mark(request, pk)
    kept = get_object_or_404(found.exemptions, pk=number)
    if kept.row:
        return _marked(request, found, _of_row(request, found, kept))
    return _marked(request, found, _of_part(request, found, kept))


@require_POST
def unmark(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take a mark off, so that the part is published with the paper."""
    found = paper_or_404(request, pk, locked=True)
    require(request, "committees.unmark_exempt", found)
    kept = get_object_or_404(found.exemptions, pk=number)
    kept.delete()
    messages.success(request, f"{kept.of} will be published"[:300])
    return redirect("committees:exemptions", pk)


def _to_mark(request: HttpRequest, pk: int) -> Paper:
    found = paper_or_404(request, pk, locked=request.method == "POST")
    require(request, "committees.mark_exempt", found)
    return found


def _may_unmark(request: HttpRequest, found: Paper) -> bool:
    return request.user.has_perm("committees.unmark_exempt", found)


def _of_part(request: HttpRequest, found: Paper, kept: Exemption) -> ExemptionForm:
    return ExemptionForm(posted(request), instance=kept, may_unmark=_may_unmark(request, found))


def _of_row(request: HttpRequest, found: Paper, kept: Exemption) -> ExemptRowForm:
    rows = withheld.rows_in(services.preview(found)) if request.method == "POST" else set()
    return ExemptRowForm(posted(request), instance=kept, rows=rows, may_unmark=_may_unmark(request, found))


def _marked(request: HttpRequest, found: Paper, form: ExemptionForm) -> HttpResponse:
    if form.is_valid():
        messages.success(request, f"Not for publication: {form.save().of}"[:300])
        return redirect("committees:exemptions", found.pk)
    there = reverse("committees:exemptions", args=[found.pk])
    way = [Link(found.title, found.get_absolute_url()), Link("What is not for publication", there)]
    part = form.instance
    named = part.of if part.section_id or part.appendix_id else "Row of a list"
    return form_page(request, form, heading="Mark as not for publication", way=way, caption=named)
