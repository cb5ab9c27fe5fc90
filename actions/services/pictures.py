"""Pictures, read piece by piece as a browser reads them, and no further than they need be."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from zipfile import is_zipfile

MOST_PIECES = 20_000
MOST_BEHIND = 65_536  # what cameras and telephones write behind a photograph
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
SCAN, ENDS, TABLES = 0xDA, 0xD9, range(0xC0, 0xFF)
MARK = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")  # what ends a run of coded data


def is_png(data: bytes) -> bool:
    """Piece after piece as its own sums say, to the last one, and nothing behind that."""
    place, kind, pieces = 8, b"", 0
    while data.startswith(b"\x89PNG\r\n\x1a\n") and place + 12 <= len(data) and kind != b"IEND":
        length = int.from_bytes(data[place : place + 4])
        kind, end, pieces = data[place + 4 : place + 8], place + 8 + length, pieces + 1
        if zlib.crc32(data[place + 4 : end]).to_bytes(4) != data[end : end + 4] or pieces > MOST_PIECES:
            return False
        place = end + 4
    return kind == b"IEND" and place == len(data)


def is_jpg(data: bytes) -> bool:
    """A photograph from its first mark to its last; behind it others, or the little that cameras write."""
    end = _end_of_jpg(data, 0)
    while end and data.startswith(b"\xff\xd8\xff", end):
        further = _end_of_jpg(data, end)
        if not further:
            break
        end = further
    return bool(end) and len(data) - end <= MOST_BEHIND and not is_zipfile(BytesIO(data))


def _end_of_jpg(data: bytes, start: int) -> int:
    """Where the photograph that begins here ends; 0 where it is none."""
    if not data.startswith(b"\xff\xd8\xff", start):
        return 0
    place, seen = start + 2, set[int]()
    for _ in range(MOST_PIECES):
        found = MARK.match(data, place)
        if not found:
            return 0
        mark, place = data[found.end() - 1], found.end()
        if mark == ENDS:
            return place if seen & FRAMES and SCAN in seen else 0
        length = int.from_bytes(data[place : place + 2])
        if mark not in TABLES or length < 2:
            return 0
        seen.add(mark)
        place += length
        if mark == SCAN:
            coded = MARK.search(data, place)
            place = coded.start() if coded else len(data)
    return 0
