"""What posts hold in all registers, and handing it over at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, Case, F, Model, Q, QuerySet, Value, When
from django.urls import NoReverseMatch

from actions.models import Action, Status
from assets.models import (
    Agreement,
    Asset,
    Disposal,
    Dpia,
    Obligation,
    ProcessingActivity,
    ProcessorContract,
    System,
)
from assets.models.states import CLOSED
from governance.core.dates import today
from governance.dashboards.models import HandOver
from governance.history.trail import because, signed
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

    def held_by(self, *posts: Post) -> QuerySet[Any]:
        """The entries that posts hold, by whichever field."""
        held = Q()
        for field in self.fields:
            held |= Q(**{f"{field}__in": posts})
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
    Register("Datasets to publish", Obligation, standing=lambda entries: entries.filter(applies=True)),
    Register(
        "Impact assessments kept under review",
        Dpia,
        ("kept_under_review_by",),
        lambda entries: entries.exclude(state="superseded"),
    ),
    Register("Risks", Risk, standing=lambda entries: entries.exclude(state="withdrawn")),
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


def held(*posts: Post) -> list[Held]:
    """What posts hold, register by register; those in which they hold nothing are left out."""
    found = []
    for register in REGISTERS:
        entries = register.held_by(*posts)
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


def number_held(*posts: Post) -> int:
    """How many entries posts hold, in all registers together."""
    return sum(register.held_by(*posts).count() for register in REGISTERS)


def waiting(*posts: Post) -> int:
    """Disposals that wait for the owner's decision: they go with the assets."""
    undecided = Disposal.objects.open().filter(stage=Disposal.Stage.PROPOSED, owner_agreed_by=None)
    return undecided.filter(asset__owner__in=posts).count()


def hand_over(post: Post, *, to: Post, reason: str) -> int:
    """Everything the post holds now belongs to another: all of it or nothing. Returns how many entries."""
    with transaction.atomic(), because(reason):
        return sum(register.hand_over(post, to) for register in REGISTERS)


def carry_out(planned: HandOver) -> HandOver | None:
    """Do what was planned, in the name of who planned it; None where it is planned no more, or where nobody
    is in the post that is to have it all: it then stays planned, and says so on its page."""
    with transaction.atomic(), signed(planned.planned_by, reason=planned.reason):
        found = HandOver.objects.for_change().planned().filter(pk=planned.pk).first()
        if found is None or not Post.objects.filled(today()).filter(pk=found.to_post_id).exists():
            return None
        found.entries = hand_over(found.from_post, to=found.to_post, reason=found.reason)
        found.state, found.done_on = HandOver.State.DONE, today()
        found.save(update_fields=["state", "entries", "done_on"])
        return found
