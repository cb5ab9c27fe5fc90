"""What waits for whom in the committee room: shown on Home, told by the daily mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.http import urlencode

from governance.committees.models import Restatement
from governance.committees.restating.telling import WITHOUT
from governance.people.waiting import Waiting, waits

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
