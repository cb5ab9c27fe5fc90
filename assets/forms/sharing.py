"""Entering and changing sharing agreements, section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.http import QueryDict

from assets.forms.held import AssetReferenceField, HeldForm, NewForm, RowForm, Worded
from assets.models import Agreement, AgreementAsset, AgreementPartner, SharingPeriods
from governance.core.forms import VersionedForm

if TYPE_CHECKING:
    from governance.people.models import User

SENTENCES: dict[str, tuple[tuple[str, ...], str]] = {
    "agreement_in_force_says_why_from_when_and_when_reviewed": (
        ("state", "purpose", "review_on"),
        "An agreement in force needs a purpose, a lawful basis, a first day and a day of review",
    ),
    "agreement_ended_says_when_and_why": (
        ("ended_reason", "until_on"),
        "Say why it ended, and enter its last day",
    ),
    "agreement_ends_and_is_reviewed_after_it_begins": (
        ("until_on", "review_on", "from_on"),
        "The last day and the review must be on or after the first day",
    ),
    "agreement_on_consent_says_where_it_is_recorded": (
        ("consent_record",),
        "Say where the consent is recorded that is relied on",
    ),
    "agreement_approval_names_body_and_day": (
        ("approved_on", "approving_body"),
        "Enter both the body that approved it and the day",
    ),
    "agreement_signed_off_for_legal_by_a_post_on_a_day": (
        ("legal_on",),
        "Enter both the post that signed off for Legal and the day",
    ),
    "agreement_signed_off_for_information_by_a_post_on_a_day": (
        ("information_on",),
        "Enter both the post that signed off for the information team and the day",
    ),
    "agreement_names_a_partner_once": (("partner",), "That partner is named already"),
    "agreement_is_signed_in_a_version_on_a_day": (
        ("signed_version", "signed_on"),
        "Enter both the version signed and the day",
    ),
    "agreement_covers_an_asset_once": (("asset",), "That asset is covered already"),
    "sharing_periods_are_at_most_five_years": (
        ("warn_months",),
        "Each period must be 60 months or fewer",
    ),
}
OF_THE_COUNCIL = "The council leads"


class AgreementForm(HeldForm):
    """One section of an agreement."""

    permission = "assets.change_agreement"
    SENTENCES = SENTENCES


class AboutForm(AgreementForm):
    """What it is, and who keeps it."""

    class Meta:
        model = Agreement
        fields = ("title", "function", "under", "lead", "version", "owner", "unit")
        help_texts: ClassVar[dict[str, str]] = {
            "version": "A new version is one that all partners approve again",
            "under": "The tier 1 protocol whose rules it follows",
            "lead": "Leave empty where the council leads",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, words in (("under", "None"), ("lead", OF_THE_COUNCIL), ("function", "Not said")):
            choice = self.fields[name]
            assert isinstance(choice, forms.ModelChoiceField)
            choice.empty_label = words
        if self.instance.tier == Agreement.Tier.PROTOCOL:
            del self.fields["under"]
        else:
            protocols = Agreement.objects.protocols().exclude(pk=self.instance.pk)
            self.fields["under"].queryset = protocols  # type: ignore[attr-defined]


class ContentForm(AgreementForm):
    """What is shared, why, and how."""

    class Meta:
        model = Agreement
        fields = (
            "purpose",
            "arrangements",
            "lawful_basis",
            "relies_on_consent",
            "consent_record",
            "transfer_method",
            "security_measures",
        )
        help_texts: ClassVar[dict[str, str]] = {
            "consent_record": "Only where consent is relied on",
        }


class DatesForm(AgreementForm):
    """From when, until when, and when it is looked at again."""

    class Meta:
        model = Agreement
        fields = ("from_on", "until_on", "review_on")


class ApprovalForm(AgreementForm):
    """Who approved it and signed it off, by post."""

    class Meta:
        model = Agreement
        fields = (
            "approving_body",
            "approved_on",
            "legal_post",
            "legal_on",
            "information_post",
            "information_on",
        )


class StateForm(AgreementForm):
    """Whether it is in force."""

    class Meta:
        model = Agreement
        fields = ("state", "until_on", "ended_reason")
        widgets: ClassVar[dict[str, Any]] = {"state": forms.RadioSelect}
        labels: ClassVar[dict[str, str]] = {"until_on": "Last day"}
        help_texts: ClassVar[dict[str, str]] = {
            "until_on": "Needed where it has ended",
            "ended_reason": "Needed where it has ended",
        }


SECTIONS: dict[str, tuple[str, type[AgreementForm]]] = {
    "about": ("What it is, and who keeps it", AboutForm),
    "content": ("What is shared, why and how", ContentForm),
    "dates": ("Dates", DatesForm),
    "approval": ("Approval and sign-off", ApprovalForm),
    "state": ("Whether it is in force", StateForm),
}


class NewAgreementForm(NewForm):
    """Enter a protocol or an agreement as a draft; the rest is said section by section."""

    permission = "assets.change_agreement"
    prefix_of_references = "SA"
    SENTENCES = SENTENCES

    class Meta:
        model = Agreement
        fields = ("title", "tier", "purpose", "owner", "unit")
        widgets: ClassVar[dict[str, Any]] = {"tier": forms.RadioSelect}
        help_texts: ClassVar[dict[str, str]] = {
            "tier": "A protocol states rules that partners stand by; an agreement shares for one purpose. "
            "This cannot be changed later",
            "owner": "The post that answers for it",
        }


class PartyForm(RowForm):
    """Name a partner to an agreement."""

    taken = "That partner is named already"
    SENTENCES = SENTENCES

    class Meta:
        model = AgreementPartner
        fields = ("partner", "signed_on", "signed_version", "signed_by")

    def __init__(self, data: QueryDict | None, *, agreement: Agreement) -> None:
        super().__init__(data, instance=AgreementPartner(agreement=agreement))
        self.fields["partner"].queryset = (  # type: ignore[attr-defined]
            self._meta.model.partner.field.related_model.objects.offered().order_by("name")
        )


class SignatureForm(Worded, VersionedForm):
    """Record that a partner signed a version."""

    SENTENCES = SENTENCES

    class Meta:
        model = AgreementPartner
        fields = ("signed_on", "signed_version", "signed_by")


class CoverForm(RowForm):
    """Say that an agreement covers an asset."""

    asset = AssetReferenceField()
    taken = "That asset is covered already"
    SENTENCES = SENTENCES

    class Meta:
        model = AgreementAsset
        fields = ("asset", "note")

    def __init__(self, data: QueryDict | None, *, agreement: Agreement, person: User) -> None:
        super().__init__(data, instance=AgreementAsset(agreement=agreement))
        field = self.fields["asset"]
        assert isinstance(field, AssetReferenceField)
        field.person = person


class PeriodsForm(Worded, VersionedForm):
    """How long before and after its review an agreement warns and lapses."""

    SENTENCES = SENTENCES

    class Meta:
        model = SharingPeriods
        fields = ("warn_months", "lapse_months")
