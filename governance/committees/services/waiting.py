"""What waits for whom in the committee room: shown on Home, told by the daily mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.http import urlencode

from governance.committees.backplan import Calendar
from governance.committees.clearing import to_clear
from governance.committees.models import Clearer, FixedStep, Paper, Period, PublicationRule, Restatement
from governance.committees.restating.telling import WITHOUT
from governance.core.dates import long_date
from governance.people.waiting import Said, Waiting, waits

if TYPE_CHECKING:
    from governance.people.models import User


@waits(restatements="Published figures to class")
def restatements(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """Figures that were told and are known otherwise, and that this person may class."""
    if not person.has_perm("committees.class_restatement"):
        return
    seen = Restatement.objects.visible_to(person)
    open_ones = seen.to_class().exclude(causes__contains=[{"by": person.pk}])
    keys = open_ones.order_by("figure__paper_id", "figure__position")
    yield (found := keys.values_list("figure__paper_id", "figure__position", "number"))
    if about := list(found):
        number = len(about)
        figures = f"{number} published figure{pluralize(number)} {pluralize(number, 'has,have')}"
        words = f"{figures} since been corrected: class {pluralize(number, 'it,them')}"
        path = f"{reverse('committees:restatements')}?{urlencode({'classed': WITHOUT})}"
        references = tuple(f"{paper}/{position}" for paper, position, _ in about)
        yield Waiting("restatements", words, path, references, tuple(str(again) for *_, again in about))


@waits(always=True, clearances="Papers to clear")
def clearances(person: User) -> Iterator[Said]:
    """Papers sent to a post of this person that are to be cleared, or cleared again since they changed."""
    sent, rules, periods = (
        Clearer.objects.sent_to(person),
        PublicationRule.objects.all(),
        Period.objects.all(),
    )
    fixed = FixedStep.objects.filter(
        meeting__papers__in=Paper.objects.sent_to(person).order_by().values("pk")
    )
    yield sent, rules, periods, fixed
    if not (waiting := [each for each in sent if each.is_waiting]):
        return
    by = min(each.due for each in to_clear(waiting, Calendar(rules, periods), list(fixed)))
    number = len(waiting)
    papers = f"{number} paper{pluralize(number)} {pluralize(number, 'waits,wait')}"
    path = waiting[0].get_absolute_url() if number == 1 else reverse("committees:to_clear")
    references = tuple(str(each.paper_id) for each in waiting)
    stages = tuple(f"{each.sent} {each.now}" for each in waiting)
    words = f"{papers} for your clearance, due by {long_date(by)}"
    yield Waiting("clearances", words, path, references, stages)
