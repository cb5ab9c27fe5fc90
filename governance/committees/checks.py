"""What `manage.py check --database default` says about papers that have gone out."""

from __future__ import annotations

from collections.abc import Sequence

from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.db import connections

# Figures name plans by code, since a paper is kept as it was printed. A code is another where the migration
# actions.0021 found two that differed in capital letters only; the history of the plan tells which it became.
GONE = """
SELECT named.code, min(named.paper_id), now.code
FROM (SELECT f.paper_id, jsonb_array_elements_text(f.scope -> 'plans') AS code
      FROM committees_publishedfigure f WHERE f.scope ? 'plans') named
LEFT JOIN actions_historicalactionplan h ON h.code = named.code
LEFT JOIN actions_actionplan now ON now.id = h.id
WHERE NOT EXISTS (SELECT FROM actions_actionplan p WHERE p.code = named.code)
GROUP BY named.code, now.code ORDER BY named.code
"""
HINT = (
    "The paper stays as it was issued. Asked again, its figures on that plan find nothing, and the next "
    "paper finds none to compare with: see “Update” in docs/production.md."
)


@register(Tags.database)
def papers_name_plans_that_are_there(
    app_configs: object, databases: Sequence[str] | None = None, **options: object
) -> list[CheckMessage]:
    """A warning for each code by which papers name a plan and that no plan has any more."""
    if "default" not in (databases or ()):
        return []
    connection = connections["default"]
    if "committees_publishedfigure" not in connection.introspection.table_names():
        return []  # a first migration has still to come
    with connection.cursor() as cursor:
        cursor.execute(GONE)
        found = cursor.fetchall()
    return [
        checks.Warning(_said(code, paper, now), hint=HINT, id="committees.W001") for code, paper, now in found
    ]


def _said(code: str, paper: int, now: str | None) -> str:
    became = f"is “{now}” since" if now else "no plan has any more"
    return f"Figures of paper {paper} name an action plan by the code “{code}”, which {became}."
