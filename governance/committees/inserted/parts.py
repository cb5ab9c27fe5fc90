"""The parts of figures: a value as typed and as the registers have it, its words, and its order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import BooleanField

from actions.models import Status
from governance.colours.models import Colour
from governance.figures.figure import Figure
from governance.figures.moment import Moment, Scope
from risks.models import MatrixCell, MatrixLevel, RiskMatrix
from risks.models.escalation import Why

Parts = tuple[tuple[str, Any], ...]
# By the names under which queries work them out: what such values can be.
WORKED_OUT: Mapping[str, Callable[[], Iterable[Any]]] = {
    "colour": lambda: Colour.values,
    "escalated_for": lambda: Why.values,
    "impact": lambda: MatrixCell.objects.values_list("impact", flat=True).distinct(),
    "level": lambda: MatrixLevel.objects.values_list("name", flat=True),
    "likelihood": lambda: MatrixCell.objects.values_list("likelihood", flat=True).distinct(),
    "matrix_key": lambda: RiskMatrix.objects.values_list("pk", flat=True),
}


def own_value(figure: Figure[Any], name: str, typed: str, moment: Moment) -> Any | None:
    """The value of a dimension that was typed, as the registers have it; None where no record can have it.

    What is typed is text: kept as such, a number would equal no number when the figure is asked for again.
    """
    for value in _possible(figure, name, moment):
        if value is not None and _is_typed(value, typed):
            return value
    return None


def _is_typed(value: Any, typed: str) -> bool:
    if isinstance(value, bool):
        return typed.casefold() in (str(value).casefold(), in_words("", value))
    return str(value) == typed


def _possible(figure: Figure[Any], name: str, moment: Moment) -> Iterable[Any]:
    """What a dimension can be, so that none of something is no mistake; else what it is at that moment."""
    rows: Any = figure.rows(moment, Scope())
    path = figure.shape.dimensions[name]
    field = _field(rows, path)
    found: Iterable[Any]
    if path in WORKED_OUT:
        found = WORKED_OUT[path]()
    elif field.choices:
        found = [value for value, _ in field.flatchoices]
    elif isinstance(field, BooleanField):
        found = (True, False)
    elif field.related_model:
        found = field.related_model.objects.values_list("pk", flat=True)
    elif "__" in path:
        found = field.model.objects.values_list(field.name, flat=True)
    else:
        found = rows.order_by().values_list(path, flat=True).distinct()
    return found


def _field(rows: Any, path: str) -> Any:
    """The field at the end of a path, or that of what the query works out."""
    if worked_out := rows.query.annotations.get(path):
        return worked_out.output_field
    *way, last = path.split("__")
    model = rows.model
    for step in way:
        model = model._meta.get_field(step).related_model
    return model._meta.get_field(last)


def key_of(parts: Parts) -> str:
    """Parts as they stand in the printed ledger."""
    return " ".join(f"{name}={value}" for name, value in parts)


def in_words(name: str, value: Any) -> str:
    """A value of a dimension for people: the word of a status, yes or no."""
    if value is None:
        return "none"
    if name == "status" and value in Status.values:
        return str(Status(value).label)
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def order_of(value: Any) -> tuple[int, int, str]:
    """Statuses in their own order, numbers in theirs, all else by its words; what is not known last."""
    known = list(Status.values)
    if value in known:
        return 0, known.index(value), ""
    return (2 if value is None else 1), (value if isinstance(value, int) else 0), str(value)
