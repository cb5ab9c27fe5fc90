"""A day and a time in four fields, as a clock on a wall in London shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django import forms
from django.utils import timezone

from governance.core.dates import LONDON, long_date, time_in_words
from governance.core.forms.dates import PARTS, DateField, DateInput, Typed

MOMENT_PARTS = (*PARTS, "time")
TIME = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\s*(bst|gmt)?", re.IGNORECASE | re.ASCII
)  # 14:05, 2.05pm, 2pm, 01:30 GMT


class TypedMoment(NamedTuple):
    """The four parts as typed."""

    day: str
    month: str
    year: str
    time: str

    @classmethod
    def of(cls, value: object) -> TypedMoment | None:
        """The parts of a moment, or of parts already typed; None for anything else."""
        if isinstance(value, TypedMoment):
            return value
        if not isinstance(value, datetime):
            return None
        local = value.astimezone(LONDON)
        return cls(str(local.day), str(local.month), str(local.year), time_in_words(local))


class MomentInput(DateInput):
    """Day, month, year and time. Posts `name_day` and so on, and `name_time`."""

    def names(self, name: str) -> list[str]:
        """The names that the parts post under."""
        return [f"{name}_{part}" for part in MOMENT_PARTS]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """What was typed, or None where nothing was."""
        typed = TypedMoment(*(str(data.get(key) or "").strip() for key in self.names(name)))
        return typed if any(typed) else None

    def typed(self, value: object) -> tuple[str, ...]:
        """The parts of a value as they are typed; empty ones for none."""
        return TypedMoment.of(value) or TypedMoment("", "", "", "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The widget with its `parts`, those that are wrong marked."""
        wrong = str((attrs or {}).get("data-wrong", "")).split()
        typed = TypedMoment(*self.typed(value))
        context = super().get_context(name, Typed(*typed[:3]), attrs)
        identity = context["widget"]["attrs"].get("id", "")
        context["widget"]["parts"].append(
            {"name": f"{name}_time", "id": f"{identity}_time", "label": "Time",
             "value": typed.time, "width": 5, "wrong": "time" in wrong}
        )  # fmt: skip
        return context


class MomentField(DateField):
    """A moment typed as day and time of London. It is never in the future.

    A time that the day skipped when the clocks went forward is refused. Of one that it has twice BST or GMT,
    written after it, says which is meant.
    """

    widget = MomentInput

    def to_python(self, value: Any) -> Any:
        """The moment, or None. Raises ValidationError with the wrong parts."""
        if value is None or value == "" or isinstance(value, datetime):
            return value or None
        typed = TypedMoment.of(value)
        if typed is None:
            raise self.wrong(f"{self.named} must be a real day and time", *MOMENT_PARTS)
        if not typed.time:
            raise self.wrong(f"{self.named} must include a time, such as 14:05", "time")
        return self.at(self.read(Typed(*typed[:3])), typed.time)

    def at(self, day: date, typed: str) -> datetime:
        """The moment of a time on a day. Raises ValidationError for what no clock shows."""
        found = TIME.fullmatch(typed)
        hour, minute = hour_of(found), int((found and found[2]) or 0)
        if found is None or hour is None or minute > 59:
            raise self.wrong(f"{self.named} must have a time such as 14:05 or 2:05pm", "time")
        zone = (found[4] or "").upper()
        moment = datetime.combine(day, time(hour, minute), LONDON).replace(fold=int(zone == "GMT"))
        if moment.astimezone(UTC).astimezone(LONDON).time() != moment.time():
            sentence = f"On {long_date(day)} there was no {moment:%H:%M}: the clocks went forward an hour"
            raise self.wrong(f"{sentence}. Enter a time before or after it", "time")
        if not zone and moment.utcoffset() != moment.replace(fold=1).utcoffset():
            sentence = f"On {long_date(day)} it was {moment:%H:%M} twice: the clocks went back an hour"
            raise self.wrong(f"{sentence}. Write BST after the first, GMT after the second", "time")
        if zone and zone != moment.tzname():
            raise self.wrong(f"{self.named} cannot be {zone}: London had {moment.tzname()} then", "time")
        return moment.astimezone(UTC)  # compared with another zone's, a time that comes twice is never equal

    def validate(self, value: Any) -> None:
        """Raises ValidationError where a moment is needed and missing, or is still to come."""
        forms.Field.validate(self, value)
        if value is None:
            return
        if value > timezone.now() + timedelta(minutes=1):
            raise self.wrong(f"“{self.named}” must be in the past", *MOMENT_PARTS)
        self.validate_day(value.astimezone(LONDON).date())


def hour_of(found: re.Match[str] | None) -> int | None:
    """0 to 23, also of a clock with twelve hours; None for what is no hour. 2 alone is no time."""
    if found is None or not (found[2] or found[3]):
        return None
    hour, half = int(found[1]), (found[3] or "").lower()
    if not half:
        return hour if hour < 24 else None
    return hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else None
