"""Partners to an agreement, signatures and assets covered; and what is said where the database refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import QueryDict

from assets.forms.held import AssetReferenceField, RowForm, Worded
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
