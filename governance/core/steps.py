"""Steps that somebody else, or a rule, may have made impossible by the time they are taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms

T = TypeVar("T")


class StepError(Exception):
    """Why a step cannot be taken, as a sentence for a page; `field` is the field it is about, if any."""

    field: str | None = None

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        if field:
            self.field = field


def taken(form: forms.BaseForm, step: Callable[[], T]) -> T | None:
    """What the step brings; None where it cannot be taken, and the form then says why."""
    try:
        return step()
    except StepError as wrong:
        form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong))
        return None


def done(form: forms.BaseForm, step: Callable[[], object]) -> bool:
    """Take a step of which nothing more is needed here; False where it cannot be taken, as above."""
    return taken(form, lambda: (step(),)) is not None
