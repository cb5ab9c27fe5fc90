"""Entering and changing sharing agreements, section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from assets.forms.held import HeldForm, NewForm
from assets.forms.sharing_links import SENTENCES
from assets.models import Agreement

if TYPE_CHECKING:
    pass

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
