"""Entering several recommendations from the rows of a table, with a check before."""

from __future__ import annotations

import csv
from hashlib import sha256
from io import StringIO
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import IntegrityError, transaction
from django.http import QueryDict

from actions.models import Recommendation, RecommendationPriority
from actions.models.audit_references import LONGEST, wrong_in
from governance.core.forms import Form
from governance.history.trail import because

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from actions.models import Audit

MOST = 500
HEADINGS = ("reference", "number", "ref", "no", "no.")
FASTER = "Somebody else entered one of these meanwhile. Check them again: those are named below"


class SeveralForm(Form):
    """Rows out of a table: reference, text, priority and scope area, with tabs between.

    Whoever posts them the first time is shown them `read`; with their digest as `checked` they are entered.
    """

    rows = forms.CharField(
        label="Rows of the table",
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Copy them from a spreadsheet: the auditor’s reference, the text, the priority and the "
        "scope area, in this order. The last two may be empty",
    )
    checked = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, data: QueryDict | None, *, audit: Audit) -> None:
        super().__init__(data)
        self.audit = audit
        self.read: list[Recommendation] = []

    @property
    def digest(self) -> str:
        """What stands for the rows that were shown."""
        return sha256(self.cleaned_data["rows"].encode()).hexdigest()

    @property
    def was_checked(self) -> bool:
        """Has the person seen just these rows as they are read?"""
        return bool(self.cleaned_data["checked"] == self.digest)

    def clean_rows(self) -> str:
        """The rows as typed; what they say is in `read`. Each row that cannot be read is named."""
        typed: str = "\n".join(self.cleaned_data["rows"].splitlines())
        rows = _cells(typed)
        if len(rows) > MOST:
            raise forms.ValidationError(f"There are {len(rows)} rows. Enter at most {MOST} at a time")
        reader = RowReader(self.audit)
        self.read = [reader.read(number, cells) for number, cells in rows]
        if reader.wrong:
            raise forms.ValidationError(reader.wrong)
        return typed

    def saved(self) -> bool:
        """Enter all of them, or none. False where somebody else was faster; the form then says so."""
        try:
            with transaction.atomic(), because(f"Entered for {self.audit.code}, {len(self.read)} at once"):
                Recommendation.objects.bulk_create(self.read)
        except IntegrityError:
            self.add_error("rows", FASTER)
            return False
        return True


def _cells(typed: str) -> list[tuple[int, list[str]]]:
    """The rows that say something, by their number, without the headings above them."""
    try:
        found = [
            (number, [cell.strip() for cell in row])
            for number, row in enumerate(csv.reader(StringIO(typed), delimiter="\t"), start=1)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as wrong:
        raise forms.ValidationError("The rows cannot be read as a table: copy them again") from wrong
    if found and found[0][1][0].lower() in HEADINGS:
        return found[1:]
    return found


class RowReader:
    """Reads row after row; `wrong` says what cannot be read, and where."""

    def __init__(self, audit: Audit) -> None:
        self.audit, self.wrong = audit, list[str]()
        priorities = RecommendationPriority.objects.offered()
        self.priorities = _known((each.code, (each.code, each.name)) for each in priorities)
        self.areas = _known((each, (each.code, each.title)) for each in audit.scope_areas.all())
        there = Recommendation.objects.filter(audit=audit).values_list("reference", flat=True)
        self.taken = {each.lower(): "is entered for this audit already" for each in there}

    def read(self, number: int, cells: Sequence[str]) -> Recommendation:
        """The recommendation that a row says."""
        reference, text, priority, area = [*cells, "", "", "", ""][:4]
        if any(cells[4:]):
            self.wrong.append(f"Row {number} has more than four columns")
        self._check_reference(number, reference)
        if not text:
            self.wrong.append(f"Row {number}: enter the text of the recommendation in the second column")
        return Recommendation(
            audit=self.audit,
            reference=reference,
            text=text,
            priority=self._among(number, "priority", priority, self.priorities) or "",
            scope_area=self._among(number, "scope area", area, self.areas),
        )

    def _check_reference(self, number: int, reference: str) -> None:
        if not reference or len(reference) > LONGEST:
            self.wrong.append(
                f"Row {number}: enter a reference of at most {LONGEST} characters in the first column"
            )
        elif wrong := wrong_in(reference):
            self.wrong.append(f"Row {number}: {wrong[0].lower()}{wrong[1:]}")
        elif problem := self.taken.get(reference.lower()):
            self.wrong.append(f"Row {number}: {reference} {problem}")
        self.taken.setdefault(reference.lower(), f"stands in row {number} already")

    def _among(self, number: int, what: str, typed: str, known: Mapping[str, Any]) -> Any:
        if typed and typed.lower() not in known:
            offered = ", ".join(dict.fromkeys(str(each) for each in known.values())) or "none"
            self.wrong.append(f"Row {number}: there is no {what} “{typed[:80]}”. There are: {offered}")
        return known.get(typed.lower()) if typed else None


def _known(entries: Any) -> dict[str, Any]:
    """What may be said of each, in small letters."""
    return {name.lower(): entry for entry, names in entries for name in names if name}
