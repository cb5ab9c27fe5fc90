"""A layout of files that others settled. What is known of its columns is data: a CSV file beside this one."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

# What a column is for: the whole organisation, the register, another register, or only to be read by people.
COUNCIL, REGISTER, DOWNLOAD = "council", "register", "download"
PROCESSING, ASSET = "processing", "asset"
WHY_IGNORED = {
    COUNCIL: "About the whole organisation, in the first row: kept on a page of its own (People and roles)",
    PROCESSING: "About the processing: brought in as processing activities, from this same file",
    ASSET: "About the asset: brought in as assets, from this same file",
    DOWNLOAD: "Download only: filled in by whoever writes the file, and never taken from it",
}
_MARK = re.compile(r"\(download only\)", re.IGNORECASE)
_OUTSIDE_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class LayoutColumn:
    """A column: its place ("" where nobody could tell), heading, use, and the field it stands for here.

    `processing` is the column of the record of processing that it stands for, "" for none.
    `basis` says how its name is known: published, from an older layout of the same tool, or unseen, which
    is our own word for something the layout is said to hold.
    """

    place: str
    heading: str
    use: str
    field: str
    basis: str
    processing: str = ""

    @property
    def is_required(self) -> bool:
        """Must a file of this layout have it? Every column whose name was published."""
        return self.basis == "published"


@dataclass(frozen=True)
class Layout:
    """A layout for a register of files. A file is in it if it has all headings that are sure."""

    key: str
    title: str
    register: str
    columns: Sequence[LayoutColumn]

    def by_heading(self, headings: Iterable[str]) -> dict[str, LayoutColumn]:
        """The column that each heading stands for; headings the layout does not know are left out."""
        known = {plain(column.heading): column for column in self.columns}
        return {heading: known[plain(heading)] for heading in headings if plain(heading) in known}

    def fits(self, headings: Sequence[str]) -> bool:
        """Is a file with these headings in this layout?"""
        found = set(self.by_heading(headings).values())
        return all(column in found for column in self.columns if column.is_required)

    def mapping(self, headings: Sequence[str]) -> dict[str, str]:
        """For each heading the layout knows, the register's column, or "" for one that is left out."""
        return {
            heading: column.field if column.use == REGISTER else ""
            for heading, column in self.by_heading(headings).items()
        }

    def left_out(self, headings: Sequence[str]) -> dict[str, str]:
        """Why each heading that the layout knows, and a file may not set, is left out."""
        return {
            heading: WHY_IGNORED[column.use]
            for heading, column in self.by_heading(headings).items()
            if column.use in WHY_IGNORED
        }

    def council(self, first_row: Mapping[str, object]) -> dict[str, str]:
        """What the first row says of the organisation, by field; what it leaves blank is left out."""
        said = {
            column.field: str(first_row[heading] or "").strip()
            for heading, column in self.by_heading(first_row).items()
            if column.use == COUNCIL
        }
        return {field: text for field, text in said.items() if text}


def plain(heading: str) -> str:
    """A heading as layouts compare it: "Service ID (download only)" is "ServiceID"."""
    return _OUTSIDE_WORDS.sub("", _MARK.sub("", heading).casefold())


def of_processing(columns: Iterable[LayoutColumn]) -> tuple[LayoutColumn, ...]:
    """The same columns as a file of processing activities has them."""
    found = []
    for column in columns:
        use = ASSET if column.use in (REGISTER, PROCESSING) else column.use
        field = column.field if use == COUNCIL else column.processing
        found.append(replace(column, use=REGISTER if column.processing else use, field=field))
    return tuple(found)


def columns_of(file: Path) -> tuple[LayoutColumn, ...]:
    """The columns that a CSV file describes."""
    with file.open(newline="", encoding="utf-8") as lines:
        return tuple(LayoutColumn(**row) for row in csv.DictReader(lines))


def recognised(layouts: Iterable[Layout], register: str, headings: Sequence[str]) -> Layout | None:
    """The layout of a register that a file with these headings is in, if any."""
    return next((each for each in layouts if each.register == register and each.fits(headings)), None)


def others(layouts: Iterable[Layout], register: str, headings: Sequence[str]) -> list[Layout]:
    """The layouts of other registers that a file with these headings is in, and for which it has columns."""
    known = list(layouts)
    own = recognised(known, register, headings)
    taken = {heading for heading, name in own.mapping(headings).items() if name} if own else set()
    fitting = [each for each in known if each.register != register and each.fits(headings)]
    return [each for each in fitting if {h for h, name in each.mapping(headings).items() if name} - taken]
