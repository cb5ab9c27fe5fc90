"""The lists that assets choose from. They are data, kept on pages by officers, never code.

An entry in use is never deleted: it is retired, and then no longer offered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from governance.history.models import History, Recorded


class ListQuerySet(models.QuerySet[Any]):
    """Entries of a list."""

    def offered(self, *, also: Any = None, key: str = "pk") -> Self:
        """Those that can be chosen today, and the one chosen before (`also`, in the column `key`)."""
        return self.filter(Q(is_retired=False) | Q(**{key: also}))


class ListEntry(Recorded):
    """One word of a list: a short code for files, a name for people, an explanation for whoever chooses."""

    code = models.SlugField(max_length=40, unique=True, help_text="a short code, used in files")
    name = models.CharField(max_length=120, unique=True)
    explanation = models.CharField(max_length=300, blank=True, default="")
    position = models.PositiveIntegerField(default=0, help_text="entries are offered in this order")
    is_retired = models.BooleanField("no longer offered", default=False)

    # Fields that take more than keeping lists, each with the permission it takes.
    guarded: ClassVar[Mapping[str, str]] = {}

    objects = ListQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(name="%(class)s_has_code_and_name", condition=~Q(code="") & ~Q(name=""))
        ]

    def __str__(self) -> str:
        return self.name


class Function(ListEntry):
    """What the council does, whoever does it this year: stable, where units are reorganised."""

    history = History()


class Marking(ListEntry):
    """A protective marking (Government Security Classifications Policy, PPN 07/23)."""

    guarded = {"may_be_public": "assets.open_to_public"}

    may_be_public = models.BooleanField(
        "may be published", default=False, help_text="may an entry so marked be shown to the public?"
    )
    history = History()


class OldMarking(Recorded):
    """An old or local word for a marking, as files brought in may say it ("RESTRICTED")."""

    word = models.CharField(max_length=120, unique=True, help_text="compared without regard to case")
    marking = models.ForeignKey(Marking, models.PROTECT, related_name="old_words")

    history = History()

    class Meta:
        ordering = ["word"]
        constraints = [models.CheckConstraint(name="old_marking_has_a_word", condition=~Q(word=""))]

    def __str__(self) -> str:
        return self.word


class ImpactLevel(ListEntry):
    """A step of the one scale on which confidentiality, integrity and availability are rated.

    No national scale for councils is known (domain.md 1.5); `number` orders it, the highest being worst.
    """

    number = models.PositiveSmallIntegerField(unique=True)
    is_high = models.BooleanField(
        "counts as high", default=False, help_text="high-risk assets are confirmed twice a year"
    )
    history = History()

    class Meta(ListEntry.Meta):
        ordering = ["number"]


class VolumeBand(ListEntry):
    """About how much there is."""

    history = History()


class Licence(ListEntry):
    """On what terms what is published may be used again."""

    address = models.URLField(blank=True, default="")
    guarded = {"is_open": "assets.open_to_public"}

    is_open = models.BooleanField("an open licence", default=False)
    history = History()


class Exemption(ListEntry):
    """Why information is withheld: an exemption of the FOI Act or an exception of the EIR."""

    law = models.CharField(max_length=120, blank=True, default="")
    history = History()
