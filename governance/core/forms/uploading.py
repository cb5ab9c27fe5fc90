"""Forms that take a file: where too much of it came it was not read, and what else was typed stays."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest

from governance.core.forms.wording import Form
from governance.core.packed import LARGEST_FILE, MEGABYTE
from governance.core.uploads import was_stopped

LARGEST = f"{LARGEST_FILE // MEGABYTE} MB"
ARRIVED = {
    "empty": "The file is empty. Choose one with something in it",
    "invalid": "The file did not arrive. Choose it again",
}


class UploadForm(Form):
    """Takes the request itself. A subclass has a field `file`, and may say more in `TOO_LARGE`."""

    TOO_LARGE: ClassVar[str] = f"The file must be {LARGEST} or smaller. Make it smaller"

    def __init__(self, request: HttpRequest) -> None:
        said = (request.POST, request.FILES) if request.method == "POST" else ()
        super().__init__(*said)
        self.was_stopped = bool(said) and was_stopped(request)

    def clean(self) -> dict[str, Any]:
        """Of a file that was stopped nothing is there to be looked at."""
        said = super().clean() or {}
        if self.was_stopped:
            self.errors.pop("file", None)
            self.add_error("file", self.TOO_LARGE)
        return said
