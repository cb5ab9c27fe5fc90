"""Who has a dashboard, and who hands over what a post holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from governance.dashboards.board.variants import variants_of
from governance.dashboards.models import KEEPERS, HandOver
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import Post, User


@rule("dashboards.view_board")
def may_view_board(person: User) -> bool:
    """Whoever reads the registers, for the whole council or for a unit."""
    return bool(variants_of(person))


@rule("dashboards.begin_hand_over")
def may_begin_hand_over(person: User) -> bool:
    """Whoever is in a post."""
    return bool(person.posts())


@rule("dashboards.hand_over_any")
def may_hand_over_any(person: User) -> bool:
    """Information governance officers and the records manager hand over for anybody."""
    return person.holds(*KEEPERS)


@rule("dashboards.hand_over_person")
def may_hand_over_person(person: User, leaver: User) -> bool:
    """Everybody hands over what all their own posts hold, and those who keep the registers for anybody."""
    return person.pk == leaver.pk or person.holds(*KEEPERS)


@rule("dashboards.withdraw_hand_over")
def may_withdraw(person: User, planned: HandOver) -> bool:
    """Whoever is in the post that is to be handed over, and those who keep the registers."""
    return person.occupies(planned.from_post_id) or person.holds(*KEEPERS)


@rule("dashboards.hand_over")
def may_hand_over(person: User, post: Post) -> bool:
    """Whoever is in a post hands over what it holds, and those who keep the registers do it for anybody."""
    return person.occupies(post) or person.holds(*KEEPERS)
