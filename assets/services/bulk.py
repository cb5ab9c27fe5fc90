"""Changing many assets at once: what would happen is shown first, and only that is done.

What was checked is bound to the versions that stood then, in a signed token: an asset that somebody has
changed since is left as it is, and named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet

from assets.models import Asset
from governance.history.trail import because

if TYPE_CHECKING:
    from governance.people.models import User

# More at once would make one transaction that holds others up for long.
MOST = 10_000
SHOWN = 50
SALT = "assets.bulk"
A_DAY = 24 * 60 * 60
SENSITIVE = Q(special_category=True) | Q(criminal_offence=True)


class TokenError(ValueError):
    """What was checked is too old, not this person's, or not of our making."""


@dataclass(frozen=True)
class Checked:
    """What a change of many would do: how many it changes, how many have it already, which cannot."""

    changing: int
    same: int
    refused: Sequence[str]
    why_refused: str
    shown: Sequence[Asset]
    token: str


@dataclass(frozen=True)
class Done:
    """How many assets were changed, and which were left because somebody else had changed them since."""

    changed: int
    left: Sequence[str]


def refusal(values: Mapping[str, Any]) -> tuple[Q, str]:
    """Which assets cannot take these values, and the sentence that says why."""
    if values.get("contains_personal_data", True) is not True:
        return SENSITIVE, "They hold special category or criminal offence data, which are personal data."
    return Q(pk__in=[]), ""


def check(selected: QuerySet[Asset], values: Mapping[str, Any], reason: str, by: User) -> Checked:
    """What would happen to the assets selected. `values` are by attname, as the database holds them."""
    cannot, why = refusal(values)
    able = selected.exclude(cannot)
    changing = able.exclude(**values)
    versions = Asset.history.standing().filter(id__in=changing.order_by().values("pk"))
    seen = sorted(versions.values_list("id", "history_id"))
    checked = {"by": by.pk, "values": dict(values), "reason": reason, "seen": seen}
    return Checked(
        changing=len(seen),
        same=able.filter(**values).count(),
        refused=list(selected.filter(cannot).order_by("reference").values_list("reference", flat=True)),
        why_refused=why,
        shown=list(changing.order_by("reference")[:SHOWN]),
        token=signing.dumps(checked, salt=SALT, compress=True),
    )


def do(token: str, by: User) -> Done:
    """Change what was checked, in one statement; raises TokenError."""
    checked = opened(token, by)
    seen: dict[int, int] = dict(checked["seen"])
    with transaction.atomic(), because(checked["reason"]):
        fresh = unmoved(seen)
        cannot, _ = refusal(checked["values"])
        changing = Asset.objects.filter(pk__in=fresh).exclude(cannot).exclude(**checked["values"])
        changed = changing.update(**checked["values"])
    moved = Asset.objects.filter(pk__in=seen.keys() - set(fresh)).order_by("reference")
    return Done(changed, list(moved.values_list("reference", flat=True)))


def opened(token: str, by: User) -> dict[str, Any]:
    """What a token says. Raises TokenError with a sentence."""
    try:
        checked: dict[str, Any] = signing.loads(token, salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        raise TokenError("What you checked is more than a day old or incomplete. Start again") from None
    if checked["by"] != by.pk:
        raise TokenError("Somebody else checked this. Start again")
    return checked


def unmoved(seen: Mapping[int, int]) -> list[int]:
    """Locks the assets, then says which of them still stand as they were seen."""
    locked = Asset.objects.filter(pk__in=seen).order_by("pk").select_for_update(no_key=True, of=("self",))
    list(locked.values_list("pk", flat=True))
    standing = Asset.history.standing().filter(id__in=seen).values_list("id", "history_id")
    return [key for key, version in standing if seen[key] == version]
