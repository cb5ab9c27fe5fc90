"""The seven sections of an asset (domain.md 1.3), each a form with its help in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from assets.forms.section import Explained, SectionForm
from assets.models import Asset, Exemption, ImpactLevel, Licence, Marking
from assets.representations.sections import BY_KEY

LONGEST_OUTAGE = 87_600  # hours in ten years
STARS = [
    ("", "Not published as data"),
    ("0", "0: not on the web, or on no open licence"),
    ("1", "1: on the web on an open licence, in any format"),
    ("2", "2: as structured data, such as a spreadsheet"),
    ("3", "3: in an open format, such as CSV"),
    ("4", "4: with web addresses for the things it is about"),
    ("5", "5: linked to other people's data"),
]


class IdentityForm(SectionForm):
    """What the information is, and what it is kept for."""

    class Meta:
        model = Asset
        fields = BY_KEY["identity"].fields
        widgets: ClassVar[dict[str, Any]] = {"form": forms.RadioSelect}
        help_texts: ClassVar[dict[str, str]] = {
            "title": "What the people who use it call it",
            "description": "What it holds. One entry for each body of information managed as one unit: "
            "split it where parts differ in value, risk or sensitivity",
            "purpose": "What it is kept and used for",
            "function": "What the council does, whichever service does it this year",
            "system": "The system where it is first entered or mastered",
            "is_key": "Losing access to it would have severe consequences. It need not be the most sensitive",
            "potential": "What else it could be used for, and by whom",
        }


class OwnershipForm(SectionForm):
    """Which post answers for it, and who works with it."""

    class Meta:
        model = Asset
        fields = BY_KEY["ownership"].fields
        help_texts: ClassVar[dict[str, str]] = {
            "owner": "The post, usually a head of service, that answers for it to the SIRO",
            "unit": "The service that holds it today",
            "custodian": "The post that does the day-to-day work for the owner",
            "users": "Teams inside the council that work with it",
            "external_holders": "Organisations that hold it or a copy for the council",
        }


class ContentForm(SectionForm):
    """About whom and about what it is."""

    contains_personal_data = forms.NullBooleanField(
        label="Does it contain personal data?",
        help_text="About living people who can be identified from it, alone or with other information",
        widget=forms.RadioSelect(choices=[("True", "Yes"), ("False", "No"), ("", "Not yet assessed")]),
    )

    class Meta:
        model = Asset
        fields = BY_KEY["content"].fields
        help_texts: ClassVar[dict[str, str]] = {
            "special_category": "Race or ethnic origin, politics, religion, trade union, genetics, "
            "biometrics that identify, health, sex life or orientation",
            "criminal_offence": "Convictions, offences and allegations of them",
            "vulnerable_people": "It is about children, or adults at risk",
            "data_subjects": "Groups of people, such as pupils and their parents. No names",
            "volume": "About how many records there are",
            "commercially_sensitive": "Its release would harm the council's or somebody else's business",
            "environmental": "Requests for it fall under the Environmental Information Regulations",
        }

    def clean(self) -> dict[str, Any]:
        """What was typed; what is sensitive about people is about people."""
        cleaned = super().clean()
        sensitive = [name for name in ("special_category", "criminal_offence") if cleaned.get(name)]
        if sensitive and not cleaned.get("contains_personal_data"):
            kind = str(self.fields[sensitive[0]].label)
            self.add_error("contains_personal_data", f"{kind} are personal data: select Yes, or untick them")
        return cleaned


def rating(name: str) -> Explained:
    """A rating on the council's one scale."""
    words = {
        "confidentiality": "If somebody saw it who should not",
        "integrity": "If it were wrong, or changed unseen",
        "availability": "If it could not be had when needed",
    }
    return Explained(
        ImpactLevel.objects.all(),
        label=name.capitalize(),
        to_field_name="number",
        required=False,
        empty_label="Not rated yet",
        blank=True,
        help_text=words[name],
    )


class ProtectionForm(SectionForm):
    """How it is marked, and what its loss would mean."""

    marking = Explained(
        Marking.objects.all(),
        label="Protective marking",
        required=False,
        empty_label="Not decided yet",
        blank=True,
        help_text="Not every OFFICIAL document needs to be marked; what needs care does",
    )
    confidentiality = rating("confidentiality")
    integrity = rating("integrity")
    availability = rating("availability")
    longest_outage_hours = forms.IntegerField(
        label="Longest tolerable outage in hours",
        required=False,
        min_value=0,
        max_value=LONGEST_OUTAGE,
        help_text="How long the service could work without it",
    )

    class Meta:
        model = Asset
        fields = BY_KEY["protection"].fields
        help_texts: ClassVar[dict[str, str]] = {
            "access_rule": "Which posts or teams may use it, and how that is controlled",
        } | {
            f"{rated}_reason": "What would happen, to whom"
            for rated in ("confidentiality", "integrity", "availability")
        }

    def clean(self) -> dict[str, Any]:
        """What was typed; a rating comes with its reason."""
        cleaned = super().clean()
        for rated in ("confidentiality", "integrity", "availability"):
            if cleaned.get(rated) and not (cleaned.get(f"{rated}_reason") or "").strip():
                self.add_error(f"{rated}_reason", f"Give a reason for the rating of {rated}")
        return cleaned


class RetentionForm(SectionForm):
    """How long it is kept, and from when."""

    class Meta:
        model = Asset
        fields = BY_KEY["retention"].fields
        help_texts: ClassVar[dict[str, str]] = {
            "retention_rule": "The line of the retention schedule that applies",
            "retention_from": "The day from which the period runs, where it is one day for all of it. "
            "For example, 24 10 2016",
            "retention_note": "What the rule does not say: an exception, a matter of judgement",
        }


class SharingForm(SectionForm):
    """Who else is given it."""

    class Meta:
        model = Asset
        fields = BY_KEY["sharing"].fields
        help_texts: ClassVar[dict[str, str]] = {
            "recipients": "Organisations and kinds of recipient that are given it regularly. "
            "Leave it empty where nobody is",
        }


class OpennessForm(SectionForm):
    """Whether the public may have it, and why not where it may not."""

    exemption = Explained(
        Exemption.objects.all(),
        widget=forms.Select,
        required=False,
        help_text="The exemption of the Freedom of Information Act, or the exception of the Environmental "
        "Information Regulations, on which it is withheld",
    )
    licence = Explained(
        Licence.objects.all(),
        widget=forms.Select,
        required=False,
        help_text="On what terms it may be used again",
    )
    dataset_address = forms.URLField(
        label="Address of the dataset",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Where the public finds it. For example, https://data.example.gov.uk/car-parks",
        error_messages={
            "invalid": "Address of the dataset must be a web address, such as https://data.example.gov.uk"
        },
    )
    stars = forms.TypedChoiceField(
        label="Stars of openness", choices=STARS, coerce=int, empty_value=None, required=False
    )

    class Meta:
        model = Asset
        fields = BY_KEY["openness"].fields
        widgets: ClassVar[dict[str, Any]] = {"publish": forms.RadioSelect}
        help_texts: ClassVar[dict[str, str]] = {
            "publish": "Public information is open by default",
            "publish_reason": "Needed where all or part of it is withheld. Where part is published, the "
            "public reads this reason",
        }

    def clean(self) -> dict[str, Any]:
        """What was typed; withholding needs a reason and an exemption."""
        cleaned = super().clean()
        if cleaned.get("publish") in (Asset.Publish.WITHHOLD, Asset.Publish.PART):
            if not (cleaned.get("publish_reason") or "").strip() and "publish_reason" not in self.errors:
                self.add_error("publish_reason", "Withholding needs a reason: say why")
            if not cleaned.get("exemption") and "exemption" not in self.errors:
                self.add_error("exemption", "Withholding needs an exemption: select the one that applies")
        return cleaned


FORMS: Mapping[str, type[SectionForm]] = {
    "identity": IdentityForm,
    "ownership": OwnershipForm,
    "content": ContentForm,
    "protection": ProtectionForm,
    "retention": RetentionForm,
    "sharing": SharingForm,
    "openness": OpennessForm,
}
