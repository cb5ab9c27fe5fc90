"""Contracts with processors, and partners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict

from assets.forms.held import AssetReferenceField, HeldForm, NewForm, RowForm, Worded
from assets.models import ComplianceReview, ContractAsset, Partner, ProcessorContract, RenameError
from assets.models.periods import EARLIEST
from governance.core.dates import today
from governance.core.forms import DateField, Form, VersionedForm
from governance.history.trail import because

if TYPE_CHECKING:
    from governance.people.models import User

SENTENCES: dict[str, tuple[tuple[str, ...], str]] = {
    "contract_ends_after_it_begins": (("until_on",), "The last day must be on or after the first"),
    "contract_due_diligence_has_words_and_a_day": (
        ("due_diligence_on", "due_diligence"),
        "Enter both what was checked and the day",
    ),
    "contract_without_terms_says_what_is_missing": (
        ("terms_note",),
        "Say what is missing from the terms",
    ),
    "contract_covers_an_asset_once": (("asset",), "That asset is named already"),
    "compliance_review_says_what_is_wrong": (("findings",), "Say what is wrong"),
    "partner_has_a_successor_once_it_ceased": (
        ("abolished_on",),
        "Enter the day on which it ceased to exist, since it has a successor",
    ),
    "partner_does_not_succeed_itself": (("succeeded_by",), "A partner cannot succeed itself"),
}
TERMS = [("True", "Yes"), ("False", "No"), ("", "Not checked")]


def _terms() -> Any:
    return forms.TypedChoiceField(
        label="Are the terms of Article 28 in place?",
        choices=TERMS,
        coerce=lambda typed: str(typed) == "True",  # of what stood too: a Yes is not the No typed over it
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class ContractForm(HeldForm):
    """Change a contract."""

    permission = "assets.change_contract"
    SENTENCES = SENTENCES
    has_terms = _terms()

    class Meta:
        model = ProcessorContract
        fields = (
            "title", "processor", "contract_reference", "owner", "unit", "from_on", "until_on", "has_terms",
            "terms_note", "due_diligence", "due_diligence_on", "sub_processors", "review_on",
        )  # fmt: skip


class NewContractForm(NewForm):
    """Enter a contract; due diligence, terms and reviews are said on its page."""

    permission = "assets.change_contract"
    prefix_of_references = "PC"
    SENTENCES = SENTENCES
    has_terms = _terms()

    class Meta:
        model = ProcessorContract
        fields = (
            "title", "processor", "contract_reference", "owner", "unit", "from_on", "until_on", "has_terms",
            "terms_note", "review_on",
        )  # fmt: skip


class HandledForm(RowForm):
    """Say that a processor handles an asset."""

    asset = AssetReferenceField()
    taken = "That asset is named already"
    SENTENCES = SENTENCES

    class Meta:
        model = ContractAsset
        fields = ("asset", "note")

    def __init__(self, data: QueryDict | None, *, contract: ProcessorContract, person: User) -> None:
        super().__init__(data, instance=ContractAsset(contract=contract))
        field = self.fields["asset"]
        assert isinstance(field, AssetReferenceField)
        field.person = person


class ReviewForm(RowForm):
    """Record a compliance review, and when the next is due."""

    SENTENCES = SENTENCES
    reviewed_on = DateField(label="Reviewed on", subject="The day of the review", latest=today)
    complies = forms.TypedChoiceField(
        label="Does the processor do as agreed?",
        choices=[("True", "Yes"), ("False", "No")],
        coerce=lambda typed: typed == "True",
        widget=forms.RadioSelect,
    )
    next_on = DateField(label="Next review due", required=False)

    class Meta:
        model = ComplianceReview
        fields = ("reviewed_on", "complies", "findings")

    def __init__(self, data: QueryDict | None, *, contract: ProcessorContract, person: User) -> None:
        super().__init__(data, instance=ComplianceReview(contract=contract, recorded_by=person))


class PartnerForm(Worded, VersionedForm):
    """Enter a partner, or change one; its name changes by a step of its own."""

    SENTENCES = SENTENCES

    class Meta:
        model = Partner
        fields = (
            "kind", "contact_post", "mailbox", "ico_registration", "understanding_on", "assurance",
            "abolished_on", "succeeded_by",
        )  # fmt: skip

    def __init__(self, data: QueryDict | None, *, instance: Partner) -> None:
        super().__init__(data, instance=instance)
        self.fields["succeeded_by"].queryset = (  # type: ignore[attr-defined]
            Partner.objects.exclude(pk=instance.pk).order_by("name")
        )


class NewPartnerForm(RowForm):
    """Enter a partner."""

    taken = "There is a partner of that name or code already"
    SENTENCES = SENTENCES

    class Meta:
        model = Partner
        fields = ("name", "code", "kind", "contact_post", "mailbox")


class RenameForm(Form):
    """Record that a partner took another name."""

    name = forms.CharField(label="New name", max_length=200)
    on = DateField(label="From", subject="The first day of the new name", earliest=EARLIEST, latest=today)

    def __init__(self, data: QueryDict | None, *, partner: Partner) -> None:
        super().__init__(data)
        self.partner = partner

    def clean_name(self) -> str:
        """A name that no other partner has."""
        name: str = self.cleaned_data["name"]
        if Partner.objects.exclude(pk=self.partner.pk).filter(name=name).exists():
            raise forms.ValidationError("Another partner has that name")
        return name

    def saved(self) -> bool:
        """Rename it. False where that is not possible; the form then says why."""
        try:
            with because("Renamed"):
                self.partner.rename(self.cleaned_data["name"], on=self.cleaned_data["on"])
        except RenameError as refused:
            self.add_error(None, str(refused))
            return False
        return True
