"""How a person likes to see a register: the columns they chose, and the views they saved."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import OuterRef, Q

from governance.history.models import History, Recorded
from governance.people.models.person import User


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved views of registers."""

    def offered_to(self, person: User, register: str | OuterRef) -> Self:
        """This person's own and those shared with all, by name."""
        mine = Q(person=person) | Q(is_shared=True)
        return self.filter(mine, register=register).order_by("name")


class SavedView(Recorded):
    """The address of a register with its filters, order and columns, under a name."""

    person = models.ForeignKey(User, models.PROTECT, related_name="saved_views")
    register = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000, blank=True, default="", help_text="what follows the ?")
    is_shared = models.BooleanField("shared with all who read the register", default=False)

    objects = SavedViewQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                name="saved_view_has_a_name_of_its_own", fields=["person", "register", "name"]
            ),
            models.CheckConstraint(name="saved_view_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class ChosenColumns(Recorded):
    """Which columns of a register a person wants to see, by their codes, in the register's order."""

    person = models.ForeignKey(User, models.PROTECT, related_name="chosen_columns")
    register = models.CharField(max_length=20)
    codes = models.CharField(max_length=500, blank=True, default="", help_text="with spaces between")

    history = History()

    class Meta:
        constraints = [models.UniqueConstraint(name="columns_are_chosen_once", fields=["person", "register"])]

    def __str__(self) -> str:
        return f"{self.register} for {self.person}"
