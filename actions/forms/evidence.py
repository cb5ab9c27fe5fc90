"""Adding evidence to an action: a new file or link, or a document that is there already; and new versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from actions.models import Document, DocumentVersion
from governance.core.forms import ARRIVED, Explanation, Form, UploadForm
from governance.core.forms.uploading import LARGEST

if TYPE_CHECKING:
    from governance.people.models import User

    _Many = forms.ModelMultipleChoiceField[DocumentVersion]
else:
    _Many = forms.ModelMultipleChoiceField

GONE = "One of those places does not hold it any more. Look at the list again"
LINK = "The link must be a whole address that begins with https:// or http://"


class VersionForm(UploadForm):
    """A file or a link."""

    TOO_LARGE = f"{UploadForm.TOO_LARGE}, or add a link to it"

    file = forms.FileField(
        required=False,
        label="File",
        help_text=f"PDF, DOCX, XLSX, CSV, PNG or JPG, up to {LARGEST}",
        error_messages=ARRIVED,
    )
    link = forms.URLField(
        required=False,
        label="Link",
        max_length=500,
        assume_scheme="https",
        help_text="To where the document is kept, instead of a file. It begins with https:// or http://",
        error_messages={"invalid": LINK},
    )

    def __init__(self, request: HttpRequest, *, person: User) -> None:
        super().__init__(request)
        self.person = person

    def clean_link(self) -> str:
        """Only what a browser opens as a page."""
        link = str(self.cleaned_data["link"])
        if link and not link.startswith(("https://", "http://")):
            raise forms.ValidationError(LINK)
        return link

    def clean(self) -> dict[str, Any]:
        """Exactly one of what is asked."""
        said = super().clean()
        if not self.errors:
            self.check_one([name for name in ("file", "link") if said.get(name)])
        return said

    def check_one(self, given: list[str]) -> None:
        """Refuse nothing, and both."""
        if len(given) != 1:
            self.add_error("file", "Choose a file, or enter a link, and not both")

    def version(self) -> dict[str, Any]:
        """What was given, as the service takes it."""
        return {"file": self.cleaned_data["file"], "link": self.cleaned_data["link"], "by": self.person}


class EvidenceForm(VersionForm):
    """The same as a new document with a title; or the reference of one that serves another action."""

    title = forms.CharField(
        required=False,
        label="Title of the document",
        max_length=200,
        help_text="What it shows, for a new document",
    )
    existing = forms.CharField(
        required=False,
        label="Reference of a document that is here already",
        max_length=12,
        help_text="Such as EV-0003, instead of a new document. It then serves this action too",
    )
    field_order = ("title", "file", "link", "existing")

    def clean_existing(self) -> Document | None:
        """The document, among those that the person may open."""
        typed = self.cleaned_data["existing"]
        if not typed:
            return None
        found: Document | None = (
            Document.objects.visible_to(self.person).filter(reference__iexact=typed).first()
        )
        if found is None:
            raise forms.ValidationError(f"There is no document {typed} that you may open")
        return found

    def check_one(self, given: list[str]) -> None:
        """Refuse nothing, and more than one; and a new document without a title."""
        existing = self.cleaned_data.get("existing")
        if len(given) + bool(existing) != 1:
            self.add_error("file", "Give one of three: a file, a link, or the reference of a document")
        elif not existing and not self.cleaned_data.get("title"):
            self.add_error("title", "Enter the title of the document")


class TakeOffForm(Form):
    """Why a document serves an action no more."""

    reason = Explanation(label="Why is it taken off?", help_text="Shown on the page of the action")


class SameField(_Many):
    """Versions in which the same is held, each with the actions that its document serves."""

    def label_from_instance(self, obj: Any) -> str:
        """Such as: EV-0003 Minutes, version 2, for ICO-001, ICO-002."""
        served = ", ".join(sorted(link.action.reference for link in obj.document.action_links.all()))
        return f"{obj.document}, version {obj.number}, for {served or 'no action any more'}"


class TakedownForm(Form):
    """Why a version is served no more; and which others, that hold the same, go with it."""

    reason = Explanation(label="Why is it taken down?", help_text="Shown where the document was")
    also = SameField(
        DocumentVersion.objects.none(),
        required=False,
        label="The same is held in other places. Take down there too",
        help_text="What is left out stays, and is served to whoever may open it",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: QueryDict | None, *, same: QuerySet[Any]) -> None:
        super().__init__(data)
        also = self.fields["also"]
        assert isinstance(also, SameField)
        also.queryset = same
        also.error_messages |= {"invalid_choice": GONE, "invalid_pk_value": GONE}
        if not (data or same):  # what was sent is answered also where nothing is left
            del self.fields["also"]
