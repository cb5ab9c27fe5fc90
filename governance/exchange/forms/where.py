"""Where in a file the table stands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction

from governance.core.forms import Form
from governance.exchange.importing.receiving import headings_of, keep_found
from governance.exchange.models import Batch, FoundTable
from governance.exchange.reading import read
from governance.people.registers.sheet import SHEETS


class WhereForm(Form):
    """On which sheet of a workbook the table stands, and in which row its headings."""

    sheet = forms.ChoiceField(label="Sheet", required=False)
    heading_row = forms.IntegerField(
        label="Row of the headings",
        help_text="Leave it blank to have them looked for",
        required=False,
        min_value=1,
        max_value=1_048_576,
    )

    def __init__(self, *args: Any, batch: Batch, table: FoundTable, **options: Any) -> None:
        self.batch = batch
        super().__init__(*args, initial={"sheet": batch.sheet, "heading_row": batch.heading_row}, **options)
        if table.sheets:
            field = self.fields["sheet"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(name, name) for name in table.sheets]
        else:
            del self.fields["sheet"]

    def save(self) -> None:
        """Read the table there. Raises FileRefusedError for none, NotReadyError once it is closed."""
        said, batch = self.cleaned_data, self.batch
        sheet = said.get("sheet") or batch.sheet
        table = read(
            bytes(batch.file.data),
            sheet=sheet,
            heading_row=said["heading_row"] or 0,
            known=headings_of(SHEETS[batch.register]),
        )
        with transaction.atomic():
            batch.read_at(sheet, table.heading_row, len(table.rows))
            keep_found(batch, table)
