"""The matrix: the one in force, its versions, writing the next and putting it in force."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from governance.core.access import get_and_post, posted, require
from governance.core.dates import long_date, today
from governance.core.forms.adopting import AdoptForm, BeginForm, TakeBackForm
from governance.core.steps import done
from governance.history import adopting
from governance.history.timeline import timeline
from risks.forms.matrix import FROM_STANDING, MatrixForm
from risks.models import RiskMatrix
from risks.representations import matrix as drawn
from risks.representations.definition import Definition, of_matrix, shipped
from risks.representations.differences import differences
from risks.services import matrix as services


def picture(definition: Definition) -> dict[str, object]:
    """What the template of a matrix needs."""
    return {
        "definition": definition,
        "rows": list(drawn.rows(definition)),
        "key": drawn.key(definition),
        "oddities": drawn.oddities(definition),
    }


def compared(found: RiskMatrix, says: Definition) -> dict[str, object]:
    """What a template says of a version: its picture, and what is different from the version before."""
    earlier, different = differences(found, says)
    return {"earlier": earlier, "different": different} | picture(says)


@require_safe
def matrices(request: HttpRequest) -> HttpResponse:
    """The matrix in force, and every version of it."""
    require(request, "risks.view_matrix")
    found = RiskMatrix.objects.in_force(today())
    page = {"matrix": found, "versions": RiskMatrix.objects.all()}
    return render(request, "risks/matrix/matrices.html", page | (picture(of_matrix(found)) if found else {}))


@require_safe
def matrix(request: HttpRequest, number: int) -> HttpResponse:
    """One version, with its history."""
    require(request, "risks.view_matrix")
    found = get_object_or_404(RiskMatrix, number=number)
    page = {"matrix": found, "events": timeline(found)}
    return render(request, "risks/matrix/matrix.html", page | compared(found, of_matrix(found)))


@get_and_post
def new_matrix(request: HttpRequest) -> HttpResponse:
    """Begin a version: as one that is shipped, or as the one in force."""
    require(request, "risks.write_matrix")
    begun = shipped()
    offered = [(name, f"{each.name}: {each.size} by {each.size}") for name, each in begun.items()]
    if standing := RiskMatrix.objects.in_force(today()):
        offered.insert(0, (FROM_STANDING, f"The one in force now: {standing.name}"))
    form = BeginForm(posted(request), offered=offered)
    if form.is_valid():
        chosen = form.cleaned_data["start"]
        definition = of_matrix(standing) if standing and chosen == FROM_STANDING else begun[chosen]
        made = services.begin(definition)
        messages.success(request, f"{made} begun as a draft")
        return redirect("risks:write_matrix", made.number)
    return render(request, "risks/matrix/new.html", {"form": form})


@get_and_post
def write_matrix(request: HttpRequest, number: int) -> HttpResponse:
    """Write a draft; "Preview" draws what was typed and saves nothing."""
    require(request, "risks.write_matrix")
    found = get_object_or_404(RiskMatrix, number=number)
    if found.from_on:
        messages.info(request, f"{found} is adopted, so it stands as it is. Begin a new version")
        return redirect(found)
    standing = of_matrix(found)
    form = MatrixForm.of(posted(request), standing)
    preview = {}
    if form.is_valid():
        if "preview" in request.POST:
            preview = picture(form.definition())
        elif written(form, found):
            messages.success(request, f"{found} saved")
            return redirect(found)
        else:
            form.data = {**request.POST.dict(), "seen": standing.digest}
    return render(request, "risks/matrix/write.html", {"form": form, "matrix": found, "preview": preview})


def written(form: MatrixForm, found: RiskMatrix) -> bool:
    """Save what was typed. False, with an error, where the draft does not say what was shown."""
    return done(form, lambda: services.write(found, form.definition(), seen=form.cleaned_data["seen"]))


@get_and_post
def adopt(request: HttpRequest, number: int) -> HttpResponse:
    """Put a draft in force from a day."""
    require(request, "risks.take_back_matrix")
    found = get_object_or_404(RiskMatrix, number=number)
    require(request, "risks.adopt_matrix", found)
    standing = of_matrix(found)
    form = AdoptForm(posted(request), seen=standing.digest)
    if form.is_valid() and done(form, lambda: services.adopt(found, **form.cleaned_data)):
        messages.success(request, f"{found} is in force from {long_date(form.cleaned_data['from_on'])}")
        return redirect(found)
    if form.is_bound:  # what is shown now is what the next click is about
        form.data = {**request.POST.dict(), "seen": standing.digest}
    page = {"form": form, "matrix": found} | compared(found, standing)
    return render(request, "risks/matrix/adopt.html", page)


@get_and_post
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Put a version that is not in force yet back among the drafts."""
    require(request, "risks.take_back_matrix")
    found = get_object_or_404(RiskMatrix, number=number)
    form = TakeBackForm(posted(request))
    if form.is_valid() and done(form, lambda: adopting.withdraw(found, **form.cleaned_data)):
        messages.success(request, f"{found} is a draft again")
        return redirect(found)
    return render(request, "risks/matrix/withdraw.html", {"form": form, "matrix": found})
