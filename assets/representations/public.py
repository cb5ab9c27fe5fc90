"""What anybody may read of an asset. The one place where that is decided; nothing else is even read.

An entry is public when the council holds the asset, has decided to publish it, in whole or in part, and has
given it a marking that may be public; without a marking it is not. Of what is published in part the entry
says the reason and the exemption, and leaves out the texts that could tell what is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from assets.models import HELD, Asset, Function, Marking
from governance.figures.moment import Moment
from governance.people.registers.searching import Text


class PublicField(NamedTuple):
    """One thing that is said: where it is read, and of which of the two decisions it is said."""

    key: str
    heading: str
    path: str
    of: tuple[str, ...] = ("publish", "part")


WHOLE, PART = ("publish",), ("part",)
DECIDED = (*WHOLE, *PART)
# The columns of an asset on which it hangs whether it is public.
DECIDING = frozenset({"state", "publish", "marking_id"})
# Posts, never names.
FIELDS = (
    PublicField("reference", "Reference", "reference"),
    PublicField("title", "Title", "title"),
    PublicField("description", "Description", "description", WHOLE),
    PublicField("purpose", "Purpose", "purpose", WHOLE),
    PublicField("form", "Form", "form"),
    PublicField("function", "Function", "function__name"),
    PublicField("unit", "Unit", "unit__name"),
    PublicField("owner", "Owner", "owner__title"),
    PublicField("personal", "Contains personal data", "contains_personal_data"),
    PublicField("marking", "Protective marking", "marking__name"),
    PublicField("decision", "Published", "publish"),
    PublicField("reason", "Why not in full", "publish_reason", PART),
    PublicField("exemption", "Exemption", "exemption__name", PART),
    PublicField("licence", "Licence", "licence__name"),
    PublicField("licence_address", "Licence address", "licence__address"),
    PublicField("address", "Address of the dataset", "dataset_address"),
    PublicField("stars", "Stars of openness", "stars"),
)
# What the entry of something published in part leaves out, in words.
LEFT_OUT = " and ".join(f"the {field.heading.lower()}" for field in FIELDS if field.of == WHOLE)
NOT_PUBLIC = "Not in the public register, since"
TEXTS = ("reference", "title", "description")
HEADINGS = tuple(field.heading for field in FIELDS)
_WORDS: Mapping[str, Mapping[Any, str]] = {
    "form": dict(Asset.Form.choices),
    "personal": {True: "Yes", False: "No", None: ""},
    "decision": {"publish": "In full", "part": "In part"},
}


class Opening(NamedTuple):
    """What a change of a marking does to the public register: how many entries come or go."""

    marking: Marking
    number: int

    @classmethod
    def by(cls, marking: Marking) -> Opening:
        """What would come of the marking as it is now on the form."""
        return cls(marking, decided().filter(marking=marking).count())

    @property
    def token(self) -> str:
        """What the person who checked has seen; another once another number would come or go."""
        return f"{self.number} {'in' if self.marking.may_be_public else 'out'}"


def decided() -> QuerySet[Asset]:
    """The assets on the register that are to be published, whatever their marking."""
    return Asset.objects.filter(state__in=HELD, publish__in=DECIDED)


def public() -> QuerySet[Asset]:
    """The assets that are public."""
    return decided().filter(marking__may_be_public=True)


def why_not(asset: Asset) -> str:
    """Why an asset that is decided to be published is in no public register, to go after "since"; else empty.

    The same rule as `public`; a test compares them.
    """
    if asset.publish not in DECIDED:
        return ""
    if asset.state not in HELD:
        return f"it is {asset.get_state_display().lower()}"
    if asset.marking is None:
        return "it has no protective marking yet"
    return "" if asset.marking.may_be_public else f"{asset.marking.name} may not be public"


def published(asset: Asset, moment: Moment) -> dict[str, Any]:
    """For the page of an asset: is it to be published, and why is it not, if it is not?"""
    if moment.is_past or asset.publish not in DECIDED:
        return {"to_publish": False}
    return {"to_publish": True, "why_not_public": why_not(asset)}


class Becoming(NamedTuple):
    """What changes do to the public register: how many entries come into it at once, and how many are to be
    published from then on and stay out, since their marking or state does not let them in."""

    public: int
    kept_out: int


def becoming(changes: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Becoming:
    """What becomes of entries: each with its values (those of DECIDING) before, none for a new entry, and the
    values that change."""
    closed = Marking.objects.exclude(may_be_public=True)
    shut = {None, *closed.values_list("pk", flat=True)}

    def is_open(said: Mapping[str, Any]) -> bool:
        return said["state"] in HELD and said["publish"] in DECIDED and said["marking_id"] not in shut

    public = kept_out = 0
    for before, after in changes:
        then = {**before, **after}
        if is_open(then):
            public += not (before and is_open(before))
        elif then["publish"] in DECIDED and after.get("publish") in DECIDED:
            kept_out += 1
    return Becoming(public, kept_out)


def entries() -> QuerySet[Asset, dict[str, Any]]:
    """Every public entry by reference, as plain values: those of FIELDS and `changed`, its last change."""
    versions: Any = Asset.history
    changed = versions.standing().filter(id=OuterRef("pk")).values("history_date")
    # A column of the asset and what is said of it may have the same name: each is read under one of its own.
    read = {f"said_{field.key}": F(field.path) for field in FIELDS}
    rows: QuerySet[Any, Any] = public().order_by("reference").values(**read, changed=Subquery(changed[:1]))
    return rows


def searched(words: Sequence[str]) -> QuerySet[Asset]:
    """Public assets with every word in their reference, title, description or function.

    What is withheld cannot be found by searching for it.

    The index of the register's own search finds the texts (migration 0009), that of functions the rest.
    """
    found = public().alias(texts=Text(*map(F, TEXTS)), titles=Text(*map(F, TEXTS[:2])))
    functions = list(Function.objects.values_list("pk", "name")) if words else []
    for word in (each.upper() for each in words):
        whole = Q(publish="publish") | Q(titles__contains=word)
        named = [pk for pk, name in functions if word in name.upper()]
        found = found.filter(Q(texts__contains=word) & whole | Q(function_id__in=named))
    return found


def said(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each entry in words, by the keys of FIELDS; empty where nothing is said under that decision."""
    for row in rows:
        decision = row["said_decision"]
        entry = {
            field.key: _in_words(field.key, row[f"said_{field.key}"]) if decision in field.of else ""
            for field in FIELDS
        }
        yield entry | {"changed": row["changed"]}


def _in_words(key: str, value: Any) -> str:
    if key in _WORDS:
        return _WORDS[key][value]
    return "" if value is None else str(value)
