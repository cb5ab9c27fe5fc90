"""Bodies: entered, changed, renamed; whom they report to, and who sits on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils.text import slugify

from actions.models import ActionPlan
from assets.forms.held import HeldForm, RowForm, Worded
from assets.models.periods import EARLIEST, LATEST
from governance.committees.forms.once import EnteredOnceForm
from governance.committees.models import Body, FormerName, ReportingLine, Seat
from governance.committees.permissions import KEEPING
from governance.core.dates import long_date
from governance.core.forms import DateField, Form
from governance.core.locks import Lock, one_at_a_time
from governance.history.trail import because

if TYPE_CHECKING:
    from governance.people.models import User

ENDS = "The last day must be on or after the first"
SEAT_SENTENCES: dict[str, tuple[tuple[str, ...], str]] = {
    "committees_seat_ends_after_it_begins": (("until_on",), ENDS),
    "seat_is_of_a_post_or_a_portfolio": (
        ("portfolio", "post"),
        "Choose a post or enter a portfolio: one of the two",
    ),
    "seat_is_taken_once_from_a_day": (("from_on",), "This place on the body from this day is there already"),
    "only_a_portfolio_is_said_to_be_vacant": (
        ("is_vacant",),
        "Whether a post is vacant is known from who holds it: say it of a portfolio only",
    ),
}
LINE_SENTENCES: dict[str, tuple[tuple[str, ...], str]] = {
    "committees_reportingline_ends_after_it_begins": (("until_on",), ENDS),
    "body_reports_once_from_a_day": (("from_on",), "This is there already from this day"),
    "body_does_not_report_to_itself": (("above",), "A body does not report to itself: choose another"),
}


class BodyForm(EnteredOnceForm):
    """A new body. Its code, which files name it by, is made from its name."""

    ONCE = ("name", "A body of this name is there already")

    class Meta:
        model = Body
        fields = ["name", "kind"]

    def clean_name(self) -> str:
        """A name that no body has, from which a code can be made."""
        name: str = self.cleaned_data["name"]
        self.instance.code = slugify(name)[: Body._meta.get_field("code").max_length]
        if not self.instance.code:
            raise forms.ValidationError("The name must have letters or numbers")
        if self.instance.code == "new":  # the address under which bodies are entered
            self.instance.code = "new-body"
        if Body.objects.filter(Q(code=self.instance.code) | Q(name__iexact=name)).exists():
            raise forms.ValidationError(self.ONCE[1])
        return name


class BodyChangeForm(HeldForm):
    """Say what sort of body it is, and which plan is its own action log."""

    permission = KEEPING

    class Meta:
        model = Body
        fields = ("kind", "action_log")
        help_texts: ClassVar[dict[str, str]] = {
            "action_log": "The plan in which the body keeps its actions, such as that of an officer board"
        }

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, person=person, **options)
        plans = self.fields["action_log"]
        assert isinstance(plans, forms.ModelChoiceField)
        visible = ActionPlan.objects.visible_to(person).values("pk")
        plans.queryset = ActionPlan.objects.filter(Q(pk__in=visible) | Q(pk=self.instance.action_log_id))


class RenameForm(Form):
    """A new name from a day; the one it has stays with the days before."""

    name = forms.CharField(label="New name", max_length=200)
    from_on = forms.DateField(label="First day of the new name")

    def __init__(self, data: QueryDict | None, *, body: Body) -> None:
        super().__init__(data)
        self.body = body
        day = self.fields["from_on"]
        assert isinstance(day, DateField)
        day.earliest, day.latest = EARLIEST, LATEST

    def clean_name(self) -> str:
        """A name of its own, and another than it has."""
        name: str = self.cleaned_data["name"]
        if Body.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError("A body has this name already")
        return name

    def clean_from_on(self) -> Any:
        """After the day on which it took the name it has."""
        day = self.cleaned_data["from_on"]
        last = FormerName.objects.filter(body=self.body).order_by("-until_on").first()
        if last and (day - last.until_on).days <= 1:
            raise forms.ValidationError(
                f"It was called “{last}” until {long_date(last.until_on)}. Enter a later day"
            )
        return day

    def renamed(self) -> bool:
        """Give it the name. False where somebody else gave it one from that day in this very moment."""
        name, day = self.cleaned_data["name"], self.cleaned_data["from_on"]
        try:
            with transaction.atomic(), because(f"Called so from {long_date(day)}"):
                self.body.rename(name, from_on=day)
        except IntegrityError:
            self.add_error("from_on", "Somebody has just given it another name from that day")
            return False
        return True


class Upward(Worded):
    """On no day of a line does a body report to itself, however many stand between."""

    SENTENCES: ClassVar[dict[str, Any]] = LINE_SENTENCES

    def check_constraints(self) -> None:
        """Refuse a loop, and name it. Of two who would close one together the second waits and is told."""
        super().check_constraints()
        if self.errors:
            return
        one_at_a_time(Lock.REPORTING_LINES)
        if loop := self.instance.loop():
            wording = "itself" if len(loop) == 2 else f"through {', '.join(map(str, loop[1:-1]))}"
            field = "above" if "above" in self.fields else "from_on"
            self.add_error(field, f"{loop[0]} reports to this body {wording}. End that first")


class LineForm(Upward, RowForm):
    """Say to which body it reports, and from when."""

    taken = LINE_SENTENCES["body_reports_once_from_a_day"][1]

    class Meta:
        model = ReportingLine
        fields = ("above", "from_on", "until_on")


class LineChangeForm(Upward, HeldForm):
    """Say until when it reports there."""

    permission = KEEPING

    class Meta:
        model = ReportingLine
        fields = ("from_on", "until_on")


class SeatForm(RowForm):
    """Say who sits on a body, by post or portfolio."""

    taken = SEAT_SENTENCES["seat_is_taken_once_from_a_day"][1]
    SENTENCES: ClassVar[dict[str, Any]] = SEAT_SENTENCES

    class Meta:
        model = Seat
        fields = ("post", "portfolio", "part", "from_on", "until_on", "is_vacant")
        help_texts: ClassVar[dict[str, str]] = {
            "portfolio": "Where there is no post: such as “Cabinet Member for Policy and Leadership”",
        }


class SeatChangeForm(HeldForm):
    """Say until when, in which part, or that nobody holds it."""

    permission = KEEPING
    SENTENCES: ClassVar[dict[str, Any]] = SEAT_SENTENCES

    class Meta:
        model = Seat
        fields = ("part", "from_on", "until_on", "is_vacant")
