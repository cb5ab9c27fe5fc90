"""What was told and is known otherwise: the list, one of them, its class; and what a body is told of."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from governance.committees.filters import COLUMNS, RestatementFilter
from governance.committees.forms.restatements import ClassForm, MaterialityForm
from governance.committees.models import Body, Materiality, Paper, Restatement
from governance.committees.opened import plans_of
from governance.committees.restating.finding import find
from governance.committees.restating.story import open_to
from governance.committees.restating.telling import WITHOUT
from governance.committees.services import restatements as services
from governance.committees.views.found import paper_or_404
from governance.core.access import get_and_post, posted, reader, require
from governance.core.dates import today
from governance.core.filtering import applied, paginate
from governance.core.steps import taken


@require_safe
def restatements(request: HttpRequest) -> HttpResponse:
    """Every figure of the papers that the person may open which is known otherwise."""
    require(request, "committees.list_papers")
    found = RestatementFilter(request.GET, _visible(request).standing().for_list())
    listed = paginate(request, found.qs)
    page = {"filter": found, "columns": COLUMNS, "page": listed, "count": listed.paginator.count}
    page["narrowed"] = bool(applied(found.form, request.GET))
    if body := found.form.cleaned_data.get("body"):
        page |= {"body": body, "size": Materiality.objects.in_force(body.pk, today())}
    return render(request, "committees/restatements/list.html", page)


@require_POST
def find_restatements(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down now what a paper would say of figures told to its body before, and go on to class that."""
    paper = paper_or_404(request, pk)
    require(request, "committees.class_restatement")
    found = find(papers=Paper.objects.served().filter(meeting__body=paper.meeting.body_id))
    messages.info(request, str(found))
    query = urlencode({"classed": WITHOUT, "body": str(paper.meeting.body_id)})
    return redirect(f"{reverse('committees:restatements')}?{query}")


@require_safe
def restatement(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """One figure that is known otherwise: what came and went and why, its classes, who was told."""
    found = _standing_or_404(request, pk, position)
    require(request, "committees.view_paper", found.figure.paper)
    rows, hidden = open_to(found, reader(request))
    past = found.figure.restatements.prefetch_related("classings__classed_by")
    page = {
        "found": found,
        "figure": found.figure,
        "paper": found.figure.paper,
        "plans": plans_of(found.figure),
        "rows": rows,
        "hidden": hidden,
        "past": past.order_by("-number"),
        "told_in": _told_in(request, found),
    }
    return render(request, "committees/restatements/one.html", page)


@get_and_post
def class_restatement(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """Say what sort of restatement it is, and why."""
    found = _standing_or_404(request, pk, position)
    require(request, "committees.class_restatement", found)
    alike = list(services.with_the_same_cause(found, reader(request)))
    form = ClassForm(posted(request), found=found, others=len(alike))
    if form.is_valid():
        said = form.cleaned_data
        beside = alike if said.get("beside") else []
        about: dict[str, Any] = {"by": reader(request), "seen": said["seen"], "beside": beside}
        if taken(form, lambda: services.class_as(found, said["kind"], said["reason"], **about)):
            also = f", and {len(beside)} other figure{pluralize(len(beside))}" if beside else ""
            messages.success(request, f"The restatement is classed{also}")
            return redirect("committees:restatement", pk, position)
    page = {"form": form, "found": found, "figure": found.figure, "paper": found.figure.paper}
    return render(request, "committees/restatements/class.html", page)


@get_and_post
def materiality(request: HttpRequest, pk: int) -> HttpResponse:
    """From what size on a body is told of errors by itself: what was set, and anew from a day on."""
    require(request, "committees.set_materiality")
    body = get_object_or_404(Body.objects.visible_to(reader(request)), pk=pk)
    form = MaterialityForm(posted(request), body=body)
    if form.is_valid() and form.entered():
        messages.success(request, f"{body}: set from that day on")
        return redirect(reverse("committees:materiality", args=[pk]))
    page = {"form": form, "body": body, "past": Materiality.objects.filter(body=body)}
    return render(request, "committees/restatements/materiality.html", page)


def _visible(request: HttpRequest) -> Any:
    return Restatement.objects.visible_to(reader(request))


def _standing_or_404(request: HttpRequest, pk: int, position: int) -> Restatement:
    """The last restatement of that figure, if the person may open its paper."""
    told = _visible(request).standing().for_list()
    found: Restatement = get_object_or_404(told, figure__paper=pk, figure__position=position)
    return found


def _told_in(request: HttpRequest, found: Restatement) -> QuerySet[Any]:
    visible = Paper.objects.visible_to(reader(request)).select_related("meeting__body")
    told = visible.prefetch_related("meeting__body__former_names")
    return told.filter(restatement_notes__restatement__figure=found.figure).distinct()
