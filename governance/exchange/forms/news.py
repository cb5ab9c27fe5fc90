"""What new rows say where the file does not: chosen from the register's lists, never typed."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from governance.core.forms.selects import LongSelect
from governance.exchange.importing.cells import key_of
from governance.people.registers.sheet import Sheet, SheetColumn

PREFIX = "new_"


def questions(sheet: Sheet, chosen: Mapping[str, str]) -> dict[str, forms.ChoiceField]:
    """A question for each list from which every new entry needs a word, by the name of its field."""
    return {
        f"{PREFIX}{column.name}": question(sheet, column, chosen.get(column.name, ""))
        for column in sheet.said_once
        if column.required and column.kind in ("choice", "list")
    }


def question(sheet: Sheet, column: SheetColumn, chosen: str) -> forms.ChoiceField:
    """What is it in new rows, where the file says nothing? Layouts of others have no column for it."""
    offered = [(key_of(option.value), option.said) for option in column.options()]
    if sheet.within and column is sheet.within.column:
        return of_which(sheet.within.asks, column, offered, chosen)
    label = f"{column.heading} of new {sheet.plural}"
    return forms.ChoiceField(
        label=label,
        choices=[("", "None: the file has to say it"), *offered],
        widget=LongSelect,
        help_text="Only where the file says none",
        initial=chosen,
        required=False,
        error_messages={"invalid_choice": f"{label}: choose from the list"},
    )


def of_which(
    asks: str, column: SheetColumn, offered: list[tuple[str, str]], chosen: str
) -> forms.ChoiceField:
    """Of which entry of another register is the whole file?"""
    first = f"Choose the {column.heading.lower()}"
    return forms.ChoiceField(
        label=asks,
        choices=[("", first), *offered],
        widget=LongSelect,
        help_text="The whole file is of one: what a number means there it means nowhere else",
        initial=chosen,
        error_messages={"required": first, "invalid_choice": f"{first} from the list"},
    )


def chosen_in(said: Mapping[str, str], sheet: Sheet) -> dict[str, str]:
    """The keys that were chosen, by column."""
    named = {column.name: said.get(f"{PREFIX}{column.name}", "") for column in sheet.said_once}
    return {name: key for name, key in named.items() if key}
