"""How a cell is read: as the field of the model that it ends in, so that no rule is written twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from governance.demo.shape import Column

YES_NO = {"yes": True, "no": False}


def day(cell: str) -> date:
    """A date as 2016-10-24 or, as spreadsheets save it here, 24/10/2016."""
    try:
        if "/" in cell:
            return date(*(int(part) for part in reversed(cell.split("/"))))
        return date.fromisoformat(cell)
    except (ValueError, TypeError):
        raise ValueError(f"“{cell}” is not a date. Write it like 2016-10-24.") from None


def yes_no(cell: str) -> bool:
    """A plain yes or no."""
    return YES_NO[one_of(YES_NO, cell.lower())]


def whole(cell: str) -> int:
    """A whole number, not below nought."""
    if not (cell.isascii() and cell.isdigit()):
        raise ValueError(f"“{cell}” is not a whole number.")
    return int(cell)


def words(cell: str) -> tuple[str, ...]:
    """Several codes with spaces between them."""
    return tuple(cell.split())


def one_of(values: Any, cell: str) -> str:
    """One of a few codes."""
    if cell not in values:
        raise ValueError(f"“{cell}” is not one of: {', '.join(map(str, values))}.")
    return cell


def of(model: type[models.Model], name: str, column: str = "", *, like: str = "", **options: Any) -> Column:
    """The column that ends in a field of a model: what it takes, how long, whether it may be empty.

    `like` is an example of a reference whose form the database checks.
    """
    field: Any = model._meta.get_field(name)
    options.setdefault("required", not field.blank)
    if isinstance(field, models.CharField | models.TextField):
        options.setdefault("empty", "")
    return Column(column or name, partial(_read, field, _form(model, name) if like else "", like), **options)


def _read(field: Any, form: str, like: str, cell: str) -> Any:
    value = _parser(field)(cell)
    if form and not re.search(form, cell):
        raise ValueError(f"“{cell}” is not a reference like {like}.")
    try:
        field.run_validators(value)
    except ValidationError as wrong:
        raise ValueError(" ".join(wrong.messages)) from None
    return value


def _parser(field: Any) -> Callable[[str], Any]:
    if field.choices:
        return partial(one_of, [code for code, _ in field.choices])
    if isinstance(field, models.EmailField):
        return str.lower
    kinds: dict[type[Any], Callable[[str], Any]] = {
        models.DateField: day,
        models.BooleanField: yes_no,
        models.IntegerField: whole,
    }
    return next((read for kind, read in kinds.items() if isinstance(field, kind)), str)


def _form(model: type[models.Model], name: str) -> str:
    """The form of a reference, out of the constraint that keeps it."""
    conditions = [
        rule.condition for rule in model._meta.constraints if isinstance(rule, models.CheckConstraint)
    ]
    lookups: list[Any] = [part for q in conditions if isinstance(q, models.Q) for part in q.children]
    return str(next(value for lookup, value in lookups if lookup == f"{name}__regex"))
