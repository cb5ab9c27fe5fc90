"""How evidence is said on the page of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from actions.representations.plan import told

if TYPE_CHECKING:
    from governance.figures.moment import Moment, Scope
    from governance.figures.tiles import Tile

KEY = "completed_without_document"


def undocumented(counted: Iterable[Mapping[str, Any]], moment: Moment, scope: Scope) -> Tile:
    """What was completed without a document, of the grouped counts of a plan's figures."""
    return told(KEY, sum(row[KEY] for row in counted), "Completed without a document", moment, scope)
