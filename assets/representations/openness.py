"""How the obligations to publish are shown."""

from __future__ import annotations

from governance.core.components import Column

COLUMNS = (
    Column("Reference", "reference"),
    Column("Dataset", "title"),
    Column("Owner", "owner_title"),
    Column("Frequency", "often"),
    Column("Last published", "published_on"),
    Column("Next due", "due_on"),
    Column("Standing", "standing"),
)
