"""Entering an audit: what it was, what the auditor said of the whole and of each area."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from actions.models import Audit, ScopeArea
from assets.forms.held import HeldForm, RowForm, offer

PERMISSION = "actions.keep_audits"
SENTENCES: dict[str, tuple[tuple[str, ...], str]] = {
    "audit_ends_after_it_begins": (
        ("audited_to",),
        "The last day must be on or after the first day of the audit",
    ),
    "audit_has_an_auditor_and_a_title": (("auditor", "title"), "Enter the auditor and the title"),
}
AREA_SENTENCES = {
    "scope_area_code_once_in_audit": (("code",), "Another area of this audit has this code already")
}
PLACE = {"position": "Place in the list"}
LABELS = {"audited_from": "First day of the audit", "audited_to": "Last day of the audit"}
AS_GIVEN = "In the auditor’s own words, such as “limited assurance”. It is never worked out"


class NewAuditForm(RowForm):
    """Enter an audit; the rest is said section by section."""

    taken = "An audit with this code is there already"
    SENTENCES: ClassVar[dict[str, Any]] = SENTENCES

    class Meta:
        model = Audit
        fields = ("title", "code", "kind", "auditor", "audited_from", "audited_to", "scope")
        labels = LABELS
        help_texts: ClassVar[dict[str, str]] = {
            "code": "A short name for addresses and files, such as ico-2027. It cannot be changed later",
            "scope": "What the audit looked at: services and areas",
        }

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data)
        offer(self)

    def clean_code(self) -> str:
        """The code, unless an address of its own would hide the audit."""
        code: str = self.cleaned_data["code"]
        if code == "new":
            raise forms.ValidationError("Choose another code: “new” is the address of this page")
        return code


class AuditForm(HeldForm):
    """One section of an audit."""

    permission = PERMISSION
    SENTENCES: ClassVar[dict[str, Any]] = SENTENCES


class AboutAuditForm(AuditForm):
    """Who audited what, and when."""

    class Meta:
        model = Audit
        fields = ("title", "kind", "auditor", "audited_from", "audited_to", "reported_on", "scope")
        labels = LABELS


class OpinionForm(AuditForm):
    """The overall opinion, as given."""

    class Meta:
        model = Audit
        fields = ("opinion", "opinion_note")
        help_texts: ClassVar[dict[str, str]] = {
            "opinion": AS_GIVEN,
            "opinion_note": "What the council says of it. The auditor’s own words are held below",
        }


SECTIONS: dict[str, tuple[str, type[AuditForm]]] = {
    "about": ("Who audited what, and when", AboutAuditForm),
    "opinion": ("Overall opinion", OpinionForm),
}


class NewAreaForm(RowForm):
    """Add an area to what the audit looked at."""

    taken = "Another area of this audit has this code already"
    SENTENCES: ClassVar[dict[str, Any]] = AREA_SENTENCES

    class Meta:
        model = ScopeArea
        fields = ("title", "code", "opinion", "position")
        labels = PLACE
        help_texts: ClassVar[dict[str, str]] = {
            "code": "A short name for addresses and files, such as training",
            "opinion": AS_GIVEN,
        }

    def __init__(self, data: QueryDict | None, *, audit: Audit) -> None:
        super().__init__(data, instance=ScopeArea(audit=audit))
        self.fields["position"].initial = audit.scope_areas.count() + 1


class AreaForm(HeldForm):
    """Change an area, or what the auditor's opinion of it was."""

    permission = PERMISSION
    SENTENCES: ClassVar[dict[str, Any]] = AREA_SENTENCES

    class Meta:
        model = ScopeArea
        fields = ("title", "opinion", "position")
        labels = PLACE
        help_texts: ClassVar[dict[str, str]] = {"opinion": AS_GIVEN}


def areas_of(form: forms.BaseForm, audit: Audit) -> None:
    """Offer the areas of this audit, and none of others."""
    field = form.fields["scope_area"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = audit.scope_areas.all()
    field.empty_label = "No area of its own"
