"""Reporting an incident, and saying the rest section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.http import QueryDict

from assets.forms.held import Worded, offer
from governance.core.dates import long_moment, today
from governance.core.forms import ModelForm, MomentField
from governance.history.trail import because
from governance.people.registers.forms import EntryForm, units_to_choose
from governance.people.registers.sections import SectionOf, go_on_with
from risks.models import Incident
from risks.models.incident_clock import SECOND_PERSON, eased
from risks.representations.incident import BY_KEY

if TYPE_CHECKING:
    from governance.people.models import User

SENTENCES: dict[str, tuple[tuple[str, ...], str]] = {
    "incident_says_what_happened": (("title", "what_happened"), "Say in words what happened"),
    "incident_is_noticed_after_it_began": (
        ("occurred_at", "discovered_at"),
        "It cannot have been noticed before it happened",
    ),
    "incident_is_known_of_once_it_is_noticed": (
        ("aware_at", "discovered_at"),
        "The council cannot have been aware of it before it was noticed",
    ),
    "incident_with_special_categories_concerns_personal_data": (
        ("special_category", "contains_personal_data"),
        "Special category data are personal data: say that personal data are concerned",
    ),
    "incident_severity_is_rated_with_a_reason": (("severity_reason",), "Say why it is of that severity"),
    "incident_likelihood_is_rated_with_a_reason": (
        ("likelihood_reason",),
        "Say why harm is as likely as that",
    ),
}
# Upon these the clock rests.
CLOCKED = {"near_miss", "contains_personal_data", "discovered_at", "aware_at"}
MOMENTS = {
    "occurred_at": "The time at which it happened",
    "discovered_at": "The time at which it was noticed",
    "aware_at": "The time at which the council was aware",
}
DO_NOT_KNOW = [("", "I do not know"), ("true", "Yes"), ("false", "No")]


class YesNoUnknown(forms.TypedChoiceField):
    """A question that may be left open: True, False, or None while nobody knows."""

    def __init__(self, **options: Any) -> None:
        known = {"true": True, "false": False, True: True, False: False}
        super().__init__(
            choices=DO_NOT_KNOW,
            coerce=known.get,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **options,
        )

    def prepare_value(self, value: Any) -> str:
        """A value, or what was typed, as the control posts it."""
        return str(value).lower() if isinstance(value, bool) else value or ""


def yes_no_unknown(label: str, help_text: str = "") -> YesNoUnknown:
    """A question that may be left open."""
    return YesNoUnknown(label=label, help_text=help_text)


def moment_field(name: str, label: str, help_text: str = "", **options: Any) -> MomentField:
    """A day and a time, with what its sentences begin with."""
    return MomentField(label=label, help_text=help_text, subject=MOMENTS[name], **options)


class FirstReportForm(Worded, ModelForm):
    """What anybody can say on a Friday evening: five answers, of which three are needed."""

    SENTENCES = SENTENCES
    discovered_at = moment_field(
        "discovered_at", "When was it noticed?", "Such as 27 3 2026 and 16:30. The 72 hours run from then"
    )
    contains_personal_data = yes_no_unknown(
        "Does it concern personal data?", "Information about people who can be told from it"
    )

    class Meta:
        model = Incident
        fields = ("what_happened", "discovered_at", "unit", "contains_personal_data", "containment")
        labels: ClassVar[dict[str, str]] = {
            "what_happened": "What happened?",
            "unit": "Which service did it happen in?",
            "containment": "What has been done about it so far?",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "what_happened": "What went wrong, with which information, who has it now. No names",
        }

    def __init__(self, data: QueryDict | None, *, person: User, draft: QueryDict | None) -> None:
        super().__init__(data)
        self.person = person
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = units_to_choose(today(), None)
        unit.empty_label = "Choose a service"
        go_on_with(self, draft)

    def check_constraints(self) -> None:
        """Left to the service, which says the rest of the entry; here nothing can break one."""


def explained(entry: Any) -> str:
    """An entry of a list with what it means."""
    return f"{entry}: {entry.explanation}" if entry.explanation else str(entry)


class IncidentForm(Worded, SectionOf, EntryForm):
    """Change one section of an incident."""

    permission = "risks.change_incident"
    SENTENCES = SENTENCES

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self)
        for name in ("severity", "likelihood"):
            rating: Any = self.fields.get(name)
            if rating is not None:
                rating.empty_label, rating.label_from_instance = "Not rated yet", explained
        for name, subject in MOMENTS.items():
            if isinstance(field := self.fields.get(name), MomentField):
                field.subject = subject

    def check_constraints(self) -> None:
        """Those of the entry; then who may ease its clock, and when anybody was told of it."""
        super().check_constraints()
        if self.errors or not CLOCKED & {*self.changed_data}:
            return
        before = Incident.objects.get(pk=self.instance.pk)
        if not self.person.has_perm("risks.decide_not_to_tell", before):
            for name in {*eased(before, self.instance)} & {*self.changed_data}:
                self.add_error(name, SECOND_PERSON)
        told = before.incidentnotices.first_told() if "discovered_at" in self.changed_data else None
        if told and told.at < self.instance.discovered_at:
            self.add_error("discovered_at", f"Somebody was told of it before, on {long_moment(told.at)}")

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Write what was changed in this section, and nothing beside it, with the reason."""
        if self.changes_nothing:
            return self.instance
        with because(self.cleaned_data["change_reason"]):
            return self.write()


QUESTIONS = {
    "contains_personal_data": "Are personal data concerned?",
    "vulnerable_people": "Are children or vulnerable people concerned?",
    "special_category": "Are special category data concerned?",
    "near_miss": "Was it a near miss, of which nothing came?",
    "confidentiality": "Confidentiality: did somebody see or get it who should not have?",
    "integrity": "Integrity: was it changed, or made wrong?",
    "availability": "Availability: was it lost, or out of reach?",
}
HINTS = {
    "aware_at": "When somebody of the council was reasonably certain of it. The 72 hours run from then: "
    "if you make it later, say in the reason what was not yet certain",
    "occurred_at": "Leave empty while nobody knows",
    "is_restricted": "Without this, records managers, the strategy group and internal audit read it too",
    "special_category": "Such as health, ethnic origin, religion, trade union membership or sexual life",
    "near_miss": "It stays on the log, and no clock runs",
    "regulator_outcome": "No further action, advice, a reprimand, and what was asked for",
    "severity_reason": "Who could come to what harm, and why no more or less",
}


def form_of(key: str) -> type[IncidentForm]:
    """The form of one section."""
    asked = {
        name: yes_no_unknown(QUESTIONS[name], HINTS.get(name, ""))
        for name in BY_KEY[key].fields
        if name in QUESTIONS
    }
    found: Any = forms.modelform_factory(
        Incident,
        form=type("SectionForm", (IncidentForm,), asked),
        fields=BY_KEY[key].fields,
        help_texts={name: HINTS[name] for name in BY_KEY[key].fields if name in HINTS},
        widgets=dict.fromkeys(("severity", "likelihood"), forms.RadioSelect),
    )
    return cast("type[IncidentForm]", found)
