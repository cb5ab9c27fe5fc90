"""The doors of follow-ups: of the audit that the owner's plan answers."""

from datetime import date
from typing import Any

from actions.models import FollowUp, FollowUpRating, RecommendationRating
from tests.actions.factories_audits import RangeFactory
from tests.doors.audits import a_recommendation, an_audit, the_audit
from tests.doors.door import Door
from tests.doors.who import GET_POST, HIDDEN, KEEPERS, OWNER, READERS, SHUT_OUT
from tests.doors.world import World


def a_follow_up(world: World) -> list[Any]:
    """The code of the audit, and the number of a follow-up of it."""
    facts = {"plan_as_at": date(2026, 1, 5)}
    found, _ = FollowUp.objects.get_or_create(audit=the_audit(world), number=1, defaults=facts)
    return [*an_audit(world), found.number]


def a_rating(world: World) -> list[Any]:
    """The same, and a rating in it."""
    address = a_follow_up(world)
    follow_up = FollowUp.objects.get(audit=the_audit(world), number=1)
    a_recommendation(world)
    asked = the_audit(world).recommendations.get(reference="A01")
    if not follow_up.ratings.exists():
        follow_up.rate({asked.pk: RecommendationRating.objects.get(code="partly")})
    return [*address, FollowUpRating.objects.get(follow_up=follow_up).pk]


def a_range(world: World) -> list[Any]:
    """A follow-up and when it was to be."""
    address = a_follow_up(world)
    follow_up = FollowUp.objects.get(audit=the_audit(world), number=1)
    found = follow_up.ranges.first() or RangeFactory(follow_up=follow_up)
    return [*address, found.pk]


KEPT = [
    ("follow_up_in_error", a_follow_up),
    ("planned_in_error", a_range),
    ("new_follow_up", an_audit),
    ("edit_follow_up", a_follow_up),
    ("plan_follow_up", a_follow_up),
    ("rate_recommendations", a_follow_up),
    ("change_rating", a_rating),
    ("take_rating_back", a_rating),
]
FOLLOW_UPS = [
    Door("actions:follow_up", READERS | OWNER, at=a_follow_up, others=HIDDEN, refused=SHUT_OUT),
    *(
        Door(
            f"actions:{name}",
            KEEPERS,
            at=at,
            methods=GET_POST,
            others=HIDDEN,
            refused=READERS - KEEPERS | OWNER | SHUT_OUT,
        )
        for name, at in KEPT
    ),
]
