"""Who may do what in this room: a module for each part."""

from risks.permissions import acceptance, colour, incident, matrix, register, rules, views
from risks.permissions.register import KEEPERS

__all__ = ["KEEPERS", "acceptance", "colour", "incident", "matrix", "register", "rules", "views"]
