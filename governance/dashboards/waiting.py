"""Hand-overs to come, and those that are held up: shown on Home, told by the daily mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse

from governance.core.dates import today
from governance.dashboards.models import KEEPERS, HandOver
from governance.dashboards.planned import all_held_up
from governance.people.waiting import Waiting, waits

if TYPE_CHECKING:
    from governance.people.models import User


@dataclass(frozen=True)
class Told:
    """A hand-over to come that concerns a person: it gives what a post of theirs holds or brings it something
    (`own`), or it is held up (`why_not`), and they planned it or keep the registers (`answers`)."""

    planned: HandOver
    why_not: str
    own: bool
    answers: bool


def to_come() -> QuerySet[Any]:
    """Every hand-over to come, the earliest first."""
    planned = HandOver.objects.planned().for_list().select_related("planned_by")
    found: QuerySet[Any] = planned.order_by("from_on", "pk")
    return found


def told_to(person: User, planned: Iterable[HandOver]) -> list[Told]:
    """Those of the hand-overs to come that concern this person: no query while none is due."""
    posts, keeps, known = set(person.posts()), person.holds(*KEEPERS), list(planned)
    why = all_held_up(each for each in known if each.from_on <= today())
    found = [
        Told(
            each,
            why.get(each.pk, ""),
            own=bool({each.from_post_id, each.to_post_id} & posts),
            answers=each.pk in why and (keeps or each.planned_by_id == person.pk),
        )
        for each in known
    ]
    return [each for each in found if each.own or each.answers]


@waits(hand_over="A hand-over to come", held_up="A hand-over that is held up")
def hand_overs(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """Those planned from or to a post of this person, which the giver can withdraw until the day; and, for
    who planned them and for keepers, those whose day has come and that cannot be carried out."""
    path = reverse("dashboards:hand_overs")
    yield (planned := to_come())
    for told in told_to(person, planned):
        said = told.planned.words
        if told.own:
            yield Waiting("hand_over", said, path)
        if told.answers:
            yield Waiting("held_up", f"Held up: {said[:1].lower()}{said[1:]}. {told.why_not}", path)
