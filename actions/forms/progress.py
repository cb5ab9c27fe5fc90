"""What people type about progress: what every statement says, a correction, and the moment of a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import transaction
from django.http import QueryDict

from actions.models import (
    Action,
    Completion,
    Dependency,
    MovedOnError,
    OpeningUpdateError,
    ProgressUpdate,
    Status,
    WaiverNeededError,
)
from governance.core.dates import long_date, today
from governance.core.forms import LONGEST, DateField, Explanation, Form
from governance.core.forms.dates import PARTS
from governance.figures.forms import MomentForm
from governance.figures.moment import Moment
from governance.history.trail import because

if TYPE_CHECKING:
    from governance.people.models import User


NOBODY = (
    "Nobody is named to approve {}, so it would wait for ever. Report “Completed”, or ask an information "
    "governance officer to say who approves it"
)


class CompletesError(Exception):
    """A correction would complete an action that somebody is named to approve."""


class SinceMomentForm(MomentForm):
    """A moment that is not before something began; `began` is the first half of the sentence that says so."""

    def __init__(self, data: QueryDict, *, since: date, began: str) -> None:
        super().__init__(data)
        self.since, self.began = since, began

    def clean(self) -> dict[str, Any]:
        """Refuses a day on which there was nothing yet."""
        chosen = super().clean()
        for name in ("as_at", "known_at"):
            if (day := chosen.get(name)) and day < self.since:
                sentence = f"{self.began} on {long_date(self.since)}. Choose that day or a later one"
                self.add_error(name, forms.ValidationError(sentence, params={"parts": PARTS}))
        return chosen

    def shown(self) -> Moment:
        """The moment chosen; now, while what was typed cannot be read."""
        return self.moment() if self.is_valid() else Moment.now()


def _why(label: str, help_text: str) -> forms.CharField:
    """A reason in a few lines."""
    return Explanation(label=label, help_text=help_text)


class ProgressForm(Form):
    """What every statement of progress says. It carries the latest update that the person saw (`seen`).

    `save` may append nothing: when something was recorded since, that update is the form's `rival`; when the
    order of dependencies is broken without a reason, `waiting` holds what the action waits on, and the form
    asks for the reason.
    """

    status = forms.ChoiceField(choices=Status.choices, widget=forms.RadioSelect)
    effective_on = DateField(
        label="When did it take effect?", subject="The date", help_text="For example, 24 10 2016"
    )
    evidence = forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What shows it: a decision and its date, a document and where to find it",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    rival: ProgressUpdate | None = None
    waiting: Sequence[Dependency] = ()
    waits = ""  # with something waiting: that the action waits, or waited on the day that was entered
    corrected: ProgressUpdate | None = None

    def __init__(
        self,
        data: QueryDict | None,
        *,
        action: Action,
        person: User,
        prefix: str | None = None,
        **initial: Any,
    ) -> None:
        self.action, self.person = action, person
        if "seen" not in initial:
            initial["seen"] = self.seen_at_first()
        super().__init__(data, prefix=prefix, initial={"effective_on": today()} | initial)
        self.was_warned = data is not None and self.add_prefix("waiver") in data
        if self.was_warned:
            self.ask_why()

    def seen_at_first(self) -> int:
        """The key of the latest update that the form takes the person to have seen."""
        return self.action.latest().pk

    def ask_why(self) -> None:
        """Put in the field for the reason to go ahead."""
        self.fields["waiver"] = _why(
            "Why does it go ahead all the same?", "Kept with the report. For example, who decided it and when"
        )
        self.fields["waiver"].required = False
        self.order_fields(["waiver", *self.fields])

    def clean_effective_on(self) -> date:
        """A day from the opening of the action until today."""
        day: date = self.cleaned_data["effective_on"]
        earliest = self.action.earliest(self.corrected)
        if day > today():
            sentence = (
                f"The date is in the future. Report what has taken effect by today, {long_date(today())}"
            )
        elif day < earliest:
            sentence = f"The action was opened on {long_date(earliest)}. Enter that day or a later one"
        else:
            return day
        raise forms.ValidationError(sentence, params={"parts": PARTS})

    def clean_status(self) -> str:
        """Refuses to complete what somebody is named to approve, since that is theirs to say; and to let it
        await an approval that nobody is named to give. Of what says so already nothing new is claimed."""
        status: str = self.cleaned_data["status"]
        who = self.action.approver_named
        if status == (self.corrected or self.action).status:
            return status
        if status == Status.COMPLETED and who:
            raise forms.ValidationError(self._approves())
        if status == Status.AWAITING_APPROVAL and not who:
            raise forms.ValidationError(NOBODY.format(self.action.reference))
        return status

    def said(self) -> dict[str, Any]:
        """What was typed, as fields of an update."""
        return {name: self.cleaned_data[name] for name in ("status", "effective_on", "evidence")}

    def save(self) -> ProgressUpdate | None:
        """The update that was appended, or None if there is now a `rival` or something `waiting`.

        The same form sent twice (a double click) appends one: the second time it finds its own update.
        """
        try:
            return self._append_held()
        except CompletesError:
            self.action.refresh_from_db(fields=["status"])
            self.add_error("status", self._approves())
        except MovedOnError as moved:
            if self.repeats(moved.latest):
                return moved.latest
            self.yield_to(moved.latest)
        except WaiverNeededError as broken:
            self.warn(broken)
        return None

    @transaction.atomic
    def _append_held(self) -> ProgressUpdate:
        """Append it. Raises MovedOnError, WaiverNeededError, and CompletesError where a correction would
        complete what somebody is named to approve, and nobody has."""
        self.action.hold(self.cleaned_data["seen"])
        before = self.action.status
        update = self.append()
        if before != Status.COMPLETED == self.action.status and self.action.approver_named:
            approved = Completion.objects.which(Completion.Kind.APPROVED, Moment.now())
            if not approved.filter(action=self.action).exists():
                raise CompletesError
        return update

    def _approves(self) -> str:
        return f"{self.action.approver_named} approves that it is done: report “Awaiting approval”"

    def append(self) -> ProgressUpdate:
        """Append what was typed. Raises WaiverNeededError."""
        with because("Progress reported"):
            return self.action.report(by=self.person, waiver=self.waiver, **self.said())

    @property
    def waiver(self) -> str:
        """The reason to go ahead, if one was asked for and given."""
        return str(self.cleaned_data.get("waiver", ""))

    def repeats(self, latest: ProgressUpdate) -> bool:
        """Is this the very statement that the same person made last?"""
        same = all(getattr(latest, name) == value for name, value in self.said().items())
        same = same and self.waiver in ("", latest.waiver)
        return same and latest.recorded_by_id == self.person.pk and latest.corrects_id == self.corrects

    def reasons(self) -> dict[str, Any]:
        """The reasons typed that are no part of what is `said`."""
        typed = {name: self.cleaned_data.get(name) for name in ("waiver", "reason")}
        return {name: words for name, words in typed.items() if words}

    @property
    def corrects(self) -> int | None:
        """The key of the update whose place this one takes."""
        return self.corrected.pk if self.corrected else None

    @property
    def met_own(self) -> bool:
        """Is what was recorded meanwhile this person's own, sent before from the same form or another?"""
        return self.rival is not None and self.rival.recorded_by_id == self.person.pk

    def yield_to(self, latest: ProgressUpdate) -> None:
        """Keep what was typed, beside what was recorded since, which the person has now seen."""
        self.rival = latest
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = str(latest.pk)

    def warn(self, broken: WaiverNeededError) -> None:
        """Say what the action waits on and ask for a reason; asked a second time, say that it is missing."""
        self.waiting, self.waits = broken.waiting, broken.when
        if self.was_warned:
            self.add_error("waiver", "Say why it goes ahead all the same")
        else:
            self.ask_why()
        self.fields["waiver"].required = True


class CorrectForm(ProgressForm):
    """Put an update right, or say that it never happened. Raises nothing; see `ProgressForm`."""

    RIGHT, NEVER = "right", "never"

    kind = forms.ChoiceField(
        label="What was wrong?",
        choices=[(RIGHT, "Its status, date or evidence"), (NEVER, "All of it: this never happened")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what was wrong"},
    )
    reason = _why("Why is it corrected?", "Shown with the correction wherever it appears")

    field_order = ("kind", "status", "effective_on", "evidence", "reason")

    def __init__(self, data: QueryDict | None, *, update: ProgressUpdate, **options: Any) -> None:
        self.corrected = update
        typed = {name: getattr(update, name) for name in ("status", "effective_on", "evidence")}
        super().__init__(data, **(typed | options))
        for name in typed:
            hints = ("Only for a correction: it does not count for what never happened",
                     str(self.fields[name].help_text))  # fmt: skip
            self.fields[name].help_text = ". ".join(filter(None, hints))

    @property
    def is_void(self) -> bool:
        """Does it say that this never happened?"""
        return self.cleaned_data.get("kind") == self.NEVER

    def clean(self) -> dict[str, Any]:
        """Refuses a correction that changes nothing, and one that takes away the opening of the action.

        What is typed beside "this never happened" does not count.
        """
        super().clean()
        if self.is_void:
            for name in ("status", "effective_on", "evidence"):
                self.errors.pop(name, None)
            self.cleaned_data.pop("waiver", None)
            if self.corrected and self.action.was_opened_by(self.corrected):
                self.add_error("kind", OpeningUpdateError.sentence)
        if not self.errors and self._changes_nothing():
            self.add_error("kind", "Nothing is different. Change the status, the date or the evidence")
        return self.cleaned_data

    def _changes_nothing(self) -> bool:
        return all(getattr(self.corrected, name) == value for name, value in self.said().items())

    def said(self) -> dict[str, Any]:
        """What was typed, as fields of an update that takes the place of the one corrected."""
        return {"void": True} if self.is_void else super().said() | {"void": False}

    def append(self) -> ProgressUpdate:
        """Append the correction. Raises MovedOnError if there is one, WaiverNeededError as a report does."""
        assert self.corrected is not None
        if newer := self.action.updates.filter(corrects=self.corrected).first():
            raise MovedOnError(self.action, newer)
        said, reason = self.said(), self.cleaned_data["reason"]
        if not self.is_void:
            said["waiver"] = self.waiver or self.corrected.waiver
            self._mind_the_order(said)
        with because(f"Progress corrected: {reason}"):
            return self.action.correct(self.corrected, by=self.person, reason=reason, **said)

    def repeats(self, latest: ProgressUpdate) -> bool:
        """Is this the very correction that the same person made last, for the same reason?"""
        return super().repeats(latest) and latest.reason == self.cleaned_data["reason"]

    def _mind_the_order(self, said: dict[str, Any]) -> None:
        """A correction that moves status or date may break the order of dependencies as a report may."""
        assert self.corrected is not None
        moved = (said["status"], said["effective_on"]) != (self.corrected.status, self.corrected.effective_on)
        waiting = self.action.held_up_by(said["status"], on=said["effective_on"]) if moved else []
        if waiting and not said["waiver"]:
            raise WaiverNeededError(self.action, waiting, said["effective_on"])

    @property
    def is_settled(self) -> bool:
        """Has somebody else corrected the same update, so that only their correction can be corrected?"""
        return self.rival is not None and self.action.updates.filter(corrects=self.corrects).exists()
