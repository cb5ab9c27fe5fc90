"""Taking a step that somebody else, or a hold, may have made impossible meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms

from assets.services.steps import StepError

T = TypeVar("T")


def taken(form: forms.BaseForm, step: Callable[[], T]) -> T | None:
    """What the step brings; None where it cannot be taken, and the form then says why."""
    try:
        return step()
    except StepError as wrong:
        form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong))
        return None
