"""The least that the page of a plan could take: a plain ListView of its actions.

It goes through the same middleware, signed-in session and base template, counts and pages as Django does, and
shows fifty rows in the same columns with the same links. It has no filter panel, no figures and no past.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path
from django.views.generic import ListView

from actions.models import Action

PAGE = """{% extends "base.html" %}
{% block title %}Action plan{% endblock %}
{% block content %}
  <h1 class="govuk-heading-l">Action plan</h1>
  <p class="govuk-body">{{ paginator.count }} on the plan</p>
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
BARE = "/bare/plans/"


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


@cache
def _template() -> Template:
    return Template(PAGE)


# For the time of measuring these are the addresses of the service.
urlpatterns = [
    path(f"{BARE.lstrip('/')}<slug:code>/", BareList.as_view()),
    path("", include("governance.urls")),
]
