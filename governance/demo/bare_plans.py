"""The least that the page of a plan could take: a plain ListView of its actions, alone and with numbers.

Both go through the same middleware, signed-in session and base template, count and page as Django does, and
show fifty rows in the same columns with the same links. One has nothing else. The other answers the numbers
of the page as one would by plain Django: of today's tables, with status and due date as they are kept on
the action. Neither has a past, colours, rights of the reader, filters or forms. (decision 42)
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path
from django.views.generic import ListView

from actions.models import Action, Completion, Extension, Status
from governance.core.dates import today

PAGE = """{% extends "base.html" %}
{% block title %}Action plan{% endblock %}
{% block content %}
  <h1 class="govuk-heading-l">Action plan</h1>
  <p class="govuk-body">{{ paginator.count }} on the plan</p>
  {% for row in counted %}<p>{{ row.scope_area__title }}, {{ row.owner__title }}, {{ row.owner__unit__name }},
    {{ row.milestone__title }}, {{ row.status }}: {{ row.rows }}, overdue {{ row.overdue }} or
    {{ row.overdue_original }}, extended {{ row.extended }}, latest {{ row.latest|date }}</p>{% endfor %}
  {% for name, number in numbers.items %}<p>{{ name }}: {{ number }}</p>{% endfor %}
  <table class="app-table">
    <thead><tr><th scope="col">Reference</th><th scope="col">Action</th><th scope="col">Owner</th>
      <th scope="col">Due</th><th scope="col">Status</th></tr></thead>
    <tbody>
      {% for action in page_obj %}
        <tr><th scope="row"><a href="{{ action.get_absolute_url }}">{{ action.reference }}</a></th>
          <td>{{ action.title }}<br>{{ action.scope_area.title }}</td><td>{{ action.owner.title }}</td>
          <td>{{ action.due_on|date }}</td><td>{{ action.get_status_display }}</td></tr>
      {% endfor %}
    </tbody>
  </table>
  {% if page_obj.has_previous %}<a href="?page={{ page_obj.previous_page_number }}">Previous</a>{% endif %}
  Page {{ page_obj.number }} of {{ paginator.num_pages }}
  {% if page_obj.has_next %}<a href="?page={{ page_obj.next_page_number }}">Next</a>{% endif %}
{% endblock %}"""
BARE, COUNTED = "/bare/plans/", "/bare/counted/"
OPEN = ~Q(status__in=Status.closed())
FACETS = ("status", "scope_area__title", "owner__title", "owner__unit__name", "milestone__title")


class BareList(ListView):  # type: ignore[type-arg]
    """A plan as Django alone would list it."""

    paginate_by = 50

    def get_queryset(self) -> QuerySet[Action]:
        """The actions of the plan."""
        found = Action.objects.filter(plan__code=self.kwargs["code"])
        return found.select_related("owner", "scope_area").order_by("reference")

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        """The page."""
        return HttpResponse(_template().render(RequestContext(self.request, context)))


class CountedList(BareList):
    """The same with the numbers that the page of a plan shows."""

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """The numbers beside the list."""
        actions = Action.objects.filter(plan__code=self.kwargs["code"])
        return super().get_context_data(counted=_by_facet(actions), numbers=_numbers(actions), **given)


def _by_facet(actions: QuerySet[Action]) -> QuerySet[Any]:
    """What the columns of an action tell, in one query."""
    found: QuerySet[Any] = actions.values(*FACETS).annotate(
        rows=Count("pk"),
        overdue=Count("pk", OPEN & Q(due_on__lt=today())),
        overdue_original=Count("pk", OPEN & Q(original_due_on__lt=today())),
        extended=Count("pk", Q(due_on__gt=F("original_due_on"))),
        latest=Max("due_on", filter=OPEN),
    )
    return found


def _numbers(actions: QuerySet[Action]) -> dict[str, int]:
    """What other tables tell of them, in a query for each."""
    completed = actions.filter(status=Status.COMPLETED)
    waiting = actions.filter(status=Status.NOT_STARTED, dependencies__until_on=None)
    needed = ~Q(dependencies__needs_action__status__in=Status.closed())
    for_actions = waiting.filter(
        needed, dependencies__needs_action__isnull=False, dependencies__holds_up="start"
    )
    for_posts = waiting.filter(
        dependencies__needs_post__isnull=False, dependencies__needs_post__holdings=None
    )
    said = {
        kind: completed.filter(completions__kind=kind, completions__void=False) for kind in Completion.Kind
    }
    asked = actions.filter(OPEN, extensions__kind=Extension.Kind.ASKED, extensions__answer=None)
    found = {
        "Waiting for actions": for_actions,
        "Waiting for posts": for_posts,
        **{str(kind.label): rows for kind, rows in said.items() if kind != Completion.Kind.REFUSED},
        "Completed without a document": completed.filter(document_links=None),
        "More time asked for": asked,
    }
    return {name: rows.values("pk").distinct().count() for name, rows in found.items()}


@cache
def _template() -> Template:
    return Template(PAGE)


# For the time of measuring these are the addresses of the service.
urlpatterns = [
    path(f"{BARE.lstrip('/')}<slug:code>/", BareList.as_view()),
    path(f"{COUNTED.lstrip('/')}<slug:code>/", CountedList.as_view()),
    path("", include("governance.urls")),
]
