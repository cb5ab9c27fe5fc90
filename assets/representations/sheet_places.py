"""Where an asset is kept, in files: its places, and a column of words that names places and its system."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Replace

from assets.models import Keeping, Location, System
from governance.people.registers.cells import CellError
from governance.people.registers.columns import Option
from governance.people.registers.finding import AMBIGUOUS, by_word, finder, folded, short
from governance.people.registers.lookups import KeptAt
from governance.people.registers.several import BETWEEN, WITHIN, New, Several, parts
from governance.people.registers.sheet import Spread, Understood
from governance.people.registers.versions import instant_of, then

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User

SYSTEM, PLACES = "system", "places"
LONGEST_NOTE = 200
WHERE_TO_ADD = (
    "Say under “Words of the file” what it stands for; or add it as a place, on the page “Lists, systems and "
    "places”, and check the file again"
)
Entry = System | Location


def flat(text: str) -> str:
    """A name as it stands among others in a cell."""
    return text.replace(BETWEEN, WITHIN)


def words_of(entries: Iterable[Entry]) -> Iterable[tuple[str, Entry]]:
    """What each is known by."""
    return ((word, each) for each in entries for word in (each.code, flat(each.name)))


def named_place(place: Location, note: str = "") -> New:
    """A place as a row of an asset."""
    why_not = f"“{place.name}” is no longer offered. Choose another" if place.is_retired else ""
    return New(flat(place.name), {"location_id": place.pk, "note": note}, why_not)


def places_named(words: Collection[str]) -> Callable[[str], New]:
    """Finds places by name or code."""
    every = list(Location.objects.all())
    find = finder(by_word(words_of(every)), [flat(each.name) for each in every if not each.is_retired])
    return lambda part: named_place(find(part))


LIST_OF_PLACES = KeptAt("Places", "assets:entries", ["location"], "assets.keep_lists")
AT_PLACES = Several(
    name=PLACES,
    attname="rows_places",
    heading="Places",
    aliases=("Places it is kept at",),
    help="One in a line, or with semicolons between. What is not named is taken away",
    of=Keeping,
    entry="asset_id",
    by=("location_id",),
    said=Replace(F("location__name"), Value(BETWEEN), Value(WITHIN)),
    finds=places_named,
)


def with_places(found: QuerySet[Any], moment: Moment, person: User) -> QuerySet[Any]:
    """Versions of assets with where each was kept at the moment, by the names of that day."""
    instant: datetime = instant_of(moment)
    named = then(Location, "name", "location_id", instant) if moment.is_past else F("location__name")
    column = AT_PLACES.saying(Replace(named, Value(BETWEEN), Value(WITHIN)))
    versions: Any = Keeping.history.before(instant)
    of_one = column.worded(versions).filter(asset_id=OuterRef("id")).order_by().values("asset_id")
    words = StringAgg("said", f"{BETWEEN} ", distinct=True, order_by="said")
    rows: QuerySet[Any] = found.annotate(told_places=Subquery(of_one.annotate(words=words).values("words")))
    return rows


class Kept:
    """Understands where something is kept: the systems and places that a cell names."""

    def __init__(self) -> None:
        self.known = by_word(words_of([*System.objects.all(), *Location.objects.all()]))

    def __call__(self, text: str) -> Understood:
        """Its system and its places. Raises CellError for a word that is on neither list."""
        found = [each for part in parts(text) for each in self.entries(part)]
        systems = {each.pk: each for each, _ in found if isinstance(each, System)}
        if len(systems) > 1:
            names = " and ".join(each.name for each in systems.values())
            raise CellError(
                f"It names {names}, and an asset has one system. Name the others in its description"
            )
        places = {each.pk: named_place(each, note) for each, note in found if isinstance(each, Location)}
        values: dict[str, Any] = dict.fromkeys([SYSTEM] if systems else [], next(iter(systems), None))
        values |= {PLACES: tuple(places.values())} if places else {}
        return Understood(values, said_of(text, found))

    def entries(self, part: str) -> list[tuple[Entry, str]]:
        """What a part names: one, or several with commas between, or a place and where in it."""
        if entry := self.entry(part):
            return [(entry, "")]
        first, *rest = [each.strip() for each in part.split(WITHIN) if each.strip()] or [part]
        others = [self.entry(each) for each in rest]
        entry = self.entry(first)
        if entry and rest and all(others):
            return [(entry, ""), *((each, "") for each in others if each)]
        note = f"{WITHIN} ".join(rest)
        if isinstance(entry, Location) and not any(others) and len(note) <= LONGEST_NOTE:
            return [(entry, note)]
        raise CellError(f"“{short(part)}” is neither a system nor a place on the lists. {WHERE_TO_ADD}")

    def entry(self, word: str) -> Entry | None:
        """The system or place of that name or code. Raises CellError where there are two."""
        found: Entry | None = self.known.get(folded(word))
        if found is AMBIGUOUS:
            raise CellError(f"More than one system or place is called “{short(word)}”. Use its code")
        return found


def said_of(text: str, found: Iterable[tuple[Entry, str]]) -> str:
    """What a cell was read as, in a sentence."""
    said = [
        f"{'the system' if isinstance(each, System) else 'the place'} {each}{f' ({note})' if note else ''}"
        for each, note in found
    ]
    return f"“{short(text)}” is read as {', '.join(said)}"


def offers() -> list[Option]:
    """The systems and places that can be chosen today."""
    systems: Mapping[str, Any] = {SYSTEM: System.objects.offered(), "place": Location.objects.offered()}
    return [
        Option(of_one(each), f"{each.name} ({kind})") for kind, among in systems.items() for each in among
    ]


def of_one(entry: Entry) -> Understood:
    """That an officer says that words stand for it."""
    if isinstance(entry, System):
        return Understood({SYSTEM: entry.pk}, key=f"system-{entry.pk}")
    return Understood({PLACES: (named_place(entry),)}, key=f"place-{entry.pk}")


WHERE_KEPT = Spread(
    name="where_kept",
    heading="Where it is kept (words)",
    aliases=(
        "Where it is kept", "Where kept", "Kept at", "Kept in", "Where held", "Where is it held",
        "Where it is held", "Where is it kept", "Where stored", "Stored in", "Storage", "Storage location",
        "Location", "Locations", "Place", "Where is it", "Where it lives", "Location of records",
    ),
    help="A system, a place, or both",
    sets=(SYSTEM, PLACES),
    finds=Kept,
    offers=offers,
    kept_at=LIST_OF_PLACES,
    empty=Understood({SYSTEM: None, PLACES: ()}),
)  # fmt: skip
