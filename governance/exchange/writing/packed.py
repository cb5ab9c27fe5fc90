"""A ZIP written forwards only: its pieces leave as they come to be, and each file is summed up (SHA-256)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZipFile


class Sink:
    """What an archive writes into: keeps the bytes until they are taken. It has no place to go back to."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Keep a piece."""
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> bytes:
        """All since the last time."""
        found = b"".join(self.pieces)
        self.pieces.clear()
        return found


class Archive:
    """A ZIP in the making; `digests` are of the files so far, by name."""

    def __init__(self) -> None:
        self.sink = Sink()
        self.zip = ZipFile(self.sink, "w", ZIP_DEFLATED)  # type: ignore[call-overload]
        self.digests: dict[str, str] = {}

    def add(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Write a file; what has come to be of the archive, a piece after each of the file."""
        digest = hashlib.sha256()
        with self.zip.open(name, "w", force_zip64=True) as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
                yield self.sink.taken()
        self.digests[name] = digest.hexdigest()

    def close(self) -> bytes:
        """The end of the archive."""
        self.zip.close()
        return self.sink.taken()
