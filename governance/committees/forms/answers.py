"""Saying on a draft which requests it answers, and why not, or why what was due is late."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import Truncator

from governance.committees.forms.requests import BEGINNING
from governance.committees.models import Paper, Request
from governance.committees.waited import askable, asked_before, is_late, needs_reason
from governance.core.dates import long_date
from governance.core.forms import Explanation, Form

MEANWHILE = "Somebody else changed this while you were typing. What you typed stands below: save it again"


class PaperRequestsForm(Form):
    """For each request that the body still waits for: whether the paper answers it; why it is late, or is not
    answered though it is due."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: QueryDict | None, *, paper: Paper) -> None:
        self.paper, before = paper, asked_before(paper)
        self.asked = askable(paper, before)
        self.answers = set(paper.answers.values_list("request", flat=True))
        self.reasons = dict(paper.reasons.values_list("request", "reason"))
        super().__init__(data, initial={"seen": self.digest()})
        owed = {each.request.pk for each in needs_reason(paper, before)} | {*self.reasons}
        for each in self.asked:
            key = each.request.pk
            words = Truncator(each.request.text).chars(BEGINNING)
            about = f"{each.matter}, asked on {long_date(each.asked_on)}, due {each.due.in_words}: {words}"
            self.fields[f"answers_{key}"] = forms.BooleanField(
                required=False, label=f"It answers: {about}", initial=key in self.answers
            )
            if key in owed:
                late = is_late(each, paper)
                self.fields[f"reason_{key}"] = Explanation(
                    required=False,
                    label=f"{'Why it is late' if late else 'If it does not, why'}: {about}",
                    help_text="Printed in the paper with the request. "
                    + ("Needed also if this paper answers it" if late else "Not needed if it is answered"),
                    initial=self.reasons.get(key, ""),
                )

    def digest(self) -> str:
        """What stands for the answers and reasons that the person saw."""
        return sha256(repr((sorted(self.answers), sorted(self.reasons.items()))).encode()).hexdigest()

    def clean(self) -> dict[str, Any]:
        """Of two who say it at once the second is told; what they typed stays."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("seen") != self.digest():
            typed = QueryDict(mutable=True)
            typed.update(self.data)
            typed["seen"] = self.digest()
            self.data = typed
            self.add_error(None, MEANWHILE)
        return cleaned

    def facts(self) -> tuple[list[Request], dict[int, str]]:
        """What was ticked, and the reasons by the keys of their requests."""
        chosen = self.cleaned_data
        keys = [each.request.pk for each in self.asked]
        answers = [each.request for each in self.asked if chosen.get(f"answers_{each.request.pk}")]
        return answers, {key: chosen.get(f"reason_{key}", self.reasons.get(key, "")) for key in keys}
