"""The council's structure: units, posts, who is in them and what they are charged with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Max, Prefetch, Q
from django.urls import reverse

from governance.core.dates import end_of_day, long_date
from governance.figures.moment import Moment
from governance.history.models import History, Recorded
from governance.people.models.dated import (
    Dated,
    DatedQuerySet,
    DatedVersionQuerySet,
    Known,
    KnownVersionQuerySet,
)
from governance.people.models.role import Role

if TYPE_CHECKING:
    from governance.people.models.person import User


class UnitVersionQuerySet(DatedVersionQuerySet):
    """Versions of units."""

    def at(self, moment: Moment) -> Self:
        """The structure at a moment: one version for each unit that was in force that day."""
        return self.before(min(end_of_day(moment.as_at), moment.known_before)).in_force(moment.as_at)

    def visible_to(self, person: User) -> Self:
        """All: the structure is open to whoever may open the page that shows it."""
        return self


class OrganisationalUnit(Recorded, Dated):
    """A directorate, a service or a team, for as long as it exists."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    succeeded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    objects = DatedQuerySet.as_manager()
    history = History(historical_queryset=UnitVersionQuerySet)

    class Meta(Dated.Meta):
        ordering = ["name"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="unit_is_not_its_own_parent", condition=~Q(parent=F("id"))),
        ]

    def __str__(self) -> str:
        return self.name


def parents() -> dict[int, int | None]:
    """The unit above each unit, in one query."""
    return dict(OrganisationalUnit.objects.values_list("pk", "parent"))


def upwards(unit: int | None, parents: Mapping[int, int | None]) -> list[int]:
    """The unit and those above it."""
    found: list[int] = []
    while unit is not None and unit not in found:
        found.append(unit)
        unit = parents.get(unit)
    return found


class PostQuerySet(models.QuerySet["Post"]):
    """Posts, and whether somebody is in them."""

    def for_change(self) -> Self:
        """Locked to the end of the transaction: of two who appoint, the second sees whom the first did."""
        return self.select_for_update(no_key=True)

    def vacant(self, on: date) -> Self:
        """Posts that nobody holds on that day, not even acting: their work has no owner."""
        return self.exclude(holdings__in=PostHolding.objects.in_force(on))

    def filled(self, on: date) -> Self:
        """Posts held by somebody on that day."""
        return self.filter(pk__in=PostHolding.objects.in_force(on).values("post"))

    def for_directory(self, on: date) -> Self:
        """Each post with `holders` and `charges` (roles) of that day, and `last_held_on` before it."""
        holders = PostHolding.objects.in_force(on).select_related("person").order_by("-kind", "from_on")
        charges = RoleAssignment.objects.in_force(on).select_related("unit").order_by("role")
        return (
            self.select_related("unit")
            .annotate(last_held_on=Max("holdings__until_on", filter=Q(holdings__until_on__lt=on)))
            .prefetch_related(
                Prefetch("holdings", holders, to_attr="holders"),
                Prefetch("role_assignments", charges, to_attr="charges"),
            )
        )


class Post(Recorded):
    """A post in the structure. Registers point at posts, never at people."""

    code = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    unit = models.ForeignKey(OrganisationalUnit, models.PROTECT, related_name="posts")

    # Set by for_directory()
    holders: list[PostHolding]
    charges: list[RoleAssignment]
    last_held_on: date | None

    objects = PostQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The post's page."""
        return reverse("people:post", args=[self.code])

    @property
    def vacancy(self) -> str:
        """Since when nobody has been in the post, in words. For a post of for_directory() without holders."""
        if self.last_held_on is None:
            return "Vacant: nobody has held it since records began"
        return f"Vacant since {long_date(self.last_held_on + timedelta(days=1))}"

    # Changes

    def appoint(self, person: User, *, from_on: date, kind: str = "substantive") -> PostHolding:
        """Put a person into the post from that day."""
        return self.holdings.create(person=person, from_on=from_on, kind=kind)

    def give_role(
        self, role: str, *, from_on: date, unit: OrganisationalUnit | None = None
    ) -> RoleAssignment:
        """Charge the post with a role from that day; without a unit, for the whole council."""
        return self.role_assignments.create(role=role, unit=unit, from_on=from_on)


class PostHolding(Recorded, Known):
    """Who was in a post, from when until when."""

    class Kind(models.TextChoices):
        """An acting holder stands in; both count as holding the post."""

        SUBSTANTIVE = "substantive", "Substantive"
        ACTING = "acting", "Acting"

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    person = models.ForeignKey("people.User", models.PROTECT, related_name="holdings")
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.SUBSTANTIVE)

    objects = DatedQuerySet.as_manager()
    history = History(historical_queryset=KnownVersionQuerySet)

    class Meta(Known.Meta):
        constraints = [
            *Known.Meta.constraints,
            models.UniqueConstraint(
                name="person_takes_up_a_post_once_a_day", fields=["post", "person", "from_on"]
            ),
            models.CheckConstraint(
                name="holding_kind_is_known", condition=Q(kind__in=["substantive", "acting"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.post}"


class RoleAssignment(Recorded, Dated):
    """A role that a post carries, for a unit and all below it, or (no unit) for the whole council."""

    role = models.CharField(max_length=20, choices=Role)
    post = models.ForeignKey(Post, models.PROTECT, related_name="role_assignments")
    unit = models.ForeignKey(
        OrganisationalUnit, models.PROTECT, null=True, blank=True, related_name="role_assignments"
    )

    objects = DatedQuerySet.as_manager()
    history = History()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                name="role_is_given_once_from_a_day",
                fields=["role", "post", "unit", "from_on"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="role_is_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.post}"
