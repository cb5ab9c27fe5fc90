"""Models of maturity in a list, each with its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from governance.figures.figure import get_figure
from governance.figures.moment import Scope
from governance.figures.tiles import Tile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from actions.models import MaturityModel
    from governance.figures.moment import Moment

WORDS = {
    "actions.maturity_areas": "areas with a level",
    "actions.maturity_below_target": "below their target",
    "actions.maturity_moved": "moved since the one before",
    "actions.maturity_unexplained": "moved with no completed action",
}


@dataclass(frozen=True)
class ModelEntry:
    """A model with its figures in the latest assessment by it; none before the first."""

    model: MaturityModel
    tiles: Sequence[Tile]


def entries(
    models: Iterable[MaturityModel], counted: Mapping[str, Mapping[str, int]], moment: Moment
) -> list[ModelEntry]:
    """Each model with its figures, from the grouped counts of `figures.maturity.counts_by_model`."""
    return [ModelEntry(model, _tiles(model, counted, moment)) for model in models]


def _tiles(model: Any, counted: Mapping[str, Mapping[str, int]], moment: Moment) -> list[Tile]:
    if not model.number_of_assessments:
        return []
    return [
        Tile(
            counted[key].get(model.code, 0), words, get_figure(key).address(moment, Scope(), model=model.code)
        )
        for key, words in WORDS.items()
    ]
