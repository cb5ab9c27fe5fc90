"""Forms about versions of what holds from a day: beginning one, putting it in force, putting it back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from governance.core.dates import today
from governance.core.forms.dates import DateField
from governance.core.forms.explaining import Explanation
from governance.core.forms.wording import Form


class BeginForm(Form):
    """What a new version begins as."""

    start = forms.ChoiceField(label="What should it begin as?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        start = self.fields["start"]
        assert isinstance(start, forms.ChoiceField)
        start.choices = offered


class AdoptForm(Form):
    """From which day a version is in force, and on whose decision; `seen` is the digest of what was shown.

    The day `offered` is today, unless another is given.
    """

    from_on = DateField(label="In force from", subject="the day from which it is in force")
    reason = Explanation(label="On whose decision?", help_text="For example Cabinet, minute 64")
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, seen: str, offered: date | None = None, **options: Any) -> None:
        options.setdefault("initial", {"from_on": offered or today(), "seen": seen})
        super().__init__(*args, **options)


class TakeBackForm(Form):
    """Why a version that is not in force yet goes back among the drafts."""

    reason = Explanation(label="Why is it put back?")
