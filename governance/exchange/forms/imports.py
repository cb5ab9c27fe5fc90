"""Bringing a file in: the file, and what its columns mean."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from governance.core.forms import Form
from governance.core.packed import LARGEST_FILE, MEGABYTE
from governance.exchange.forms.news import PREFIX, chosen_in, questions
from governance.exchange.forms.words import LEAVE_OUT
from governance.exchange.importing import check, guess, receive
from governance.exchange.importing.likely import named_columns, suppose
from governance.exchange.importing.matching import match
from governance.exchange.importing.words import words_of
from governance.exchange.layouts import LAYOUTS, recognised
from governance.exchange.models import LEFT_OUT, UNKNOWN_ARE_NEW, Batch, FoundTable, Source
from governance.exchange.reading import FileRefusedError
from governance.exchange.reading.limits import ENDINGS, MOST_ROWS, READ, TAKEN
from governance.people.registers.sheet import SHEETS, Sheet

if TYPE_CHECKING:
    from governance.people.models import User


TOO_LARGE = f"The file must be smaller than {LARGEST_FILE // MEGABYTE} MB. Split it into several"


class UploadForm(Form):
    """A file, and where it comes from. `save` may refuse the file: the form then says why."""

    register = forms.ChoiceField(label="Which register is it for?")
    file = forms.FileField(
        label="File",
        help_text=f"One that ends in {READ}, up to {LARGEST_FILE // MEGABYTE} MB and {MOST_ROWS:,} rows",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )
    source = forms.CharField(
        label="Where does it come from?",
        help_text="Files from the same place have the same columns: what they mean is asked once and "
        "remembered under this name. For example, Housing's spreadsheet",
        max_length=120,
    )

    def __init__(
        self, *args: Any, person: User, was_stopped: bool = False, of: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.person, self.of = person, of
        if was_stopped:
            self.fields["file"].error_messages["required"] = TOO_LARGE
        field = self.fields["register"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (key, sheet.plural.capitalize())
            for key, sheet in SHEETS.items()
            if person.has_perm(sheet.bring_in)
        ]
        known = Source.objects.values_list("name", flat=True)
        self.fields["source"].widget.attrs["list"] = "sources"
        self.sources = list(known)

    def clean_file(self) -> UploadedFile[Any]:
        """A file that is not too large even to be looked at."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def save(self) -> Batch | None:
        """The batch; None for a file that is refused."""
        said = self.cleaned_data
        file: UploadedFile[Any] = said["file"]
        try:
            return receive(
                file.read(),
                file.name or "",
                register=said["register"],
                source=said["source"],
                by=self.person,
                of=self.of,
            )
        except FileRefusedError as refused:
            self.add_error("file", _with_ending(refused, file.name or ""))
            return None


def _with_ending(refused: FileRefusedError, name: str) -> str:
    """Why a file is refused, and that its name is not that of a table, where that is so."""
    ending = PurePath(name).suffix.lower()
    if not ending or ending in ENDINGS or refused.says_what_instead:
        return str(refused)
    return f"{refused}. Files that end in “{ending[:12]}” are not taken. {TAKEN}"


class MatchForm(forms.Form):
    """For each heading of a file the column of the register, or that it is left out on purpose.

    Fields are named by the place of the column, so that no heading can be taken for anything else.
    """

    blank_means_empty = forms.BooleanField(
        label="A blank cell empties the field. Otherwise it leaves the field as it is",
        required=False,
    )
    unknown_are_new = forms.BooleanField(
        label=f"{UNKNOWN_ARE_NEW}. Otherwise they are errors",
        required=False,
    )

    def __init__(self, *args: Any, batch: Batch, table: FoundTable, person: User, **options: Any) -> None:
        self.batch, self.table, self.person = batch, table, person
        self.sheet: Sheet = SHEETS[batch.register]
        options["initial"] = {
            "blank_means_empty": batch.blank_means_empty,
            "unknown_are_new": batch.unknown_are_new,
        }
        options["label_suffix"] = ""
        super().__init__(*args, **options)
        self.layout = recognised(LAYOUTS.values(), batch.register, table.headings)
        self.left_out = self.sheet.left_out(table.headings)
        if self.layout:
            self.left_out |= self.layout.left_out(table.headings)
        known = batch.mapping or self.guessed()
        self.guesses = {} if batch.mapping else suppose(self.sheet, table.headings, known, table.likely)
        offered = self.offered()
        for place, heading in enumerate(table.headings):
            if heading:
                self.fields[f"column_{place}"] = self.question(heading, place, known.get(heading), offered)
        self.fields |= questions(self.sheet, batch.for_new)
        if self.sheet.within:
            del self.fields["unknown_are_new"]  # its references are those of the file

    def news(self) -> list[forms.BoundField]:
        """The questions about new rows."""
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    def guessed(self) -> dict[str, str]:
        """As last time from this source, else as the layout of the file says, else by the headings."""
        settled = self.layout.mapping(self.table.headings) if self.layout else {}
        return guess(self.sheet, self.table.headings, {**settled, **self.batch.source.mapping})

    def offered(self) -> list[Any]:
        """What a column can be, under the headings of the register's sections where it has them."""
        sections = self.sheet.sections or {f"About the {self.sheet.noun}": self.sheet.columns}
        more = {"What it has several of": self.sheet.several, "In words of your own": self.sheet.spreads}
        more |= {self.sheet.facts.title: self.sheet.facts.cells} if self.sheet.facts else {}
        groups = {
            "Which entry": self.sheet.keys,
            **sections,
            **{key: each for key, each in more.items() if each},
        }
        answers = [("", "Choose what it is"), (LEAVE_OUT, "Leave this column out")]
        return [*answers, *((title, named_columns(columns)) for title, columns in groups.items())]

    def question(self, heading: str, place: int, known: str | None, offered: list[Any]) -> forms.ChoiceField:
        """What is this column?"""
        guess, why_not = self.guesses.get(heading), self.sheet.why_not(heading)
        rest = LEAVE_OUT if why_not else ""
        samples = self.table.samples[place]
        hints = [f"For example: {'; '.join(samples)}" if samples else "All its cells are blank"]
        hints += [f"This is {guess.why}: look at it"] if guess else []
        hints += [why_not] if why_not and not guess else []
        return forms.ChoiceField(
            label=heading,
            choices=offered,
            initial=LEAVE_OUT if known == LEFT_OUT else known or (guess.name if guess else rest),
            help_text=self.left_out.get(heading) or ". ".join(hints),
            error_messages={"required": f"Say what “{heading}” is, or that it is left out"},
        )

    def columns(self) -> list[forms.BoundField]:
        """The questions about columns."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    def clean(self) -> dict[str, Any]:
        """No column of the register may be given twice, and something must be brought in."""
        said: dict[str, Any] = super().clean() or {}
        first: dict[str, str] = {}
        for name in [name for name in self.fields if name.startswith("column_")]:
            if (column := said.get(name, LEAVE_OUT)) == LEAVE_OUT:
                continue
            if column in first:
                heading = self.sheet.column(column).heading
                self.add_error(name, f"“{self.fields[first[column]].label}” is {heading} already")
            first.setdefault(column, name)
        if (found_by := self.sheet.found_by) and {found_by.column.name, "reference"} <= first.keys():
            self.add_error(
                first["reference"], f"Rows are matched by the {found_by.noun} already, not by both"
            )
        said["for_new"] = chosen_in(said, self.sheet)
        if not self.errors and not set(first) - {column.name for column in self.sheet.keys}:
            raise forms.ValidationError("Every column is left out, so there is nothing to bring in")
        return said

    def save(self) -> bool:
        """Remember what the columns mean, and check the file; are there words to be matched?

        Raises NotReadyError once it is closed.
        """
        said = self.cleaned_data
        mapping = {
            heading: LEFT_OUT if said[f"column_{place}"] == LEAVE_OUT else said[f"column_{place}"]
            for place, heading in enumerate(self.table.headings)
            if heading
        }
        known = [name for name in ("blank_means_empty", "unknown_are_new", "for_new") if name in said]
        options = {name: said[name] for name in known}
        with transaction.atomic():
            match(self.batch, mapping, **options)
            check(self.batch, self.person)
        return any(not each.is_matched for each in words_of(self.batch))
