"""Hand-overs to come, and those that are held up: shown on Home, told by the daily mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

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


def told_to(person: User) -> list[Told]:
    """The hand-overs to come that concern this person, the earliest first: one query while none is due."""
    posts, keeps = set(person.posts()), person.holds(*KEEPERS)
    to_come = list(
        HandOver.objects.planned().for_list().select_related("planned_by").order_by("from_on", "pk")
    )
    why = all_held_up(planned for planned in to_come if planned.from_on <= today())
    found = [
        Told(
            planned,
            why.get(planned.pk, ""),
            own=bool({planned.from_post_id, planned.to_post_id} & posts),
            answers=planned.pk in why and (keeps or planned.planned_by_id == person.pk),
        )
        for planned in to_come
    ]
    return [each for each in found if each.own or each.answers]


@waits(hand_over="A hand-over to come", held_up="A hand-over that is held up")
def hand_overs(person: User) -> Iterator[Waiting]:
    """Those planned from or to a post of this person, which the giver can withdraw until the day; and, for
    who planned them and for keepers, those whose day has come and that cannot be carried out."""
    path = reverse("dashboards:hand_overs")
    for told in told_to(person):
        planned = told.planned.words
        if told.own:
            yield Waiting("hand_over", planned, path)
        if told.answers:
            yield Waiting("held_up", f"Held up: {planned[:1].lower()}{planned[1:]}. {told.why_not}", path)
