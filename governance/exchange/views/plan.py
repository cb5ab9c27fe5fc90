"""The actions of a plan as a file, which comes back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from actions.filters import ActionFilter
from actions.models import Action, ActionPlan
from actions.representations.files.sheet import SHEET
from actions.views.plans import looked_at
from governance.core.access import reader
from governance.core.filtering import applied
from governance.exchange.views.export import download
from governance.exchange.writing import WRITERS
from governance.exchange.writing.rows import keys, leaving, written_at
from governance.exchange.writing.spelled import Rows
from governance.exchange.writing.table import Table
from governance.figures.moment import Moment
from governance.people.registers.sheet import Derived, SheetColumn


@require_safe
def export(request: HttpRequest, code: str, ending: str) -> HttpResponseBase:
    """The actions that the page of the plan lists at the same address, with every column, by reference.

    An address that the page would complain about leads to the page, which says what is wrong.
    """
    found, page = looked_at(request, code)
    if ending not in WRITERS:
        raise Http404(f"No file of actions.{ending}")
    form, listed, moment = page["form"], page["filter"], page["moment"]
    if form.errors or listed.form.errors:
        return redirect(reverse("actions:plan", args=[found.code], query=request.GET))
    writer = WRITERS[ending]
    told = table(request, found, listed, moment)
    return download(writer.write(told), name_of(found, moment, ending), writer.media_type)


def table(request: HttpRequest, plan: ActionPlan, listed: ActionFilter, moment: Moment) -> Table:
    """The file: titles and owners as they are held now, the rest as it stood at the moment."""
    chosen: QuerySet[Any] = listed.qs.order_by().values("action")
    versions: Any = Action.history.standing().filter(id__in=chosen).order_by("reference")
    assert SHEET.told is not None
    rows = SHEET.told(versions, moment, reader(request))
    every: list[SheetColumn | Derived] = [*SHEET.own, *SHEET.derived]
    columns = [leaving(column, Moment.now()) for column in every]
    out = [*keys(SHEET), written_at(SHEET, moment), *columns]
    return Table([column.heading for column in out], Rows(rows, out), about(request, plan, listed, moment))


def about(
    request: HttpRequest, plan: ActionPlan, listed: ActionFilter, moment: Moment
) -> list[tuple[str, str]]:
    """What is said of the file: of which plan, at which moment, how marked, and what was left out."""
    narrowed = [(each.label, each.value) for each in applied(listed.form, request.GET)]
    return [
        ("Action plan", f"{plan.title} ({plan.code}), {settings.COUNCIL_NAME}"),
        ("Moment", str(moment)),
        ("Protective marking", settings.PROTECTIVE_MARKING),
        *(narrowed or [("Rows", "All that you may open")]),
        ("Bringing it back", "Edit cells and bring the file in again: only what you edited changes"),
    ]


def name_of(plan: ActionPlan, moment: Moment, ending: str) -> str:
    """actions-of-ico-2015-as-at-2016-10-24-official.csv"""
    words = f"Actions of {plan.code} as at {moment.as_at:%Y-%m-%d} {settings.PROTECTIVE_MARKING}"
    return f"{slugify(words)}.{ending}"
