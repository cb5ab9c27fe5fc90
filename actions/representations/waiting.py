"""What waits for whom in the action plans: shown on Home, told by the daily mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.template.defaultfilters import pluralize
from django.urls import reverse

from actions.models import Action, Status
from governance.core.dates import today
from governance.people.waiting import Waiting, references, waits

if TYPE_CHECKING:
    from governance.people.models import User


@waits(actions="Overdue actions")
def overdue(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """Actions of the person's posts that are overdue."""
    own = Action.objects.filter(owner__in=person.posts(), due_on__lt=today())
    yield (found := references(own.exclude(status__in=Status.closed())))
    if about := tuple(found):
        words = f"{len(about)} action{pluralize(about)} overdue"
        yield Waiting("actions", words, reverse("dashboards:home"), about)
