"""Recording what was asked for and by when; putting it off; saying how it ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.text import Truncator

from assets.forms.held import HeldForm
from assets.models.periods import EARLIEST, LATEST
from governance.committees.models import Body, Matter, Meeting, Request, RequestEnd, Resolution
from governance.core.dates import long_date, today
from governance.core.forms import DateField, Explanation, Form
from governance.people.registers.day import DayForm

WAYS = ("due_meeting", "due_on", "awaits")
ONE_WAY = "Say in one way when it is due: a meeting, a day, or what has to be known first"
WHO = "The post or the body that decided so"
BEGINNING = 60  # characters of a request's own words in a list


def meetings_after(body: Body, day: Any) -> QuerySet[Meeting]:
    """The meetings at which a request made on that day can be due, the next one first."""
    found = Meeting.objects.filter(body=body, held_on__gt=day).select_related("body")
    return found.prefetch_related("body__former_names").order_by("held_on")


class DueFields(Form):
    """When something is due, in one of three ways."""

    due_meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label="Due at the meeting", required=False, empty_label="No meeting"
    )
    due_on = DateField(
        label="Or due by the day", subject="The day", required=False, earliest=EARLIEST, latest=LATEST
    )
    awaits = forms.CharField(
        label="Or due when this is known",
        required=False,
        max_length=300,
        help_text="For example, the outcome of the follow-up audit",
    )

    def offer_meetings(self, meeting: Meeting) -> None:
        """Those of the body after the meeting that asked."""
        chosen = self.fields["due_meeting"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = meetings_after(meeting.body, meeting.held_on)

    def due(self) -> dict[str, Any]:
        """The one way that was chosen."""
        return {name: self.cleaned_data[name] for name in WAYS if self.cleaned_data.get(name)}

    def check_due(self, after: Any) -> None:
        """One way, and not before the day on which it was decided."""
        if not {*WAYS} & {*self.errors} and len(self.due()) != 1:
            self.add_error("due_meeting", ONE_WAY)
        day = self.cleaned_data.get("due_on")
        if day and after and day < after:
            self.add_error("due_on", f"The day must be on or after {long_date(after)}, when it was decided")


class RequestForm(DueFields):
    """What was asked for at a meeting; by a resolution, or by members."""

    text = Explanation(label="What was asked for?")
    same = forms.ModelChoiceField(
        Matter.objects.none(),
        label="Was it asked for before?",
        required=False,
        empty_label="No, this is new",
        help_text="Requests for the same thing are one matter, and stay open together",
    )
    matter = forms.CharField(
        label="What it is about, in a few words",
        required=False,
        max_length=200,
        help_text="For example, Outcome of the follow-up audit. Leave empty if it was asked for before",
    )
    field_order = ("text", "same", "matter", *WAYS)

    def __init__(
        self, data: QueryDict | None, *, meeting: Meeting, resolution: Resolution | None = None
    ) -> None:
        super().__init__(data, initial={"text": resolution.text if resolution else ""})
        self.meeting, self.resolution = meeting, resolution
        self.offer_meetings(meeting)
        same = self.fields["same"]
        assert isinstance(same, forms.ModelChoiceField)
        same.queryset = Matter.objects.filter(body=meeting.body)

    def clean(self) -> dict[str, Any]:
        """One matter and one way of being due."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("same") and not cleaned.get("matter") and "matter" not in self.errors:
            self.add_error("matter", "Enter what it is about, or select what it was asked for before")
        if cleaned.get("same") and cleaned.get("matter"):
            self.add_error("matter", "It is either new or was asked for before: leave one of the two empty")
        self.check_due(self.meeting.held_on)
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        chosen = self.cleaned_data
        matter = chosen["same"] or chosen["matter"]
        facts = {"text": chosen["text"], "matter": matter, "due": self.due()}
        return facts | {"resolution": self.resolution}


class ChangeRequestForm(HeldForm):
    """Put a request right as it was recorded, with the reason."""

    permission = "committees.keep_requests"
    SENTENCES = {"request_is_recorded_once": (("text",), "This is recorded already")}

    class Meta:
        model = Request
        fields = ("text", "matter")
        field_classes = {"text": Explanation}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.fields["matter"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = Matter.objects.filter(body=self.instance.meeting.body)


class DecidedFields(Form):
    """Who decided, when and why."""

    decided_by = forms.CharField(label="Who decided so?", max_length=200, help_text=WHO)
    decided_on = DateField(label="When was that decided?", latest=today)
    reason = Explanation(label="Why?")


class RescheduleForm(DecidedFields, DueFields):
    """Put a request off. What was due before stays to be read."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    field_order = (*WAYS, "decided_by", "decided_on", "reason", "seen")

    def __init__(self, data: QueryDict | None, *, held: Request) -> None:
        self.held = held
        super().__init__(data, initial={"seen": held.dues.latest("pk").pk})
        self.offer_meetings(held.meeting)

    def clean(self) -> dict[str, Any]:
        """One way, decided after it was asked."""
        cleaned = super().clean() or self.cleaned_data
        self.check_due(cleaned.get("decided_on"))
        _keep_after(self, "decided_on", self.held)
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        chosen = {name: self.cleaned_data[name] for name in ("seen", "decided_by", "decided_on", "reason")}
        return chosen | {"due": self.due()}


class RequestField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of several requests, of which some may be of one matter and one day: each with how it begins."""

    def label_from_instance(self, found: Request) -> str:
        """What stands in the list."""
        return f"{found}: {Truncator(found.text).chars(BEGINNING)}"


class EndForm(Form):
    """Say that a request lapsed, or was carried into a later one."""

    kind = forms.ChoiceField(
        label="How did it end?", choices=RequestEnd.Kind.choices, widget=forms.RadioSelect
    )
    into = RequestField(
        Request.objects.none(),
        label="Which request was it carried into?",
        required=False,
        empty_label="No other request",
    )
    decided_by = forms.CharField(label="Who decided so?", max_length=200, help_text=WHO)
    ended_on = DateField(label="When was that decided?", latest=today)
    reason = Explanation(label="Why?")

    def __init__(self, data: QueryDict | None, *, held: Request) -> None:
        super().__init__(data)
        self.held = held
        into = self.fields["into"]
        assert isinstance(into, forms.ModelChoiceField)
        later = Request.objects.filter(
            meeting__body=held.meeting.body, meeting__held_on__gte=held.meeting.held_on
        )
        into.queryset = later.exclude(pk=held.pk).select_related("matter", "meeting__body")

    def clean(self) -> dict[str, Any]:
        """What is carried names where to, and nothing else does."""
        cleaned = super().clean() or self.cleaned_data
        carried, into = cleaned.get("kind") == RequestEnd.Kind.CARRIED, cleaned.get("into")
        if carried and not into and "into" not in self.errors:
            self.add_error("into", "Select the request that it was carried into")
        if into and "kind" in cleaned and not carried:
            self.add_error("into", "Only what is carried goes into another request")
        _keep_after(self, "ended_on", self.held)
        return cleaned


class ReopenForm(Form):
    """Say that a request did not end."""

    reason = Explanation(
        label="Why is it open again?", help_text="The history keeps that it was said to have ended, and this"
    )


class RequestFilter(DayForm):
    """Which requests, as at which day."""

    body = forms.ModelChoiceField(
        Body.objects.none(), label="Body", required=False, to_field_name="code", empty_label="All bodies"
    )
    as_at = DateField(
        label="As at",
        subject="The day to look at",
        required=False,
        latest=today,
        help_text="How requests stood at the end of this day",
    )

    def __init__(self, data: QueryDict, *, bodies: QuerySet[Body]) -> None:
        super().__init__(data)
        body = self.fields["body"]
        assert isinstance(body, forms.ModelChoiceField)
        body.queryset = bodies


def _keep_after(form: Form, name: str, held: Request) -> None:
    day, asked = form.cleaned_data.get(name), held.meeting.held_on
    if day and day < asked:
        form.add_error(name, f"The day must be on or after {long_date(asked)}, when it was asked for")
