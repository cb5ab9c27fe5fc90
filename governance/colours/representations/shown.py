"""The colour of one entry as its page says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from governance.core.components import RATINGS, Standing
from governance.core.dates import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from governance.colours.models import ColourLine, Override


@dataclass(frozen=True)
class Shown:
    """The colour that is shown, with what the rule says, and who set another in its place until when.

    `answers` has everything that was ever set, the latest first.
    """

    standing: Standing
    computed: Standing
    words: str
    override: dict[str, Any] | None
    answers: Sequence[Override]

    @property
    def set_by(self) -> str:
        """In words: the computed colour, and the post, day and reason of the other; "" where none is set."""
        if not self.override:
            return ""
        until = long_date(date.fromisoformat(self.override["until"]))
        return (
            f"computed: {self.computed.word.lower()}; set by {self.override['post']} until {until}: "
            f"{self.override['reason']}"
        )


def shown(row: Any, lines: Sequence[ColourLine], answers: Sequence[Override]) -> Shown | None:
    """The colour of a row of `with_colours`, under the lines of its day; None without a rule or a row."""
    if row is None or row.colour is None:
        return None
    return Shown(
        RATINGS[row.colour],
        RATINGS[row.computed_colour],
        lines[row.colour_line - 1].words,
        row.override,
        answers,
    )
