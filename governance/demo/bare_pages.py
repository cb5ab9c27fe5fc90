"""The least that a page of the asset register could take: a plain ListView of the same rows.

It goes through the same middleware, signed-in session and base template, counts and pages as Django does, and
shows fifty rows in the same columns with the same links. It has no filter panel, no figures and no views.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path
from django.views.generic import ListView

from assets.models import HELD, Asset

PAGE = """{% extends "base.html" %}
{% block title %}Information assets{% endblock %}
{% block content %}
  <h1 class="govuk-heading-l">Information assets</h1>
  <p class="govuk-body">{{ paginator.count }} on the register</p>
  <table class="app-table">
    <thead><tr><th scope="col">Reference</th><th scope="col">Title</th><th scope="col">Unit</th>
      <th scope="col">Owner</th><th scope="col">Form</th><th scope="col">Personal data</th></tr></thead>
    <tbody>
      {% for asset in page_obj %}
        <tr><th scope="row"><a href="{% url "assets:asset" asset.reference %}">{{ asset.reference }}</a></th>
          <td>{{ asset.title }}</td><td>{{ asset.unit.name }}</td><td>{{ asset.owner.title }}</td>
          <td>{{ asset.get_form_display }}</td><td>{{ asset.contains_personal_data|yesno:"Yes,No,Not assessed" }}</td></tr>
      {% endfor %}
    </tbody>
  </table>
  {% if page_obj.has_previous %}<a href="?page={{ page_obj.previous_page_number }}">Previous</a>{% endif %}
  Page {{ page_obj.number }} of {{ paginator.num_pages }}
  {% if page_obj.has_next %}<a href="?page={{ page_obj.next_page_number }}">Next</a>{% endif %}
{% endblock %}"""  # noqa: E501
BARE = "/bare/assets/"


class BareList(ListView):  # type: ignore[type-arg]
    """The register as Django alone would list it; the address says what is filtered, as lookups."""

    paginate_by = 50

    def get_queryset(self) -> QuerySet[Asset]:
        """What is on the register and matches every lookup in the address."""
        found = Asset.objects.filter(state__in=HELD).select_related("unit", "owner").order_by("reference")
        for name, values in self.request.GET.lists():
            if name != "page":
                for value in values:
                    found = found.filter(**{name: value})
        return found

    def render_to_response(self, context: dict[str, Any], **response_kwargs: Any) -> HttpResponse:
        """The page."""
        return HttpResponse(_template().render(RequestContext(self.request, context)))


_compiled: list[Template] = []


def _template() -> Template:
    if not _compiled:
        _compiled.append(Template(PAGE))
    return _compiled[0]


# For the time of measuring these are the addresses of the service.
urlpatterns = [path(BARE.lstrip("/"), BareList.as_view()), path("", include("governance.urls"))]
