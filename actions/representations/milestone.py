"""Milestones of a plan as its page shows them."""

from governance.core.components import Column

MILESTONE_COLUMNS = [Column("Milestone"), Column("By"), Column("Reached"), Column("Standing")]
