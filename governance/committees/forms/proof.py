"""The file of a paper, or the head that it prints, to be compared with what is here. Nothing is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from governance.committees.checking import read_head
from governance.core.forms import Form
from governance.core.packed import LARGEST_FILE, MEGABYTE

TOO_LARGE = f"The file must be smaller than {LARGEST_FILE // MEGABYTE} MB, as every issued paper is"


class HeadForm(Form):
    """The head of the chain as a paper prints it."""

    head = forms.CharField(
        label="Head printed on a paper",
        max_length=200,
        help_text="The 64 digits and letters in the appendix “Where the figures come from”",
        error_messages={"required": "Enter the head that the paper prints"},
    )

    def clean_head(self) -> str:
        """The digest, whether or not the line was broken."""
        try:
            return read_head(self.cleaned_data["head"])
        except ValueError as refused:
            raise forms.ValidationError(str(refused)) from None


class FileForm(Form):
    """A file that somebody was given as a paper of this council."""

    file = forms.FileField(
        label="A paper as PDF",
        help_text=f"Up to {LARGEST_FILE // MEGABYTE} MB. It is compared and not kept",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )

    def __init__(self, *args: Any, was_stopped: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if was_stopped:
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def clean_file(self) -> UploadedFile[Any]:
        """A file that is not too large to be looked at."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE)
        return file
