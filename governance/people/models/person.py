"""People who sign in, and what they hold today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import _user_has_perm  # type: ignore[attr-defined]
from django.db import models, transaction
from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from governance.core.dates import today
from governance.core.together import ask_together
from governance.history.models import History, Recorded
from governance.people.models.role import Role
from governance.people.models.structure import OrganisationalUnit, Post, PostHolding, RoleAssignment


class UserQuerySet(models.QuerySet["User"]):
    """People who sign in."""

    def active(self) -> Self:
        """Those who may still sign in."""
        return self.filter(is_active=True)

    def for_directory(self, on: date) -> Self:
        """Each person with `held` of that day, their posts read with them; two queries."""
        held = PostHolding.objects.in_force(on).select_related("post").order_by("-kind", "from_on")
        return self.prefetch_related(Prefetch("holdings", held, to_attr="held"))


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
        constraints = [
            models.CheckConstraint(name="person_email_is_in_lower_case", condition=Q(email=Lower("email"))),
            models.CheckConstraint(name="person_has_a_name", condition=~Q(display_name="")),
        ]

    def __str__(self) -> str:
        return self.display_name

    # Changes

    def deactivate(self, on: date) -> None:
        """Refuse this person from the next request on, and let what they hold end with that day.

        A time in a post that would have begun later is taken off the record of posts; the trail keeps it.
        """
        with transaction.atomic():
            self.is_active = False
            self.save(update_fields=["is_active"])
            held = PostHolding.objects.filter(person=self)
            held.filter(from_on__gt=on).delete()
            for holding in held.in_force(on):
                holding.end(on)

    # Queries: what this person holds today is read once for each request

    def has_perm(self, permission: str, subject: object = None) -> bool:
        """The one question for every door: may this person do that, to this?"""
        return self.is_active and bool(_user_has_perm(self, permission, subject))

    @cached_property
    def _held_posts(self) -> dict[int, str]:
        held = PostHolding.objects.in_force(today()).filter(person=self)
        posts = held.order_by("-kind", "from_on").values_list("post_id", "post__title")
        roles = self._roles_of(held.order_by().values("post_id"))
        ask_together([posts, roles])
        self.__dict__.setdefault("_held_roles", list(roles))
        return dict(posts)

    @cached_property
    def _held_roles(self) -> list[tuple[str, int | None]]:
        posts = self._held_posts
        asked_with_them: list[tuple[str, int | None]] | None = self.__dict__.get("_held_roles")
        return list(self._roles_of(posts)) if asked_with_them is None else asked_with_them

    @staticmethod
    def _roles_of(posts: Any) -> QuerySet[Any, tuple[str, int | None]]:
        given = RoleAssignment.objects.in_force(today()).filter(post__in=posts)
        return given.values_list("role", "unit_id")

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

    @property
    def held_posts(self) -> dict[int, str]:
        """The posts held today: key and title, the substantive one first."""
        return self._held_posts

    def posts(self) -> list[int]:
        """Keys of the posts held today."""
        return list(self._held_posts)

    def post_for(self, unit: int | None, *roles: Role) -> int:
        """The key of the post in which this person signs. Raises LookupError without a post.

        Of the posts held today the first that carries one of these roles for the unit, a unit above it or
        all; else the first.
        """
        given = RoleAssignment.objects.in_force(today()).filter(post__in=self._held_posts, role__in=roles)
        carried = list(given.values_list("post_id", "unit_id"))
        for post in self._held_posts:
            heads = [head for of, head in carried if of == post]
            if None in heads or unit in self._with_those_below([head for head in heads if head is not None]):
                return post
        if not self._held_posts:
            raise LookupError(f"{self.email} holds no post")
        return next(iter(self._held_posts))

    def title_for(self, unit: int | None, *roles: Role) -> str:
        """The title of that post; empty without a post."""
        return self._held_posts[self.post_for(unit, *roles)] if self._held_posts else ""

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

    def holds_a_role(self) -> bool:
        """Does a post of this person carry any role at all?"""
        return bool(self._held_roles)

    def units(self, *roles: Role) -> set[int]:
        """Keys of the units, with all below them, for which this person holds one of these roles."""
        heads = [unit for role, unit in self._held_roles if role in roles and unit is not None]
        return self._with_those_below(heads) if heads else set()

    def _with_those_below(self, heads: Iterable[int]) -> set[int]:
        found: set[int] = set()
        ahead = list(heads)
        while ahead:
            if (unit := ahead.pop()) not in found:
                found.add(unit)
                ahead.extend(self._unit_children.get(unit, []))
        return found
