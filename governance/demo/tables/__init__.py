"""The CSV files of a council: their columns, and what they refer to."""

from governance.demo.tables.committees import BODIES, COMMITTEES, PAST
from governance.demo.tables.planning import PLANNING
from governance.demo.tables.structure import REGISTERS, STRUCTURE

__all__ = ["BODIES", "COMMITTEES", "PAST", "PLANNING", "REGISTERS", "STRUCTURE"]
