"""Room to explain: as long everywhere, said beside the control, and counted while it is typed."""

from __future__ import annotations

from typing import Any

from django import forms

LONGEST = 5000  # characters; more than a page of text belongs in a document


class Explanation(forms.CharField):
    """A few lines of text. Its line ends count once, as the browser counts them."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        options.setdefault("max_length", LONGEST)
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        """The text with line ends of one character."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class ChangeReason(Explanation):
    """Why somebody makes a change: what the history then says."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Why are you making this change?")
        options.setdefault("help_text", "Shown in the history beside the change")
        super().__init__(**options)
