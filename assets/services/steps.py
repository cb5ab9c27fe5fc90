"""A step that cannot be taken."""

from __future__ import annotations


class StepError(Exception):
    """Why a step cannot be taken, as a sentence for a page; `field` is the field it is about, if any."""

    field: str | None = None

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        if field:
            self.field = field
