"""What posts hold in all registers, and handing it over at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import repeat
from operator import or_
from typing import TYPE_CHECKING, Any

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
from governance.history.trail import because
from governance.people.models import Post, Role
from risks.models import KNOWING, Incident, Risk

if TYPE_CHECKING:
    from governance.people.models import User

SHOWN = 50
# For each register, of each field: the keys of entries.
Keys = Sequence[dict[str, list[int]]]


@dataclass(frozen=True)
class Register:
    """A register in which posts hold entries, and by which fields. What is over is not handed over.

    `said`: an entry in words for whoever hands over, who may not open all that they hand over. `only_for`:
    whoever holds none of these roles hands over no entry of it but those of a post that they are in: else
    who keeps registers would read, count, and give themselves, what they need not know.
    """

    heading: str
    model: type[Model]
    fields: tuple[str, ...] = ("owner",)
    standing: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda entries: entries
    said: Callable[[Any], str] = str
    only_for: tuple[Role, ...] = ()

    def is_open_to(self, person: User | None, posts: Iterable[Post]) -> bool:
        """May this person know what these posts hold in it? Nobody in particular: what is open to all."""
        if not self.only_for:
            return True
        return person is not None and (person.holds(*self.only_for) or all(map(person.occupies, posts)))

    def held_by(self, *posts: Post) -> QuerySet[Any]:
        """The entries that posts hold, by whichever field."""
        held = Q()
        for field in self.fields:
            held |= Q(**{f"{field}__in": posts})
        return self.standing(self.model._default_manager.filter(held))

    def keys(self, post: Post) -> dict[str, list[int]]:
        """The keys of what a post holds now, for each field."""
        held = self.held_by(post).order_by()
        return {
            field: list(held.filter(**{field: post}).values_list("pk", flat=True)) for field in self.fields
        }

    def hand_over(self, post: Post, to: Post, only: dict[str, list[int]] | None = None) -> int:
        """Change every field that names the post, in one UPDATE: one version for each entry. How many.

        `only`: these keys for each field. Within a transaction: what goes is locked first, by key.
        """
        named = {field: Q(**{field: post.pk}) for field in self.fields}
        if only is not None:
            named = {field: which & Q(pk__in=only[field]) for field, which in named.items()}
        changed = {
            field: Case(
                When(which, then=Value(to.pk)), default=F(f"{field}_id"), output_field=BigIntegerField()
            )
            for field, which in named.items()
        }
        going = self.standing(self.model._default_manager.filter(reduce(or_, named.values())))
        in_turn = going.order_by("pk").select_for_update(no_key=True, of=("self",))
        list(in_turn.values_list("pk", flat=True))  # as whoever else changes many: none waits for the other
        return going.order_by().update(**changed)


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
    Register(
        "Incidents handled",
        Incident,
        standing=lambda entries: entries.exclude(state__in=("closed", "withdrawn")),
        said=lambda incident: f"{incident.reference}, for those who need to know",
        only_for=KNOWING,
    ),
    Register("Risks", Risk, standing=lambda entries: entries.filter(state="open")),
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


def open_to(person: User | None, posts: Sequence[Post]) -> list[Register]:
    """The registers in which this person may know, and hand over, what these posts hold."""
    return [register for register in REGISTERS if register.is_open_to(person, posts)]


def held(*posts: Post, by: User | None = None) -> list[Held]:
    """What posts hold that may be known, register by register; those with nothing are left out."""
    found = []
    for register in open_to(by, posts):
        entries = register.held_by(*posts)
        if count := entries.count():
            shown = [(register.said(entry), address(entry)) for entry in entries.order_by("pk")[:SHOWN]]
            found.append(Held(register.heading, shown, count))
    return found


def address(entry: Any) -> str:
    """The address of an entry's page; empty where it has none."""
    try:
        return str(entry.get_absolute_url())
    except (AttributeError, NoReverseMatch):
        return ""


def number_held(*posts: Post, by: User | None = None) -> int:
    """How many entries posts hold that may be known, in all registers together."""
    return sum(register.held_by(*posts).count() for register in open_to(by, posts))


def waiting(*posts: Post) -> int:
    """Disposals that wait for the owner's decision: they go with the assets."""
    undecided = Disposal.objects.open().filter(stage=Disposal.Stage.PROPOSED, owner_agreed_by=None)
    return undecided.filter(asset__owner__in=posts).count()


def keys(post: Post) -> Keys:
    """The keys of all that a post holds now, register by register: what comes to it later is not of them."""
    return [register.keys(post) for register in REGISTERS]


def hand_over(post: Post, *, to: Post, reason: str, by: User | None = None, only: Keys | None = None) -> int:
    """Everything the post holds now, or `only` that of it, belongs to another: all of it or nothing. What
    `by`, who hands it over, need not know of stays. Returns how many entries."""
    with transaction.atomic(), because(reason):
        parts = zip(REGISTERS, only or repeat(None), strict=False)
        known = ((register, part) for register, part in parts if register.is_open_to(by, [post]))
        return sum(register.hand_over(post, to, part) for register, part in known)
