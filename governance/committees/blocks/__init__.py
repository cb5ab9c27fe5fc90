"""What a paper tells beside the figures of its plans: risks, movement, plans together, maturity.

An officer chooses each on the front sheet. Each is reckoned at the moment of the paper, has its lines in the
ledger, and says what is printed of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from governance.committees.blocks.balance import reckon_balances
from governance.committees.blocks.maturity import reckon_maturity
from governance.committees.blocks.union import reckon_union
from governance.committees.inserted.reckoned import reckon_inserted
from governance.committees.lines import LineKey, Reckoned
from governance.committees.reckoning import Reckoning
from governance.committees.risks import reckon_risks

if TYPE_CHECKING:
    from governance.committees.models import Paper
    from governance.figures.moment import Moment

# Those that have an appendix of their own, in their order; the others stand beside the figures of the plans.
APPENDICES = {"risks": "Information risks in figures", "maturity": "Maturity in figures"}


class Block(Reckoned, Protocol):
    """A part that is chosen."""

    @property
    def name(self) -> str:
        """Its place in the content."""

    def printed(self, positions: Mapping[LineKey, int], paper: int) -> dict[str, Any]:
        """What is printed of it, as plain data: each figure with its place in the ledger."""


def reckon_blocks(paper: Paper, moment: Moment, reckonings: Sequence[Reckoning]) -> list[Block]:
    """The parts that the paper was told to print, in the order of the ledger."""
    return [
        *reckon_risks(paper, moment),
        *reckon_balances(paper, moment, reckonings),
        *reckon_union(paper, moment, reckonings),
        *reckon_maturity(paper, moment),
        *reckon_inserted(paper, moment),
    ]
