"""What an officer confirms before a file is committed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from governance.exchange.importing.council import faults_of_council, said_otherwise, take_over
from governance.exchange.importing.receiving import found_in
from governance.exchange.models import Batch

if TYPE_CHECKING:
    from governance.people.models import User


class ConfirmForm(forms.Form):
    """Old words are read as the table says; what the file says of the council is taken over, if ticked."""

    read_as = forms.BooleanField(
        label="The old words are read as the table says",
        error_messages={"required": "Confirm what the old words are read as, then commit"},
    )
    take_over = forms.BooleanField(
        label="Let the council's record say the same. Otherwise the record stays as it is",
        required=False,
    )

    def __init__(self, *args: Any, batch: Batch, person: User, **options: Any) -> None:
        self.batch = batch
        options["label_suffix"] = ""
        super().__init__(*args, **options)
        found = found_in(batch).read_as if batch.is_open else {}
        self.old_words = [(name, word, said) for name, each in found.items() for word, said in each.items()]
        self.council = list(said_otherwise(batch).values()) if batch.is_open else []
        if not self.old_words:
            del self.fields["read_as"]
        if not self.council or not person.has_perm("people.keep_controller"):
            del self.fields["take_over"]

    def clean_take_over(self) -> bool:
        """Only what can be the council's record."""
        asked = bool(self.cleaned_data["take_over"])
        if asked and (faults := faults_of_council(self.batch)):
            raise forms.ValidationError(faults)
        return asked

    def sentences(self) -> list[str]:
        """What is wrong."""
        return [str(sentence) for found in self.errors.values() for sentence in found]

    def save(self) -> None:
        """Take over what was ticked."""
        if self.cleaned_data.get("take_over"):
            take_over(self.batch)
