"""Changing many assets at once: what would happen is shown first, and only that is done.

What was checked is bound to the versions that stood then, in a signed token: an asset that somebody has
changed since is left as it is, and named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet
from psycopg.errors import ForeignKeyViolation

from assets.models import CLOSED, Asset
from assets.representations.public import DECIDING, Becoming, becoming
from governance.core.refusals import rule_of
from governance.history.trail import because

if TYPE_CHECKING:
    from governance.people.models import User

# More at once would make one transaction that holds others up for long.
MOST = 10_000
SHOWN = 50
SALT = "assets.bulk"
MORE_OPEN = "More of them would become public than when you checked. Start again"
A_DAY = 24 * 60 * 60
OVER = Q(state__in=CLOSED)
SENSITIVE = Q(special_category=True) | Q(criminal_offence=True)
IMPERSONAL = Q(contains_personal_data=False) | Q(contains_personal_data=None)


class NotDoneError(ValueError):
    """Nothing was changed; the words say why."""


class TokenError(NotDoneError):
    """What was checked is too old, not this person's, or not of our making."""


class RefusedError(NotDoneError):
    """A rule of the register refuses the change, of one asset at least."""


@dataclass(frozen=True)
class Refused:
    """Assets that cannot be changed, and the sentence that says why."""

    why: str
    references: Sequence[str]


@dataclass(frozen=True)
class Checked:
    """What a change of many would do: how many it changes, how many have it already, which cannot."""

    changing: int
    same: int
    refused: Sequence[Refused]
    shown: Sequence[Asset]
    token: str
    becoming: Becoming

    @property
    def cannot(self) -> int:
        """How many cannot be changed."""
        return sum(len(refused.references) for refused in self.refused)


@dataclass(frozen=True)
class Done:
    """How many assets were changed, and which were left because somebody else had changed them since."""

    changed: int
    left: Sequence[str]


def refusals(values: Mapping[str, Any]) -> list[tuple[Q, str]]:
    """Which assets cannot take these values, each time with the sentence that says why; none is in two."""
    found = [(OVER, "They have been disposed of, transferred or withdrawn.")]
    if values.get("contains_personal_data", True) is not True:
        why = "They hold special category or criminal offence data, which are personal data."
        found.append((SENSITIVE & ~OVER, why))
    if values.get("special_category") or values.get("criminal_offence"):
        why = "It is not said that they contain personal data, which such data are. Say that first."
        found.append((IMPERSONAL & ~OVER, why))
    return found


def refused(selected: QuerySet[Asset], values: Mapping[str, Any]) -> list[Refused]:
    """Those of the selected that cannot take these values, by reason."""
    found = [
        Refused(why, list(selected.filter(cannot).order_by("reference").values_list("reference", flat=True)))
        for cannot, why in refusals(values)
    ]
    return [each for each in found if each.references]


def able(selected: QuerySet[Asset], values: Mapping[str, Any]) -> QuerySet[Asset]:
    """Those of the selected that can take these values."""
    for cannot, _ in refusals(values):
        selected = selected.exclude(cannot)
    return selected


def check(selected: QuerySet[Asset], values: Mapping[str, Any], reason: str, by: User) -> Checked:
    """What would happen to the assets selected. `values` are by attname, as the database holds them."""
    can = able(selected, values)
    changing = can.exclude(**values)
    versions = Asset.history.standing().filter(id__in=changing.order_by().values("pk"))
    seen = sorted(versions.values_list("id", "history_id"))
    opens = opening(changing, values)
    checked = {"by": by.pk, "values": dict(values), "reason": reason, "seen": seen, "opens": opens.public}
    return Checked(
        changing=len(seen),
        same=can.filter(**values).count(),
        refused=refused(selected, values),
        shown=list(changing.select_related(*related(values)).order_by("reference")[:SHOWN]),
        token=signing.dumps(checked, salt=SALT, compress=True),
        becoming=opens,
    )


def opening(changing: QuerySet[Asset], values: Mapping[str, Any]) -> Becoming:
    """How many of the assets become public at once by these values, and how many stay out of the register."""
    if not DECIDING & values.keys():
        return Becoming(0, 0)
    return becoming((before, values) for before in changing.order_by().values(*DECIDING))


def related(values: Mapping[str, Any]) -> list[str]:
    """The records that these columns choose, so that the page can name those that are chosen now."""
    fields: list[Any] = [*Asset._meta.concrete_fields]
    return [each.name for each in fields if each.is_relation and each.attname in values]


def do(token: str, by: User) -> Done:
    """Change what was checked, in one statement; raises TokenError, or RefusedError naming the rule."""
    checked = opened(token, by)
    seen: dict[int, int] = dict(checked["seen"])
    try:
        with transaction.atomic(), because(checked["reason"]):
            fresh = unmoved(seen)
            values = checked["values"]
            changing = able(Asset.objects.filter(pk__in=fresh), values).exclude(**values)
            if opening(changing, values).public > checked["opens"]:
                raise NotDoneError(MORE_OPEN)
            changed = changing.update(**values)
            connection.check_constraints()
    except IntegrityError as wrong:
        raise RefusedError(why(wrong)) from None
    moved = Asset.objects.filter(pk__in=seen.keys() - set(fresh)).order_by("reference")
    return Done(changed, list(moved.values_list("reference", flat=True)))


def why(wrong: IntegrityError) -> str:
    """The rule that the database kept, as a sentence: our constraints have their rules for names."""
    if isinstance(wrong.__cause__, ForeignKeyViolation):
        return "What you chose has been taken off its list since. Start again and choose another"
    named = rule_of(wrong) or "a rule of the register"
    return f"At least one of them cannot be changed so. The rule is: {named}"


def opened(token: str, by: User, salt: str = SALT) -> dict[str, Any]:
    """What a token says. Raises TokenError with a sentence."""
    try:
        checked: dict[str, Any] = signing.loads(token, salt=salt, max_age=A_DAY)
    except signing.BadSignature:
        raise TokenError("What you checked is more than a day old or incomplete. Start again") from None
    if checked["by"] != by.pk:
        raise TokenError("Somebody else checked this. Start again")
    return checked


def unmoved(seen: Mapping[int, int], model: Any = Asset) -> list[int]:
    """Locks the entries, then says which of them still stand as they were seen."""
    locked = model.objects.filter(pk__in=seen).order_by("pk").select_for_update(no_key=True, of=("self",))
    list(locked.values_list("pk", flat=True))
    standing = model.history.standing().filter(id__in=seen).values_list("id", "history_id")
    return [key for key, version in standing if seen[key] == version]
