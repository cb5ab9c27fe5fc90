"""Days as calendar programs read them (RFC 5545): whole days, lines of 75 octets, ended by CRLF."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LONGEST = 75  # octets of a line, without its end (RFC 5545, 3.1)
HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Custodian//Committees//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "X-WR-CALNAME:Committees",
    "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    "X-PUBLISHED-TTL:PT6H",
)


@dataclass(frozen=True)
class Day:
    """Something on one day. `uid` stays the same as long as it is the same thing, also when it moves."""

    uid: str
    on: date
    summary: str
    description: str = ""
    url: str = ""
    place: str = ""
    is_cancelled: bool = False

    def lines(self, stamp: date) -> list[str]:
        """Its event, not folded. A day without an end lasts that day (3.6.1)."""
        told = {"DESCRIPTION": self.description, "LOCATION": self.place}
        return [
            "BEGIN:VEVENT",
            f"UID:{self.uid}",
            f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{self.on:%Y%m%d}",
            f"SUMMARY:{escaped(self.summary)}",
            *(f"{name}:{escaped(text)}" for name, text in told.items() if text),
            *([f"URL:{self.url}"] if self.url else []),
            f"STATUS:{'CANCELLED' if self.is_cancelled else 'CONFIRMED'}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]


def calendar(days: Iterable[Day], stamp: date) -> bytes:
    """The whole file. `stamp` is the day on which it is made, so that it is the same for a whole day."""
    events = [line for day in days for line in day.lines(stamp)]
    return b"".join(folded(line) for line in (*HEAD, *events, "END:VCALENDAR"))


def escaped(text: str) -> str:
    """A text as a value: backslash, semicolon, comma and line ends are written otherwise (3.3.11)."""
    kept = "".join(letter for letter in text if letter == "\n" or letter.isprintable())
    for letter in ("\\", ";", ","):
        kept = kept.replace(letter, f"\\{letter}")
    return kept.replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A line cut after 75 octets at most, never within a letter; what follows begins with a space."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > LONGEST:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
