"""A line of the retention schedule: the period is typed in words, and read back before it counts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from assets.models import RetentionRule
from assets.representations.period_words import SAID
from assets.representations.periods import Period, Reading, read
from governance.core.forms import ChangeReason, VersionedForm
from governance.history.trail import because

AS_READ, JUDGEMENT = "as_read", "judgement"
UNSAID = "Say whether the period was understood"


class RuleForm(VersionedForm):
    """Add or change a rule.

    What the words were understood to say is shown, and has to be confirmed or left to judgement: until then
    the form is invalid and `asks` is true. Other words ask anew. `understood` is what they were read as.
    """

    words = forms.CharField(
        label="Period in words",
        max_length=300,
        help_text="As your schedule says it: “6 years after closure”, “current year plus 6”, “permanent”, "
        "“until superseded”",
    )
    trigger = forms.ChoiceField(
        label="The period runs from",
        choices=[("", "As the words say"), *RetentionRule.Trigger.choices],
        required=False,
        help_text="Choose only where the words do not say it",
    )
    read_words = forms.CharField(required=False, widget=forms.HiddenInput)
    change_reason = ChangeReason()

    class Meta:
        model = RetentionRule
        fields = ["code", "record_type", "words", "trigger", "action", "authority", "source", "review_on",
                  "is_retired"]  # fmt: skip
        help_texts = {
            "code": "Its number or code in the schedule: letters, numbers and hyphens",
            "source": "The Act, guide or decision it rests on. For example, Limitation Act 1980",
            "review_on": "When somebody should look whether the rule is still right",
        }
        error_messages = {"code": {"unique": "There is a rule with this code already. Choose another"}}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asks = False
        self.understood: Reading | None = None
        if self.instance.pk:
            self.initial["read_words"] = self.instance.words
            self.initial["reading"] = AS_READ if self.stands_as_read else JUDGEMENT
        else:
            del self.fields["is_retired"], self.fields["change_reason"]
        if self.instance.pk or (self.is_bound and self.data.get("reading")):
            self.ask(read(str(self.data.get("words", "")) if self.is_bound else self.instance.words))

    @property
    def stands_as_read(self) -> bool:
        """Is the rule reckoned as its words are read?"""
        rule, period = self.instance, read(self.instance.words).period
        return period is not None and (period.months, period.days, period.is_permanent) == (
            rule.months, rule.days, rule.is_permanent
        )  # fmt: skip

    def ask(self, reading: Reading) -> None:
        """Put in the question whether the words were understood."""
        choices = [(JUDGEMENT, "No: leave it to judgement, so that no due date is reckoned")]
        if reading.period:
            choices.insert(0, (AS_READ, f"Yes: {said(reading.period)}"))
        elif reading.why:
            choices = [(JUDGEMENT, "Leave it to judgement, so that no due date is reckoned")]
        self.fields["reading"] = forms.ChoiceField(
            label="Is that what it says?" if reading.period else "This cannot be reckoned. Is that right?",
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"required": UNSAID},
        )
        self.order_fields(["code", "record_type", "words", "reading", *self.fields])

    def clean(self) -> dict[str, Any]:
        """What was typed, with the period as it was confirmed."""
        cleaned = super().clean()
        words = cleaned.get("words", "")
        self.understood = read(words)
        if words and not self.is_confirmed(words):
            self.asks = True
            self.show_reading(words)
            if "reading" not in self.errors:
                self.add_error("reading", UNSAID)
        elif words:
            self.settle_trigger(cleaned)
            self.settle_action(cleaned)
        if cleaned.get("authority") == RetentionRule.Authority.STATUTE and not cleaned.get("source"):
            self.add_error("source", "Enter the Act or regulation that says so")
        return cleaned

    def is_confirmed(self, words: str) -> bool:
        """Have these very words been confirmed, now or when the rule was last saved?"""
        if self.leaves_period_alone:
            return True
        answered = self.cleaned_data.get("reading") in (AS_READ, JUDGEMENT)
        return answered and self.cleaned_data.get("read_words") == words

    def show_reading(self, words: str) -> None:
        """Ask, and remember about which words."""
        assert self.understood is not None
        self.ask(self.understood)
        assert isinstance(self.data, QueryDict)
        self.data = self.data.copy()
        self.data["read_words"] = words
        self.data.pop("reading", None)

    def settle_trigger(self, cleaned: dict[str, Any]) -> None:
        """From when it runs: the words and the list may not contradict each other."""
        read_trigger = self.understood.period.trigger if self.understood and self.understood.period else ""
        chosen = cleaned.get("trigger", "")
        if read_trigger and chosen and chosen != read_trigger:
            says = SAID.get(read_trigger, "another event")
            self.add_error("trigger", f"The words say “{says}”. Choose the same, or change the words")
        elif not (chosen or read_trigger) and not self.is_permanent:
            self.add_error("trigger", "Select from when the period runs: the words do not say it")
        cleaned["trigger"] = chosen or read_trigger or RetentionRule.Trigger.EVENT

    def settle_action(self, cleaned: dict[str, Any]) -> None:
        """What is kept for ever is not destroyed, and what is not has an end."""
        forever = cleaned.get("action") == RetentionRule.Action.PERMANENT
        if self.is_permanent and not forever:
            self.add_error("action", "Select “Retain permanently”: the period says so")
        elif forever and (period := self.confirmed()) and not period.is_permanent:
            self.add_error("action", f"The period ends after {period.length}. Select what then happens")

    @property
    def is_permanent(self) -> bool:
        """Do the words, as confirmed, say: for ever?"""
        if self.leaves_period_alone:
            return bool(self.instance.is_permanent)
        return self.confirmed().is_permanent

    @property
    def leaves_period_alone(self) -> bool:
        """Is the period the one that stands?"""
        return bool(self.instance.pk) and not {"words", "reading"} & {*self.changed_data}

    def confirmed(self) -> Period:
        """The period as confirmed; without any length where it is left to judgement."""
        read_so = self.cleaned_data.get("reading") == AS_READ and self.understood
        return (read_so.period if read_so else None) or Period()

    def _post_clean(self) -> None:
        """Puts the period into the rule, so that Django's checks see it, then does what Django does."""
        if not self.errors and not self.leaves_period_alone:
            self.put(self.confirmed())
        super()._post_clean()  # type: ignore[misc]

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Save the rule with the reason beside it."""
        with because(self.cleaned_data.get("change_reason") or "Added to the schedule"):
            return super().save(commit)

    def put(self, period: Period) -> None:
        """The period into the columns of the rule; none of them where it is left to judgement."""
        rule = self.instance
        rule.months, rule.days = period.months, period.days
        rule.adds_current_year, rule.is_permanent = period.adds_current_year, period.is_permanent


def said(period: Period) -> str:
    """A period as a sentence says it to whoever confirms it."""
    if period.is_permanent:
        return "kept permanently, never due"
    event = period.event or SAID.get(period.trigger) or "the event chosen below"
    reckoned = ", reckoned from the end of the financial year (31 March) in which that lies"
    return f"{period.length} after {event}{reckoned if period.adds_current_year else ''}"
