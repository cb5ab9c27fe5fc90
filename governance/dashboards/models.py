"""Hand-overs: planned for a day, carried out on it, or withdrawn before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from governance.core.dates import long_date
from governance.history.models import History, Recorded
from governance.people.models import Role

if TYPE_CHECKING:
    from governance.people.models import User

# Who hands over for anybody.
KEEPERS = (Role.IG_OFFICER, Role.RECORDS_MANAGER)


class HandOverQuerySet(models.QuerySet["HandOver"]):
    """Hand-overs."""

    def visible_to(self, person: User) -> Self:
        """All for those who keep the registers, else those from or to a post of the person."""
        posts = person.posts()
        return self if person.holds(*KEEPERS) else self.filter(Q(from_post__in=posts) | Q(to_post__in=posts))

    def planned(self) -> Self:
        """Those to come."""
        return self.filter(state=HandOver.State.PLANNED)

    def due(self, on: date) -> Self:
        """Planned, and their day has come: the earliest first, each with its posts and who planned it."""
        found = self.planned().filter(from_on__lte=on).order_by("from_on", "pk")
        return found.select_related("from_post", "to_post", "planned_by")

    def for_change(self) -> Self:
        """Locked to the end of the transaction: of two who change one, the second sees what the first did."""
        return self.select_for_update(no_key=True, of=("self",))

    def for_list(self) -> Self:
        """Everything a list shows, the latest first."""
        return self.select_related("from_post", "to_post").order_by("-from_on", "-pk")


class HandOver(Recorded):
    """Everything that a post holds goes to another post, from a day on."""

    class State(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", "Planned"
        DONE = "done", "Handed over"
        WITHDRAWN = "withdrawn", "Withdrawn"

    from_post = models.ForeignKey("people.Post", models.PROTECT, related_name="hand_overs")
    to_post = models.ForeignKey("people.Post", models.PROTECT, related_name="+")
    from_on = models.DateField("from")
    reason = models.TextField()
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    planned_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    planned_as = models.CharField(max_length=200)
    entries = models.PositiveIntegerField("how many entries went", null=True, blank=True)
    done_on = models.DateField("handed over on", null=True, blank=True)

    objects = HandOverQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-from_on"]
        constraints = [
            models.CheckConstraint(
                name="hand_over_goes_to_another_post", condition=~Q(from_post=F("to_post"))
            ),
            models.CheckConstraint(name="hand_over_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="hand_over_state_is_known", condition=Q(state__in=["planned", "done", "withdrawn"])
            ),
            models.CheckConstraint(
                name="hand_over_done_says_when_and_how_many",
                condition=Q(state="done", entries__isnull=False, done_on__isnull=False)
                | ~Q(state="done") & Q(entries=None, done_on=None),
            ),
            models.UniqueConstraint(
                name="post_has_one_planned_hand_over", fields=["from_post"], condition=Q(state="planned")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_post} to {self.to_post} from {long_date(self.from_on)}"

    @property
    def words(self) -> str:
        """What is planned, as a sentence without its stop."""
        day, post, to = long_date(self.from_on), self.from_post, self.to_post
        return f"Planned for {day}: all that the {post} holds goes to the {to}"
