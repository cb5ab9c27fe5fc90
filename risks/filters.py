"""The filters of the risk register."""

from __future__ import annotations

from governance.people.registers.filters import RegisterFilter


class RiskFilter(RegisterFilter):
    """What every register has; risks have no others yet."""
