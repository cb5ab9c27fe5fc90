"""Scoring a risk under the matrix in force."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from governance.core.access import get_and_post, posted, reader, require
from governance.core.dates import today
from governance.core.steps import taken
from governance.people.models import User
from risks.forms.scoring import CorrectScoreForm, ScoreForm
from risks.models import Assessment, Risk, RiskMatrix
from risks.representations.definition import of_matrix
from risks.representations.remarks import remarks
from risks.representations.scores import level_of
from risks.services.assessment import MovedOnError, assess, correct, latest_of
from risks.views.register import risk_or_404


@get_and_post
def score(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Give a risk an inherent, a current or a target score, with its reason."""
    found = risk_or_404(request, reference)
    require(request, "risks.score_risk", found)
    if kind not in Assessment.Kind:
        raise Http404
    page: dict[str, Any] = {"risk": found, "kind": Assessment.Kind(kind)}
    matrix = RiskMatrix.objects.in_force(today())
    if matrix is None:
        return render(request, "risks/scoring/no_matrix.html", page)
    form = ScoreForm(posted(request), kind=kind, matrix=matrix, seen=latest_of(found, kind))
    if form.is_valid() and (made := taken(form, partial(recorded, form, found, by=reader(request)))):
        tell(request, made)
        return redirect(found)
    page |= {"form": form, "matrix": matrix, "rows": table_of(form, matrix)}
    return render(request, "risks/scoring/score.html", page | {"definition": of_matrix(matrix)})


@get_and_post
def correct_score(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Put a score right that was wrong, or say that it never happened."""
    found = risk_or_404(request, reference)
    require(request, "risks.correct_score", found)
    wrong = get_object_or_404(found.assessments.for_history(), pk=number)
    if request.method != "POST" and hasattr(wrong, "corrected_by"):
        messages.info(request, "That score has been corrected already. You can correct the correction")
        return redirect(found)
    form = CorrectScoreForm(posted(request), wrong=wrong)
    if form.is_valid() and (
        made := taken(form, lambda: correct(wrong, by=reader(request), **form.corrected()))
    ):
        tell(request, made)
        return redirect(found)
    matrix = wrong.cell.matrix
    page = {"risk": found, "kind": Assessment.Kind(wrong.kind), "wrong": wrong, "form": form}
    page |= {"matrix": matrix, "rows": table_of(form, matrix), "definition": of_matrix(matrix)}
    return render(request, "risks/scoring/correct.html", page)


def tell(request: HttpRequest, made: Assessment) -> None:
    """Say what was recorded, and what follows for the scores that stand."""
    messages.success(request, f"{made.risk.reference}: {made}")
    for sentence in remarks(made):
        messages.info(request, sentence)


def recorded(form: ScoreForm, risk: Risk, *, by: User) -> Assessment:
    """The score, recorded. Raises AssessmentError; of somebody who was faster the form shows the score."""
    try:
        return assess(risk, form.kind, form.chosen(), by=by, **form.said())
    except MovedOnError as moved:
        form.show_again(moved.latest)
        raise


def table_of(form: ScoreForm, matrix: RiskMatrix) -> list[tuple[Any, list[Any]]]:
    """The rows of the table, the highest likelihood first: its step, and its cells as radio buttons."""
    steps = {each.number: each for each in matrix.scale.all() if each.axis == "likelihood"}
    chosen = str(form["cell"].value() or "")
    cells = [
        (place, each, level_of(each.level), str(each.pk) == chosen) for place, each in enumerate(form.ordered)
    ]
    rows = [cells[start : start + matrix.size] for start in range(0, len(cells), matrix.size)]
    return [(steps[row[0][1].likelihood], row) for row in rows]
