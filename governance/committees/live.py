"""Where the figures of a draft can be opened: in the registers, since its ledger is not written."""

from __future__ import annotations

from collections.abc import Sequence

from governance.committees.content import number_lines
from governance.committees.lines import Line, Reckoned


def live_addresses(reckonings: Sequence[Reckoned]) -> dict[int, str]:
    """Where the figures of a draft can be opened, by position: the live ones at the moment of the draft.

    A movement leads to what came in and went out since the day of the paper before. The part outside every
    scope area has no page of its own, and neither has the sum of plans together with each piece of work once:
    the page of what moved adds plans up.
    """
    numbered, _ = number_lines(reckonings)
    return {position: _live_address(reckoning, line) for position, reckoning, line in numbered}


def _live_address(reckoning: Reckoned, line: Line) -> str:
    if line.live is not None:
        return line.live
    parts = {name: "" if value is None else str(value) for name, value in line.dimension.items()}
    if not all(parts.values()):
        return ""
    address = line.figure.address(reckoning.moment, reckoning.scope, **parts)
    return f"{address}&since={line.earlier.as_at.isoformat()}" if line.earlier else address
