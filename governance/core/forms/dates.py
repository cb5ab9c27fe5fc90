"""A date in three fields (GOV.UK Design System): typed as people say it, never moved on by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from governance.core.dates import long_date, today

PARTS = ("day", "month", "year")
MONTHS = [f"{date(2000, month, 1):%B}".lower() for month in range(1, 13)]


class Typed(NamedTuple):
    """The three parts as typed."""

    day: str
    month: str
    year: str

    @classmethod
    def of(cls, value: object) -> Typed | None:
        """The parts of a date, of an ISO date in text, or of parts already typed; None for anything else."""
        if isinstance(value, Typed):
            return value
        try:
            day = value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            return None
        return cls(str(day.day), str(day.month), str(day.year))


class DateInput(forms.Widget):
    """Day, month and year. Posts `name_day` and so on; an address may say `name=2016-10-24`."""

    template_name = "form/widgets/date_input.html"
    use_fieldset = True

    def names(self, name: str) -> list[str]:
        """The names that the parts post under."""
        return [f"{name}_{part}" for part in PARTS]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed | None:
        """What was typed, or None where nothing was."""
        typed = Typed(*(str(data.get(key) or "").strip() for key in self.names(name)))
        return typed if any(typed) else Typed.of(data.get(name))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Was the field not part of the form that was posted?"""
        return not any(key in data for key in [name, *self.names(name)])

    def typed(self, value: object) -> tuple[str, ...]:
        """The parts of a value as they are typed; empty ones for none."""
        return Typed.of(value) or Typed("", "", "")

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The id of the first part."""
        return f"{id_}_day" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The widget with its `parts`, those that are wrong marked."""
        context = super().get_context(name, None, attrs)
        found = context["widget"]["attrs"]
        wrong, identity = found.pop("data-wrong", "").split(), found.get("id", "")
        typed = Typed.of(value) or Typed("", "", "")
        context["widget"]["parts"] = [
            {"name": f"{name}_{part}", "id": f"{identity}_{part}", "label": part.capitalize(),
             "value": getattr(typed, part), "width": 4 if part == "year" else 2, "wrong": part in wrong}
            for part in PARTS
        ]  # fmt: skip
        return context


class DateField(forms.Field):
    """A date typed in three parts. Each error names what is wrong and, as `parts`, where.

    `subject` begins its sentences ("Due date must be a real date"); left out, the label does. `earliest`
    and `latest` are days, or are called for one when a date is checked; both are allowed themselves.
    """

    widget = DateInput

    def __init__(
        self,
        *,
        subject: str = "",
        earliest: date | Callable[[], date] | None = None,
        latest: date | Callable[[], date] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.subject, self.earliest, self.latest = subject, earliest, latest

    @property
    def named(self) -> str:
        """What sentences begin with; a label that asks a question cannot."""
        label = str(self.label or "")
        return self.subject or (label if label and not label.endswith("?") else "The date")

    def to_python(self, value: Any) -> date | None:
        """The date, or None. Raises ValidationError with the wrong parts."""
        if value is None or value == "" or isinstance(value, date):
            return value or None
        typed = Typed.of(value)
        if typed is None:
            raise self.wrong(f"{self.named} must be a real date", *PARTS)
        return self.read(typed)

    def read(self, typed: Typed) -> date:
        """The date that was typed. Raises ValidationError: what is missing, then what cannot be read."""
        if missing := [part for part in PARTS if not getattr(typed, part)]:
            raise self.wrong(f"{self.named} must include a {' and '.join(missing)}", *missing)
        day, month, year = day_of(typed.day), month_of(typed.month), year_of(typed.year)
        if day is None:
            raise self.wrong(f"{self.named} must have a day between 1 and 31", "day")
        if month is None:
            raise self.wrong(
                f"{self.named} must have a month from 1 to 12, or a name such as January", "month"
            )
        if year is None:
            raise self.wrong(f"{self.named} must have a year with 4 numbers, such as 2016", "year")
        try:
            return date(year, month, day)
        except ValueError:
            raise self.wrong(f"{self.named} must be a real date", *PARTS) from None

    def validate(self, value: date | None) -> None:
        """Raises ValidationError where a date is needed and missing, or lies outside what is allowed."""
        super().validate(value)
        if value is not None:
            self.validate_day(value)

    def validate_day(self, value: date) -> None:
        """Raises ValidationError for a day outside what is allowed."""
        earliest, latest = allowed(self.earliest), allowed(self.latest)
        if earliest and value < earliest:
            raise self.wrong(f"{self.named} must be the same as or after {long_date(earliest)}", *PARTS)
        if latest and value > latest == today():
            subject = self.named if self.subject else f"“{self.named}”"
            raise self.wrong(f"{subject} must be today or in the past", *PARTS)
        if latest and value > latest:
            raise self.wrong(f"{self.named} must be the same as or before {long_date(latest)}", *PARTS)

    def wrong(self, sentence: str, *parts: str) -> ValidationError:
        """The error, with the parts it is about."""
        return ValidationError(sentence, code="invalid", params={"parts": parts})


def allowed(limit: date | Callable[[], date] | None) -> date | None:
    """A limit as a day."""
    return limit() if callable(limit) else limit


def day_of(typed: str) -> int | None:
    """1 to 31, also as 1st or 22nd."""
    found = re.fullmatch(r"(\d{1,2})(st|nd|rd|th)?", typed, re.IGNORECASE | re.ASCII)
    return int(found[1]) if found and 1 <= int(found[1]) <= 31 else None


def month_of(typed: str) -> int | None:
    """1 to 12, or a month's name or its beginning: January, jan, Sept."""
    if re.fullmatch(r"\d{1,2}", typed, re.ASCII):
        return int(typed) if 1 <= int(typed) <= 12 else None
    word = typed.lower().rstrip(".")
    named = [place for place, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    return named[0] if named else None


def year_of(typed: str) -> int | None:
    """A year with four figures: "16" could be any of them."""
    return int(typed) if re.fullmatch(r"[1-9]\d{3}", typed, re.ASCII) else None
