"""The file of a paper, to be compared with what was issued. Nothing of it is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from governance.core.forms import Form
from governance.core.packed import LARGEST_FILE, MEGABYTE

TOO_LARGE = f"The file must be smaller than {LARGEST_FILE // MEGABYTE} MB, as every issued paper is"


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
