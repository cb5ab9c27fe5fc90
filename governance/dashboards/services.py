"""Handing over everything that a post holds, in all registers, at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, Case, F, Model, Q, QuerySet, Value, When
from django.urls import NoReverseMatch

from actions.models import Action, Status
from assets.models import Agreement, Asset, Obligation, ProcessingActivity, ProcessorContract, System
from assets.models.states import CLOSED
from governance.core.dates import today
from governance.history.trail import because
from governance.people.models import Post
from risks.models import Risk

SHOWN = 50


@dataclass(frozen=True)
class Register:
    """A register in which posts hold entries, and by which fields. What is over is not handed over."""

    heading: str
    model: type[Model]
    fields: tuple[str, ...] = ("owner",)
    standing: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda entries: entries

    def held_by(self, post: Post) -> QuerySet[Any]:
        """The entries that a post holds, by whichever field."""
        held = Q()
        for field in self.fields:
            held |= Q(**{field: post})
        return self.standing(self.model._default_manager.filter(held))

    def hand_over(self, post: Post, to: Post) -> int:
        """Change every field that names the post, in one UPDATE: one version for each entry. How many."""
        changed = {
            field: Case(
                When(**{field: post.pk}, then=Value(to.pk)),
                default=F(f"{field}_id"),
                output_field=BigIntegerField(),
            )
            for field in self.fields
        }
        return self.held_by(post).order_by().update(**changed)


REGISTERS = (
    Register("Assets", Asset, ("owner", "custodian"), lambda entries: entries.exclude(state__in=CLOSED)),
    Register("Systems", System, standing=lambda entries: entries.filter(is_retired=False)),
    Register(
        "Processing activities", ProcessingActivity, standing=lambda entries: entries.exclude(state="ended")
    ),
    Register("Sharing agreements", Agreement, standing=lambda entries: entries.exclude(state="ended")),
    Register(
        "Contracts with processors",
        ProcessorContract,
        standing=lambda entries: entries.exclude(until_on__lt=today()),
    ),
    Register("Datasets to publish", Obligation),
    Register("Risks", Risk),
    Register("Actions", Action, standing=lambda entries: entries.exclude(status__in=Status.closed())),
)


@dataclass(frozen=True)
class Held:
    """What a post holds in one register: the first entries, and how many there are."""

    heading: str
    entries: Sequence[tuple[Any, str]]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.entries)


def held(post: Post) -> list[Held]:
    """What a post holds, register by register; those in which it holds nothing are left out."""
    found = []
    for register in REGISTERS:
        entries = register.held_by(post)
        if count := entries.count():
            shown = [(entry, address(entry)) for entry in entries.order_by("pk")[:SHOWN]]
            found.append(Held(register.heading, shown, count))
    return found


def address(entry: Any) -> str:
    """The address of an entry's page; empty where it has none."""
    try:
        return str(entry.get_absolute_url())
    except (AttributeError, NoReverseMatch):
        return ""


def hand_over(post: Post, *, to: Post, reason: str) -> int:
    """Everything the post holds now belongs to another: all of it or nothing. Returns how many entries."""
    with transaction.atomic(), because(reason):
        return sum(register.hand_over(post, to) for register in REGISTERS)
