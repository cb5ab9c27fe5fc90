"""How pages that several registers share speak of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Spoken:
    """A register in words: the name of its room in addresses, and what an entry of it is called."""

    room: str
    noun: str
    plural: str

    @property
    def crumb(self) -> str:
        """The register, as the way from home names it."""
        return self.plural.capitalize()

    @property
    def listing(self) -> str:
        """The register's address, by its name."""
        return f"{self.room}:list"
