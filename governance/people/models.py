"""People, posts and the council's structure. Roles are held by posts, posts by people, both for a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import _user_has_perm  # type: ignore[attr-defined]
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from governance.core.dates import today
from governance.history.models import History, Recorded


class Role(models.TextChoices):
    """What a post may be charged with. Which post holds which role is data: councils differ."""

    IAO = "iao", "Information asset owner"
    IAA = "iaa", "Information asset administrator (deputy)"
    IG_OFFICER = "ig_officer", "Information governance officer"
    RECORDS_MANAGER = "records_manager", "Records manager"
    SIRO = "siro", "Senior information risk owner"
    DPO = "dpo", "Data protection officer"
    CALDICOTT_GUARDIAN = "caldicott_guardian", "Caldicott Guardian"
    MONITORING_OFFICER = "monitoring_officer", "Monitoring (proper) officer"
    COMMITTEE_OFFICER = "committee_officer", "Committee officer"
    AUTHOR = "author", "Report author"
    FINANCE_APPROVER = "finance_approver", "Finance approver"
    LEGAL_APPROVER = "legal_approver", "Legal approver"
    DIRECTOR_APPROVER = "director_approver", "Director approver"
    PORTFOLIO_HOLDER = "portfolio_holder", "Portfolio holder"
    IMSG_MEMBER = "imsg_member", "Information Management Strategy Group member"
    SERVICE_MANAGER = "service_manager", "Service manager"
    INTERNAL_AUDITOR = "internal_auditor", "Internal auditor"
    ADMINISTRATOR = "administrator", "Administrator"


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that hold from a day to a day, both included; an open end means still in force."""

    def in_force(self, on: date) -> Self:
        """Those that hold on that day."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on)


class Dated(models.Model):
    """A fact with a first and a last day."""

    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
            )
        ]


class OrganisationalUnit(Recorded, Dated):
    """A directorate, a service or a team, for as long as it exists."""

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    succeeded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    objects = DatedQuerySet.as_manager()
    history = History()

    class Meta(Dated.Meta):
        ordering = ["name"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="unit_is_not_its_own_parent", condition=~Q(parent=F("id"))),
        ]

    def __str__(self) -> str:
        return self.name


class PostQuerySet(models.QuerySet["Post"]):
    """Posts, and whether somebody is in them."""

    def vacant(self, on: date) -> Self:
        """Posts that nobody holds on that day, not even acting: their work has no owner."""
        return self.exclude(holdings__in=PostHolding.objects.in_force(on))

    def filled(self, on: date) -> Self:
        """Posts held by somebody on that day."""
        return self.filter(pk__in=PostHolding.objects.in_force(on).values("post"))


class Post(Recorded):
    """A post in the structure. Registers point at posts, never at people."""

    code = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    unit = models.ForeignKey(OrganisationalUnit, models.PROTECT, related_name="posts")

    objects = PostQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class UserQuerySet(models.QuerySet["User"]):
    """People who sign in."""

    def active(self) -> Self:
        """Those who may still sign in."""
        return self.filter(is_active=True)


class UserRegister(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes people; a password of None means that one has to be set before signing in."""

    def create_user(self, email: str, display_name: str, password: str | None = None) -> User:
        """A new person, signing in by e-mail."""
        person: User = self.model(email=self.normalize_email(email).lower(), display_name=display_name)
        person.set_password(password)
        person.save(using=self._db)
        return person


class User(Recorded, AbstractBaseUser):
    """A person. Never deleted, only deactivated; the trail keeps the name and post of the day."""

    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserRegister] = UserRegister()
    history = History(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        ordering = ["display_name"]

    def __str__(self) -> str:
        return self.display_name

    # Queries: what this person holds today is read once for each request

    def has_perm(self, permission: str, subject: object = None) -> bool:
        """The one question for every door: may this person do that, to this?"""
        return self.is_active and bool(_user_has_perm(self, permission, subject))

    @cached_property
    def _held_posts(self) -> dict[int, str]:
        held = PostHolding.objects.in_force(today()).filter(person=self).order_by("-kind", "from_on")
        return dict(held.values_list("post_id", "post__title"))

    @cached_property
    def _held_roles(self) -> list[tuple[str, int | None]]:
        held = RoleAssignment.objects.in_force(today()).filter(post__in=self._held_posts)
        return list(held.values_list("role", "unit_id"))

    @cached_property
    def _unit_children(self) -> dict[int | None, list[int]]:
        children: dict[int | None, list[int]] = {}
        for pk, parent in OrganisationalUnit.objects.values_list("pk", "parent_id"):
            children.setdefault(parent, []).append(pk)
        return children

    @property
    def post_title(self) -> str:
        """The title of the post held today, the substantive one first; empty if none."""
        return next(iter(self._held_posts.values()), "")

    def posts(self) -> list[int]:
        """Keys of the posts held today."""
        return list(self._held_posts)

    def occupies(self, post: Post | int | None) -> bool:
        """Does this person hold that post today?"""
        return (post.pk if isinstance(post, Post) else post) in self._held_posts

    def holds(self, *roles: Role) -> bool:
        """Does a post of this person carry one of these roles for the whole council?"""
        return any(role in roles and unit is None for role, unit in self._held_roles)

    def holds_for(self, unit: int | None, *roles: Role) -> bool:
        """Does a post of this person carry one of these roles for that unit, a unit above it, or all?"""
        return self.holds(*roles) or unit in self.units(*roles)

    def holds_any(self, *roles: Role) -> bool:
        """Does a post of this person carry one of these roles, for whatever part of the council?"""
        return any(role in roles for role, _ in self._held_roles)

    def units(self, *roles: Role) -> set[int]:
        """Keys of the units, with all below them, for which this person holds one of these roles."""
        heads = [unit for role, unit in self._held_roles if role in roles and unit is not None]
        return set(self._with_those_below(heads)) if heads else set()

    def _with_those_below(self, heads: Iterable[int]) -> Iterable[int]:
        for head in heads:
            yield head
            yield from self._with_those_below(self._unit_children.get(head, []))


class PostHolding(Recorded, Dated):
    """Who was in a post, from when until when."""

    class Kind(models.TextChoices):
        """An acting holder stands in; both count as holding the post."""

        SUBSTANTIVE = "substantive", "Substantive"
        ACTING = "acting", "Acting"

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    person = models.ForeignKey(User, models.PROTECT, related_name="holdings")
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.SUBSTANTIVE)

    objects = DatedQuerySet.as_manager()
    history = History()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(name="person_takes_up_a_post_once_a_day", fields=["post", "person", "from_on"]),
            models.CheckConstraint(name="holding_kind_is_known", condition=Q(kind__in=["substantive", "acting"])),
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
