"""What comes with a paper: recommendations, appendices, background papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction

from governance.committees.models import Paper, Recommendation
from governance.committees.models.placing import place_among
from governance.core.forms import ARRIVED, UploadForm, VersionedForm
from governance.core.forms.uploading import LARGEST

LINK = "The address must be whole and begin with https:// or http://"
A_PDF = f"PDF, up to {LARGEST}"
MOST_RECOMMENDATIONS = 40


class RecommendationForm(VersionedForm):
    """What one body is asked to decide. `place` moves it among the others."""

    place = forms.IntegerField(label="Place in the list", min_value=1, help_text="1 is the first")

    class Meta:
        model = Recommendation
        fields = ["body", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"text": "In the words that the body would resolve, for example: note the progress made"}

    def __init__(self, *args: Any, paper: Paper, **options: Any) -> None:
        super().__init__(*args, **options)
        self.paper = paper
        self.instance.paper = paper
        if not self.instance.pk:
            self.initial["body"] = paper.meeting.body_id
        self.last = paper.recommendations.count() + (0 if self.instance.pk else 1)
        self.fields["place"].initial = self.instance.position or self.last

    def clean(self) -> dict[str, Any]:
        """A paper has no more recommendations than a body could vote on."""
        cleaned = super().clean()
        if self.last > MOST_RECOMMENDATIONS:
            self.add_error(None, f"A paper has at most {MOST_RECOMMENDATIONS} recommendations")
        return cleaned

    def save(self, commit: bool = True) -> Recommendation:  # noqa: FBT001, FBT002 - Django's signature
        """The recommendation, with all of them numbered anew from 1 in their order."""
        with transaction.atomic():
            Paper.objects.locked().get(pk=self.paper.pk)
            place_among(self.paper.recommendations.all(), self.instance, self.cleaned_data["place"])
            saved: Recommendation = super().save(commit)
        return saved


class AppendixForm(UploadForm):
    """A file that is added behind the appendices which the paper makes itself."""

    title = forms.CharField(label="Title of the appendix", max_length=200)
    file = forms.FileField(label="File", help_text=A_PDF, error_messages=ARRIVED)


class BackgroundForm(AppendixForm):
    """A document that the report rests on: a copy of it, or its address."""

    title = forms.CharField(label="Title of the background paper", max_length=200)
    file = forms.FileField(label="Copy", required=False, help_text=A_PDF, error_messages=ARRIVED)
    link = forms.URLField(
        label="Address",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Where it can be read, instead of a copy. It begins with https:// or http://",
        error_messages={"invalid": LINK},
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        said = super().clean()
        if not self.errors and bool(said.get("file")) == bool(said.get("link")):
            self.add_error("file", "Choose a copy, or enter an address, and not both")
        if said.get("link") and not said["link"].startswith(("https://", "http://")):
            self.add_error("link", LINK)
        return said
