"""The recommendations of an audit as a file, which comes back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from actions.filters import RecommendationFilter
from actions.models import Audit, Recommendation
from actions.representations.recommendation_sheet import SHEET, WITHIN
from actions.views.audits import audit_or_404
from governance.core.access import require
from governance.core.filtering import applied
from governance.exchange.views.export import download
from governance.exchange.writing import WRITERS
from governance.exchange.writing.rows import keys, leaving
from governance.exchange.writing.spelled import Rows
from governance.exchange.writing.table import Table
from governance.figures.moment import Moment
from governance.people.registers.sheet import Derived, SheetColumn


@require_safe
def export(request: HttpRequest, code: str, ending: str) -> HttpResponseBase:
    """The recommendations that the page of the audit lists at the same address, by reference.

    An address that the page would complain about leads to the page, which says what is wrong.
    """
    found = audit_or_404(request, code)
    require(request, "actions.view_audit", found)
    if ending not in WRITERS:
        raise Http404(f"No file of recommendations.{ending}")
    listed = RecommendationFilter(request.GET, found.recommendations.all(), audit=found)
    if listed.form.errors:
        return redirect(reverse("actions:audit", args=[found.code], query=request.GET))
    writer = WRITERS[ending]
    told = table(request, found, listed)
    name = slugify(f"Recommendations of {found.code} {settings.PROTECTIVE_MARKING}")
    return download(writer.write(told), f"{name}.{ending}", writer.media_type)


def table(request: HttpRequest, audit: Audit, listed: RecommendationFilter) -> Table:
    """The file: every column that comes back, in the words of this audit."""
    sheet, now = SHEET.of({WITHIN.column.name: str(audit.pk)}), Moment.now()
    chosen: QuerySet[Any] = listed.qs.order_by().values("pk")
    rows: Any = Recommendation.history.standing().filter(id__in=chosen).order_by("reference")
    every: list[SheetColumn | Derived] = [*sheet.own, *sheet.derived]
    columns = [*keys(sheet), *(leaving(each, now) for each in every)]
    return Table([each.heading for each in columns], Rows(rows, columns), about(request, audit, listed))


def about(request: HttpRequest, audit: Audit, listed: RecommendationFilter) -> list[tuple[str, str]]:
    """What is said of the file: of which audit, how marked, and what was left out."""
    narrowed = [(each.label, each.value) for each in applied(listed.form, request.GET)]
    return [
        ("Audit", f"{audit.title} ({audit.code}), {settings.COUNCIL_NAME}"),
        ("Protective marking", settings.PROTECTIVE_MARKING),
        *(narrowed or [("Rows", "All")]),
        ("Bringing it back", "Edit cells and bring the file in again for this audit: only those change"),
    ]
