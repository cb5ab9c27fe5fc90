"""The risk dashboard measured at the size that is there, beside its floor in the same run.

The floor is a bare Django page, through the same middleware with the same session and base template, whose
numbers come from SQL written by hand: the same risks by cell and by unit at the same two moments, the same
movement between them, and the same trend. It has no forms, no drawings and no ways to the rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import RequestContext, Template
from django.test import Client, override_settings
from django.urls import include, path

from governance.core.access import reader, require
from governance.core.dates import months_before, today
from governance.dashboards.board.form import USUAL_TREND, USUALLY_COMPARED, BoardForm
from governance.dashboards.board.page import Asked, Board
from governance.dashboards.board.risks import days_between
from governance.dashboards.board.units import tree_for
from governance.dashboards.board.variants import SIRO
from governance.demo.measuring import Measured, beside
from governance.figures.moment import Moment, Scope
from governance.people.models import User
from governance.people.registers.versions import instant_of

TIMES = 5
OURS, BARE = "/dashboard/", "/bare/dashboard/"
OURS_THEN, BARE_THEN = "/then/dashboard/", "/bare/then/dashboard/"
TEMPLATE = "dashboards/board/board.html"
PAGE = """{% extends "base.html" %}{% block title %}Risks{% endblock %}{% block content %}
<h1 class="govuk-heading-l">Risks</h1>
{% for table in tables %}<table class="app-table"><tbody>{% for row in table %}
<tr>{% for value in row %}<td>{{ value }}</td>{% endfor %}</tr>{% endfor %}</tbody></table>{% endfor %}
{% endblock %}"""
RISK = """
SELECT id, unit_id, owner_id FROM risks_historicalrisk
WHERE history_date < %(i{n})s AND history_until >= %(i{n})s AND history_type <> '-' AND state = 'open'
"""
SCORE = """
SELECT DISTINCT ON (risk_id) id, risk_id, cell_id, effective_on FROM risks_assessment a
WHERE kind = 'current' AND NOT void AND known_at < %(k{n})s AND effective_on <= %(d{n})s
  AND NOT EXISTS (SELECT FROM risks_assessment c
    WHERE c.corrects_id IS NOT NULL AND c.corrects_id = a.id AND c.known_at < %(k{n})s)
ORDER BY risk_id, effective_on DESC, place DESC
"""
LEVELS = """
LEFT JOIN risks_matrixcell c ON c.id = s.cell_id LEFT JOIN risks_matrixlevel l ON l.id = c.level_id
LEFT JOIN risks_riskmatrix m ON m.id = c.matrix_id
"""
ABOVE = "count(*) FILTER (WHERE l.rank > m.appetite), count(*) FILTER (WHERE l.rank > m.tolerance)"
COUNTS = f"""
SELECT s.cell_id, r.unit_id, count(*), {ABOVE},
  count(*) FILTER (WHERE s.effective_on + make_interval(months => l.review_months) < %(d{{n}})s),
  count(*) FILTER (WHERE NOT EXISTS (SELECT FROM people_postholding h WHERE h.post_id = r.owner_id
    AND h.from_on <= %(d{{n}})s AND (h.until_on IS NULL OR h.until_on >= %(d{{n}})s)))
FROM ({RISK}) r LEFT JOIN ({SCORE}) s ON s.risk_id = r.id {LEVELS}
GROUP BY GROUPING SETS ((s.cell_id), (r.unit_id))
"""  # noqa: S608
MOVED = f"""
WITH moved AS MATERIALIZED (
  SELECT coalesce(n.id, t.id) AS id, ns.id AS score,
    sign(c.likelihood * c.impact - b.likelihood * b.impact) AS way, t.id IS NULL AS new, n.id IS NULL AS gone
  FROM ({RISK.format(n=0)}) n FULL JOIN ({RISK.format(n=1)}) t ON t.id = n.id
  LEFT JOIN ({SCORE.format(n=0)}) ns ON ns.risk_id = n.id LEFT JOIN risks_matrixcell c ON c.id = ns.cell_id
  LEFT JOIN ({SCORE.format(n=1)}) ts ON ts.risk_id = t.id LEFT JOIN risks_matrixcell b ON b.id = ts.cell_id
  WHERE c.id IS DISTINCT FROM b.id
)
SELECT way, new, gone, count(*), min(r.title), min(a.reason)
FROM moved JOIN risks_risk r ON r.id = moved.id LEFT JOIN risks_assessment a ON a.id = moved.score
GROUP BY way, new, gone
"""  # noqa: S608
TREND = f"""
SELECT day.on_day, count(r.id), {ABOVE}
FROM unnest(%(days)s::date[], %(instants)s::timestamptz[]) AS day (on_day, instant)
LEFT JOIN risks_historicalrisk r ON r.history_date < day.instant AND r.history_until >= day.instant
  AND r.history_type <> '-' AND r.state = 'open'
LEFT JOIN (
  SELECT risk_id, cell_id, effective_on,
    lead(effective_on) OVER (PARTITION BY risk_id ORDER BY effective_on, place) AS until_on
  FROM risks_assessment a
  WHERE kind = 'current' AND NOT void AND known_at < %(k0)s AND effective_on <= %(d0)s
    AND NOT EXISTS (SELECT FROM risks_assessment c
      WHERE c.corrects_id IS NOT NULL AND c.corrects_id = a.id AND c.known_at < %(k0)s)
) s ON s.risk_id = r.id AND s.effective_on <= day.on_day AND (s.until_on IS NULL OR s.until_on > day.on_day)
{LEVELS} GROUP BY day.on_day
"""  # noqa: S608
STATEMENTS = (COUNTS.format(n=0), COUNTS.format(n=1), MOVED, TREND)


def bare(shown: Moment) -> list[list[tuple[Any, ...]]]:
    """The numbers of the dashboard by SQL alone."""
    earlier = _earlier(shown)
    days = days_between(months_before(shown.as_at, USUAL_TREND), shown.as_at)
    asked: dict[str, Any] = {
        "days": days,
        "instants": [instant_of(Moment(day, shown.known_before)) for day in days],
    }
    for n, moment in enumerate((shown, earlier)):
        asked |= {f"i{n}": instant_of(moment), f"k{n}": moment.known_before, f"d{n}": moment.as_at}
    found = []
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement, asked)
            found.append(cursor.fetchall())
    return found


def bare_page(request: HttpRequest, *, past: bool = False) -> HttpResponse:
    """Those numbers on a plain page, for whoever may open the dashboard."""
    require(request, "dashboards.view_board")
    tables = bare(_then() if past else Moment.now())
    return HttpResponse(_template().render(RequestContext(request, {"tables": tables})))


def our_page(request: HttpRequest) -> HttpResponse:
    """The dashboard at a moment that no address can say: in the middle of what was written in one go."""
    require(request, "dashboards.view_board")
    person, shown = reader(request), _then()
    tree = tree_for(person, SIRO, shown)
    begins = months_before(shown.as_at, USUAL_TREND)
    asked = Asked(person, SIRO, tree, "", Scope(), shown, _earlier(shown), begins)
    form = BoardForm({}, tree=tree, variant=SIRO)
    form.is_valid()
    page = {"form": form, "variant": SIRO, "others": [], "board": Board(asked), "moment": shown}
    return render(request, TEMPLATE, page)


def measure(person: User) -> Iterator[Measured]:
    """The page of today through the whole service, and the page at a past moment."""
    served = {"ROOT_URLCONF": "governance.demo.bench_risks", "ALLOWED_HOSTS": ["testserver"], "DEBUG": False}
    with override_settings(**served):
        client = Client()
        client.force_login(person, settings.AUTHENTICATION_BACKENDS[-1])
        yield beside("dashboard, today", partial(_get, client, OURS), partial(_get, client, BARE), TIMES)
        ours, floor = partial(_get, client, OURS_THEN), partial(_get, client, BARE_THEN)
        yield beside("dashboard, at a past moment", ours, floor, TIMES)


def _earlier(shown: Moment) -> Moment:
    return Moment(months_before(shown.as_at, USUALLY_COMPARED), shown.known_before)


def _then() -> Moment:
    """The moment at which half of all versions were written: a statement writes all of its own at once."""
    if not _middle:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY history_date), now())"
                " + interval '1 microsecond' FROM risks_historicalrisk"
            )
            _middle.append(cursor.fetchone()[0])
    return Moment(today(), _middle[0])


def _get(client: Client, address: str) -> None:
    if (status := client.get(address, secure=True).status_code) != 200:
        raise RuntimeError(f"{address} answers {status}")


_middle: list[Any] = []
_compiled: list[Template] = []


def _template() -> Template:
    if not _compiled:
        _compiled.append(Template(PAGE))
    return _compiled[0]


# For the time of measuring these are the addresses of the service.
urlpatterns = [
    path(BARE.lstrip("/"), bare_page),
    path(BARE_THEN.lstrip("/"), bare_page, {"past": True}),
    path(OURS_THEN.lstrip("/"), our_page),
    path("", include("governance.urls")),
]
