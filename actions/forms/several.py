"""Saying of many actions at once how they get on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import QueryDict

from actions.forms.report import ReportForm
from actions.forms.said_of import lost, said_of
from actions.models import Action, Dependency, ProgressUpdate, Status, WaiverNeededError
from actions.representations.action import needed
from governance.core.components import Column
from governance.core.dates import long_date, today
from governance.core.forms import DateField, Explanation, Form
from governance.core.forms.dates import PARTS
from governance.figures.moment import Moment

if TYPE_CHECKING:
    from governance.people.models import User

NOTHING = "Nothing to report"
COLUMNS = [Column("Action"), Column("Status"), Column("What shows it")]
LOST = (
    "You do not report on some of the actions of which you typed something. Nothing is saved yet: keep a "
    "copy of what is shown below if you need it, then save the rest"
)
NOBODY_REPORTS = "Choose a status for at least one action, or cancel"


class DayForm(Form):
    """The day from which all of it counts."""

    effective_on = DateField(
        label="When did it take effect?",
        subject="The date",
        help_text="One day for all that you report here. For example, 24 10 2016",
    )

    def clean_effective_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["effective_on"]
        if day > today():
            sentence = (
                f"The date is in the future. Report what has taken effect by today, {long_date(today())}"
            )
            raise forms.ValidationError(sentence, params={"parts": PARTS})
        return day


class ActionReportForm(ReportForm):
    """How one of them gets on, or nothing. `day` is the one typed for all; None while it cannot be read."""

    day: date | None = None

    def __init__(self, data: QueryDict | None, *, action: Action, person: User, seen: int) -> None:
        super().__init__(data, action=action, person=person, prefix=f"a{action.pk}", seen=seen, status="")
        del self.fields["effective_on"]
        self.fields["status"] = forms.ChoiceField(
            label=f"Status of {action.reference}", choices=[("", NOTHING), *Status.choices], required=False
        )
        self.fields["evidence"] = Explanation(
            label=f"What shows it, of {action.reference}", required=False, rows=2
        )
        del self.fields["replaced_by"]
        if data is None or self.add_prefix("why") not in data:
            self.asked_why = self.fields.pop("why")

    @property
    def reports(self) -> bool:
        """Is anything said of this action?"""
        return bool(self.cleaned_data.get("status"))

    def clean(self) -> dict[str, Any]:
        """Refuses words without a status, and a day before the action was opened."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if "why" in self.errors:
            self.fields["why"].required = True
        if typed.get("evidence") and not typed.get("status") and "status" not in self.errors:
            self.add_error("status", f"Choose a status for {self.action.reference}, or take the words out")
        if typed.get("status") and self.day and self.day < (opened := self.action.earliest()):
            sentence = f"{self.action.reference} was opened on {long_date(opened)}, later than the date above"
            self.add_error("status", sentence)
        return typed

    def said(self) -> dict[str, Any]:
        """What was typed, as fields of an update."""
        typed = self.cleaned_data
        said = {name: typed.get(name, "") for name in ("status", "evidence", "why")}
        return said | {"effective_on": self.day}

    def day_typed(self) -> date | None:
        """The day of all of them."""
        return self.day

    def add_error(self, field: str | None, error: Any) -> None:
        """Add the error, which names the action, since the summary tells it far from its row; one about the
        reason asks for it."""
        if field == "why" and field not in self.fields:
            self.fields["why"] = self.asked_why
            self.fields["why"].help_text = "What takes its place is said on its own page"
        wrong = error if isinstance(error, forms.ValidationError) else forms.ValidationError(error)
        super().add_error(field, forms.ValidationError([self._naming(text) for text in wrong.messages]))

    def _naming(self, sentence: str) -> str:
        reference = self.action.reference
        return sentence if reference in sentence else f"{reference}: {sentence}"

    def warn(self, broken: WaiverNeededError) -> None:
        """Say what it waits on, and ask for a reason to go ahead."""
        super().warn(broken)
        asked = Dependency.objects.filter(pk__in=[each.pk for each in broken.waiting])
        needs = [needed(each) for each in asked.for_page(Moment.now(), self.person)]
        said = ", ".join(each.reference or f"the post of {each.title}" for each in needs)
        self.errors.pop("waiver", None)
        self.add_error("waiver", f"{self.action.reference} {self.waits} for {said}. Say why it goes ahead")

    def yield_to(self, latest: ProgressUpdate) -> None:
        """Say at the row what somebody else recorded, which the person has now seen."""
        super().yield_to(latest)
        who = latest.reporter
        self.add_error(
            "status", f"{self.action.reference} was reported by {who} meanwhile: {latest}. Save again"
        )


class SeveralReports:
    """A day, and what is reported of each of some actions: all of it is saved, or nothing.

    The actions carry `seen`, the key of the update recorded last. What was typed of any other action is
    `lost`: it is shown, and the rest waits until the person has seen that.
    """

    columns = COLUMNS

    def __init__(self, data: QueryDict | None, *, actions: Iterable[Any], person: User) -> None:
        self.is_bound = data is not None
        self.head = DayForm(data, initial={"effective_on": today()})
        self.rows = [
            ActionReportForm(data, action=action, person=person, seen=action.seen) for action in actions
        ]
        self.lost = lost(said_of(data), {row.action.pk for row in self.rows}, person)

    def is_valid(self) -> bool:
        """Can all that was typed be read, and is there anything?"""
        fine = self.head.is_valid()
        for row in self.rows:
            row.day = self.head.cleaned_data.get("effective_on") if self.head.is_bound and fine else None
        read = [row.is_valid() for row in self.rows]  # each of them, so that all errors are told at once
        fine = fine and all(read)
        if self.lost:
            self.head.add_error(None, LOST)
        elif fine and not any(row.reports for row in self.rows):
            self.head.add_error(None, NOBODY_REPORTS)
        return fine and not self.head.errors

    def save(self) -> list[ProgressUpdate]:
        """The updates; none if one of them could not be made: its row then says why.

        Rows are locked in one order, so that two who save at once come one after the other.
        """
        telling = sorted((row for row in self.rows if row.reports), key=lambda row: row.action.pk)
        with transaction.atomic():
            made = [row.save() for row in telling]
            if None in made:
                transaction.set_rollback(True)
                return []
        return [update for update in made if update]

    # For the summary of errors this is one form.

    def __iter__(self) -> Iterator[forms.BoundField]:
        """Every field."""
        return chain(self.head, *self.rows)

    def visible_fields(self) -> list[forms.BoundField]:
        """Every field that is shown."""
        return [bound for bound in self if not bound.is_hidden]

    @property
    def errors(self) -> dict[str, Any]:
        """What is wrong with it as a whole."""
        return {NON_FIELD_ERRORS: self.head.errors.get(NON_FIELD_ERRORS, [])}
