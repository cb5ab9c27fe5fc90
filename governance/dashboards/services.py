"""Handing over: looked at before, on a day of one's choice, withdrawn until then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction

from governance.core.dates import today
from governance.dashboards.handing import Held, held, waiting
from governance.dashboards.models import KEEPERS, HandOver
from governance.dashboards.planned import carry_out
from governance.history.trail import because
from governance.people.models import Post, PostHolding, Role, RoleAssignment

if TYPE_CHECKING:
    from governance.people.models import User

# The registers whose owner is asked what only an information asset owner may do.
OWNED = frozenset({"Assets", "Processing activities"})

UNSIGNED = (
    "The {} does not carry the role of information asset owner on that day: whoever is in it can confirm "
    "what it owns, but not sign for it at the end of the year. An administrator can give it the role."
)
GONE = (
    "You may not hand this over any more on that day, so nothing would go. Choose an earlier day, such as "
    "your last in the post, or ask an information governance officer to plan it."
)


class MovedOnError(Exception):
    """The posts hold something else than what was seen."""


class PlannedAlreadyError(Exception):
    """The post is to be handed over already: that is withdrawn first."""


@dataclass(frozen=True)
class Bundle:
    """What some posts hold, as it was shown to whoever hands it over."""

    posts: Sequence[Post]
    by: User | None = None

    @cached_property
    def held(self) -> list[Held]:
        """Register by register."""
        return held(*self.posts, by=self.by)

    @property
    def count(self) -> int:
        """How many entries there are."""
        return sum(part.count for part in self.held)

    @cached_property
    def waiting(self) -> int:
        """How many decisions wait that go with them."""
        return waiting(*self.posts)

    @property
    def seen(self) -> str:
        """What was shown, in short: another where a count has changed since."""
        counts = "".join(f"{part.heading}:{part.count};" for part in self.held)
        return sha256(f"{sorted(post.pk for post in self.posts)}{counts}".encode()).hexdigest()[:16]

    def warnings(self, to: Post, on: date, by: User) -> list[str]:
        """What the post that is to have it all could not do with it, and whether who plans it could still
        hand it over on that day, in words."""
        found = []
        given = RoleAssignment.objects.filter(post=to, role=Role.IAO).in_force(on)
        if OWNED & {part.heading for part in self.held} and not given.exists():
            found.append(UNSIGNED.format(to))
        if not self.may_then(by, on):
            found.append(GONE)
        return found

    def may_then(self, person: User, on: date) -> bool:
        """Will this person, as far as is entered, still be in all these posts on a day, or keep registers?"""
        held = set(PostHolding.objects.in_force(on).filter(person=person).values_list("post", flat=True))
        keeps = RoleAssignment.objects.in_force(on).filter(post__in=held, unit=None, role__in=KEEPERS)
        return held >= {post.pk for post in self.posts} or keeps.exists()


def plan(posts: Sequence[Post], *, seen: str, by: User, **said: Any) -> list[HandOver]:
    """Hand over what these posts hold `to` another from a day on, and why: at once where that day has come,
    else on it. Does nothing, and raises MovedOnError, where they no longer hold what was seen, or
    PlannedAlreadyError where one of them is to be handed over already."""
    to, from_on, reason = said["to"], said["from_on"], said["change_reason"]
    with transaction.atomic():
        list(Post.objects.for_change().filter(pk__in=[post.pk for post in posts]).order_by("pk"))
        if HandOver.objects.planned().filter(from_post__in=posts).exists():
            raise PlannedAlreadyError
        if Bundle(posts, by).seen != seen:
            raise MovedOnError
        made = [
            HandOver.objects.create(
                from_post=post,
                to_post=to,
                from_on=from_on,
                reason=reason,
                planned_by=by,
                planned_as=post.title if by.occupies(post) else by.title_for(None, *KEEPERS),
            )
            for post in posts
        ]
        return [carry_out(each) or each for each in made] if from_on <= today() else made


def withdraw(planned: HandOver, reason: str) -> bool:
    """Take back what is planned, and why. Says whether it still was."""
    with transaction.atomic(), because(reason):
        found = HandOver.objects.for_change().planned().filter(pk=planned.pk).first()
        if found is not None:
            found.state = HandOver.State.WITHDRAWN
            found.save(update_fields=["state"])
        return found is not None
