"""What waits for whom in the action plans: shown on Home, told by the daily mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.template.defaultfilters import pluralize
from django.urls import reverse

from actions.models import Action, Status
from actions.models.extensions import RECORDERS, to_answer
from governance.core.dates import long_date, today
from governance.figures.moment import Moment
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


@waits(more_time="Requests for more time to answer")
def more_time(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """Requests for another date that this person decides, or whose decision by a committee they record."""
    found = to_answer(person, Moment.now(), bodies=person.holds(*RECORDERS))
    yield (found := found.select_related("action").order_by("action__reference"))
    for asked in found:
        path = reverse("actions:answer_extension", args=[asked.action.reference, asked.pk])
        words = f"{asked.action.reference}: more time is asked for, until {long_date(asked.due_on)}"
        yield Waiting("more_time", words, path, (asked.action.reference,))
