"""A report of how an action gets on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from actions.forms.progress import ProgressForm
from actions.forms.references import ActionsField
from actions.models import ActionReplacement, ProgressUpdate, Status
from governance.core.forms import Explanation
from governance.figures.moment import Moment

JUST = timedelta(hours=1)
SELDOM = ("why", "replaced_by")
ELSEWHERE = "It is withdrawn already. Say on the page of the action what takes its place"
GOES_ON = "By what was reported of a later day the action is not withdrawn now, so nothing takes its place"


class ReportForm(ProgressForm):
    """Report how an action gets on; where it is withdrawn or opened again, why, and what takes its place."""

    why = Explanation(
        label="Why is it withdrawn, or opened again?",
        help_text="Only for an action that you withdraw, and for one that was completed or withdrawn and is "
        "not any more",
        required=False,
    )
    replaced_by = ActionsField(
        label="What takes its place?",
        help_text="Only for an action that you withdraw. References such as ACT-0042, with commas between "
        "them; leave it empty if nothing does",
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if isinstance(asked := self.fields["replaced_by"], ActionsField):
            asked.person, asked.but = self.person, self.action

    def seen_at_first(self) -> int:
        """Without what the same person reported JUST before. Whoever goes back to the form, changes it and
        sends it again is asked, since the browser fetches the page anew but keeps what was typed."""
        last, *before = self.action.updates.order_by("-pk")[:2]
        own = last.recorded_by_id == self.person.pk and last.known_at > timezone.now() - JUST
        return before[0].pk if own and before and last.corrects_id is None else last.pk

    @property
    def asked(self) -> list[forms.BoundField]:
        """What every report says."""
        return [bound for bound in self.visible_fields() if bound.name not in SELDOM]

    @property
    def seldom(self) -> list[forms.BoundField]:
        """What is said only of an action that is withdrawn or opened again."""
        return [bound for bound in self.visible_fields() if bound.name in SELDOM]

    @property
    def opens_seldom(self) -> bool:
        """Is that to be seen at once: something was typed or is wrong there, or the action is closed?"""
        typed = any(bound.errors or bound.value() for bound in self.seldom)
        return typed or self.action.status in Status.closed()

    def clean(self) -> dict[str, Any]:
        """Refuses to withdraw or to open again without a word, and what replaces an action that goes on.

        Whoever has not seen the latest update is told of that first.
        """
        super().clean()
        typed = self.cleaned_data
        day, status = self.day_typed(), typed.get("status")
        lacking = self.action.lacks(status, day, typed.get("why", "")) if day and status else ""
        if lacking and typed.get("seen") == self.action.latest().pk:
            self.add_error("status" if "already" in lacking else "why", lacking)
            if "already" in lacking and typed.get("replaced_by"):
                self.add_error("replaced_by", ELSEWHERE)
        if status and status != Status.WITHDRAWN and typed.get("replaced_by"):
            self.add_error("replaced_by", "Only an action that is withdrawn is replaced by others")
        elif typed.get("replaced_by") and day and self._goes_on_after(day):
            self.add_error("replaced_by", GOES_ON)
        return typed

    def _goes_on_after(self, day: date) -> bool:
        """Was anything but that it is withdrawn reported of a later day, so that it is not withdrawn now?"""
        told = self.action.updates.standing(Moment.now()).filter(effective_on__gt=day)
        return told.exclude(status=Status.WITHDRAWN).exists()

    def day_typed(self) -> date | None:
        """The day from which it counts; None while that cannot be read."""
        return self.cleaned_data.get("effective_on")

    def said(self) -> dict[str, Any]:
        """What was typed, as fields of an update."""
        return super().said() | {"why": self.cleaned_data.get("why", "")}

    def reasons(self) -> dict[str, Any]:
        """Those, and what takes its place."""
        return super().reasons() | {"replaced_by": self.cleaned_data.get("replaced_by", ())}

    def repeats(self, latest: ProgressUpdate) -> bool:
        """Is this the very statement that the same person made last, with nothing new to take its place?"""
        known = set(self.action.replacement_links.values_list("replacement", flat=True))
        named = {other.pk for other in self.cleaned_data.get("replaced_by", ())}
        return super().repeats(latest) and named <= known

    def append(self) -> ProgressUpdate:
        """Append what was typed, and what takes its place."""
        update = super().append()
        for other in self.cleaned_data.get("replaced_by", ()):
            ActionReplacement.objects.get_or_create(action=self.action, replacement=other)
        return update
