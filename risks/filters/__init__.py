"""The filters of this room's registers."""

from risks.filters.incident import IncidentFilter
from risks.filters.register import RiskFilter

__all__ = ["IncidentFilter", "RiskFilter"]
