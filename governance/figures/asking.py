"""Reading a moment and a scope from what somebody typed, with a clear sentence for what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from governance.core.dates import long_date, today
from governance.figures.figure import SCOPE_PARTS, SCOPE_WIDE
from governance.figures.moment import Moment, Scope

SINGULAR = {"plans": "plan", "units": "unit", "below": "unit", "kinds": "kind"}


class AskedBadlyError(ValueError):
    """What was asked makes no sense; the text says what and where, in words for the person who asked.

    `sentence` leaves out what there is instead: a page lists no codes to somebody who may not see all of it.
    """

    def __init__(self, sentence: str, there_are: str = "") -> None:
        super().__init__(f"{sentence} {there_are}".rstrip())
        self.sentence = sentence


def moment_asked(as_at: str | None, known_at: str | None) -> Moment:
    """The moment of two typed dates (2016-10-24), either left out. Raises AskedBadlyError."""
    day = day_asked(as_at, "The “as at” date") or today()
    known = day_asked(known_at, "The “as known” date")
    return Moment.of(day, known)


def scope_asked(asked: Mapping[str, list[str]], moment: Moment | None = None) -> Scope:
    """The scope of the codes given for each part, at a moment (now, if left out).

    Raises AskedBadlyError naming a code that nobody knows.
    """
    for part, codes in asked.items():
        known = set(SCOPE_PARTS[part]()) if codes and part in SCOPE_PARTS else set()
        if unknown := [code for code in codes if _head(part, code) not in known]:
            raise AskedBadlyError(f"There is no {SINGULAR[part]} “{unknown[0]}”.", _there_are(known))
    parts = {part: tuple(codes) for part, codes in asked.items() if part not in SCOPE_WIDE}
    said: list[tuple[str, str]] = []
    for wide, (part, those_of) in SCOPE_WIDE.items():
        if heads := asked.get(wide):
            named = parts.get(part, ())
            said += [*((wide, code) for code in heads), *((part, code) for code in named)]
            parts[part] = tuple(sorted({*named, *those_of(heads, moment or Moment.now())}))
    return Scope(**parts, said=tuple(said))


def dimensions_asked(declared: Iterable[str], asked: Mapping[str, str]) -> dict[str, str]:
    """The dimensions asked for, of those declared. Raises AskedBadlyError for what no value can be."""
    found = {name: asked[name] for name in declared if asked.get(name)}
    if any("\x00" in value for value in found.values()):
        raise AskedBadlyError("The address holds a character that stands in no text.")
    return found


def _head(part: str, code: str) -> str:
    """What is looked up of a code: a part that stands for many may say of which day."""
    return code.partition("@")[0] if part in SCOPE_WIDE else code


def _there_are(known: set[str]) -> str:
    return f"There are: {', '.join(sorted(known))}." if known else "There are none yet."


def day_asked(typed: str | None, name: str) -> date | None:
    """A typed day, None if nothing was typed. Raises AskedBadlyError for one that is none, or not ours."""
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise AskedBadlyError(f"{name} “{typed}” is not a date. Write it like 2016-10-24.") from None
    if day.year < 1974:
        raise AskedBadlyError(
            f"{name} {long_date(day)} is before there were councils such as this (1 April 1974)."
        )
    if day > today():
        raise AskedBadlyError(f"{name} {long_date(day)} is in the future. Nothing is known of it yet.")
    return day
