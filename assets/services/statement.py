"""The text for the annual governance statement, made of figures as at 31 March, last year beside each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings

from assets.figures import tallies
from assets.figures.attestation import FIGURES
from assets.figures.dpia import without_ropa
from assets.figures.retention import over_retained
from assets.models import PositionStatement
from assets.services.position import Position
from assets.services.standing import whole
from governance.core.dates import LONDON, long_date
from governance.figures.figure import get_figure
from governance.figures.moment import Moment, Scope

EACH = re.compile(r"{([a-z_.]+) ?([a-z ]*)}")
# What is said of each thing. In braces a figure and its noun, printed with what it was the year before.
SENTENCES = (
    (
        "The register",
        "The register of information assets held {assets.total assets}. Of these {assets.key} were key "
        "assets, {assets.with_personal_data} contained personal data and "
        "{assets.not_assessed_for_personal_data} were not yet assessed for it.",
    ),
    ("Ownership", "Every asset belongs to a post. The owner post of {assets.ownerless assets} was vacant."),
    (
        "Confirmation by owners",
        "Owners had confirmed {assets.attested assets}. To be confirmed were {assets.attestation_due}, of "
        "which {assets.attestation_overdue} were overdue; {assets.never_attested} had never been confirmed.",
    ),
    (
        "Processing of personal data",
        "Not in the record of processing activities were {assets.without_ropa assets with personal data}.",
    ),
    (
        "Retention and disposal",
        "Without a retention rule were {assets.without_retention_rule assets}; {assets.over_retained} were "
        "kept longer than their rule allows, and {assets.to_be_disposed} were to be disposed of.",
    ),
    (
        "Openness",
        "Whether to publish was not decided for {assets.without_publish_decision assets}.",
    ),
)
EMPTY = "The register of information assets was not yet kept on {}: nothing had been recorded by then."


@dataclass(frozen=True)
class Piece:
    """Words, or a number with the way to its rows and what it was a year before."""

    text: str
    href: str = ""
    noun: str = ""
    before: int | None = None

    @property
    def plain(self) -> str:
        """Without the link."""
        return f"{self.text}{self.noun}{self.compared}"

    @property
    def compared(self) -> str:
        """What it was a year before, in brackets."""
        return "" if self.before is None else f" (a year before: {self.before:,})"


@dataclass(frozen=True)
class Paragraph:
    """What the statement says of one thing."""

    heading: str
    pieces: Sequence[Piece]


def values(moment: Moment, position_values: dict[str, int]) -> dict[str, int]:
    """Every figure of the text at a moment, by key."""
    alone = {each.key: each.value(moment, Scope()) for each in (without_ropa, over_retained)}
    return tallies(moment, Scope()) | position_values | alone


def paragraphs(position: Position) -> list[Paragraph]:
    """The text: each number opens its rows as at the day, and says what it was a year before.

    Where the register was empty on one of these days that is said, once, and not by noughts.
    """
    if not position.whole.total:
        return [Paragraph("The register", [Piece(EMPTY.format(long_date(position.as_at)))])]
    kept_before = position.whole_before.total > 0
    now, before = (
        values(moment, {FIGURES[name].key: value for name, value in whole(parts)._asdict().items()})
        for moment, parts in (
            (position.moment, position.by_unit),
            (position.before, position.by_unit_before),
        )
    )

    def pieces(words: str) -> Iterator[Piece]:
        said = iter(EACH.split(words))
        for text in said:
            yield Piece(text)
            if key := next(said, ""):
                noun = next(said).replace("assets", "asset" if now[key] == 1 else "assets")
                href = get_figure(key).address(position.moment, Scope())
                then = before[key] if kept_before else None
                yield Piece(f"{now[key]:,}", href, f" {noun}" if noun else "", then)

    said = [Paragraph(heading, [*pieces(words)]) for heading, words in SENTENCES]
    if not kept_before:
        day = long_date(position.before.as_at)
        said.append(Paragraph("A year before", [Piece(EMPTY.format(day))]))
    return said


def title_of(position: Position) -> str:
    """What stands above it."""
    return f"Information governance at {settings.COUNCIL_NAME} as at {long_date(position.as_at)}"


def signatures(position: Position) -> list[str]:
    """Who has signed, level by level, in words; and where a level signed before those below, why."""
    return [signature(each) for each in position.statements]


def signature(given: PositionStatement) -> str:
    """One signature in words: level, post, day and statement."""
    of = f", {given.unit.name}" if given.unit else ""
    day = long_date(given.signed_at.astimezone(LONDON).date())
    early = f" Signed before {', '.join(given.without)} had: {given.ahead}" if given.without else ""
    return f"{given.get_level_display()} ({given.signed_as}{of}), {day}: {given.words}{early}"


def plain(position: Position, said: Sequence[Paragraph]) -> str:
    """The whole as plain text, to be pasted into the council's own statement."""
    parts = [f"{each.heading}\n{''.join(piece.plain for piece in each.pieces)}" for each in said]
    signed = "\n".join(signatures(position)) or "Nobody has signed yet."
    return "\n\n".join([title_of(position), *parts, f"Signed\n{signed}"])
