"""Who may do what with plans and actions, a module for each part of it."""

from actions.permissions import audits, overlap, plans, progress, sight
from actions.permissions.plans import KEEPERS

__all__ = ["KEEPERS", "audits", "overlap", "plans", "progress", "sight"]
