"""Holding the auditor's words once, and saying where they are quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.http import QueryDict

from actions.forms.audits import PERMISSION, areas_of
from actions.models import Audit, AuditText, Quotation, digest_of
from assets.forms.held import HeldForm, RowForm, offer
from governance.core.forms import ModelForm

if TYPE_CHECKING:
    _Mixed = ModelForm
else:
    _Mixed = object

HELD_ONCE = "These words are held for this audit already: quote the text that is there"
SENTENCES: dict[str, tuple[tuple[str, ...], str]] = {
    "audit_text_is_held_once": (("text",), HELD_ONCE),
    "audit_text_digest_is_of_its_words": (("text",), "Enter the auditor's words"),
}


class _Text(_Mixed):
    """What entering and changing a text have in common."""

    class Meta:
        model = AuditText
        fields = ("kind", "scope_area", "text", "document", "paragraph")
        help_texts: ClassVar[dict[str, str]] = {
            "text": "Word by word as it stands in the report, without quotation marks around it",
            "document": "Such as “Data protection audit report, executive summary”",
            "paragraph": "Such as 2.1 or page 4",
        }

    def clean(self) -> dict[str, Any]:
        """What was typed, its lines ended by one character each; the digest goes with the words."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("text"):
            cleaned["text"] = "\n".join(cleaned["text"].splitlines())
            self.instance.digest = digest_of(cleaned["text"])
        return cleaned


class NewTextForm(_Text, RowForm):
    """Hold words of the auditor."""

    taken = HELD_ONCE
    SENTENCES: ClassVar[dict[str, Any]] = SENTENCES

    def __init__(self, data: QueryDict | None, *, audit: Audit) -> None:
        super().__init__(data, instance=AuditText(audit=audit))
        areas_of(self, audit)
        offer(self)


class TextForm(_Text, HeldForm):
    """Put right how the words were copied, with a reason; quotations are then compared with the new words."""

    permission = PERMISSION
    SENTENCES: ClassVar[dict[str, Any]] = SENTENCES

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        areas_of(self, self.instance.audit)


class QuotationForm(RowForm):
    """Say where words of a held text are quoted, and how."""

    taken = "This quotation is recorded already"
    SENTENCES: ClassVar[dict[str, Any]] = {"quotation_is_recorded_once": (("words",), taken)}

    class Meta:
        model = Quotation
        fields = ("words", "document", "quoted_on")
        help_texts: ClassVar[dict[str, str]] = {
            "words": "Exactly as they stand there. Where words are left out, record each part by itself",
            "document": "Such as “Report to the Audit and Procurement Committee, paragraph 2.1”",
        }

    def __init__(self, data: QueryDict | None, *, held: AuditText) -> None:
        super().__init__(data, instance=Quotation(held=held))
        self.fields["words"].widget = forms.Textarea(attrs={"rows": 4})
