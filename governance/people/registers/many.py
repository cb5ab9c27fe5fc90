"""Changing many entries of a register at once: what a room says of it, and how they are chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from governance.people.registers.day import DayForm
from governance.people.registers.spoken import Spoken

OWN = ("chosen", "all", "field")


@dataclass(frozen=True)
class Many(Spoken):
    """A register whose entries can be changed together; their references begin with the prefix."""

    prefix: str

    @property
    def start(self) -> str:
        """Where it begins."""
        return f"{self.room}:bulk"

    @property
    def check(self) -> str:
        """Where it is checked."""
        return f"{self.room}:bulk_check"

    @property
    def do(self) -> str:
        """Where it is done."""
        return f"{self.room}:bulk_do"

    @property
    def entry(self) -> str:
        """The page of one of them."""
        return f"{self.room}:{self.noun}"

    @property
    def change(self) -> str:
        """What the last button says."""
        return f"Change these {self.plural}"

    @property
    def none(self) -> str:
        """What is said where none was chosen."""
        return f"Choose at least one {self.noun} in the register"

    @property
    def again(self) -> str:
        """What is said to who comes by a reload."""
        return f"Nothing was changed. Choose the {self.plural} again"

    def led_back(self, request: HttpRequest, sentence: str) -> HttpResponse:
        """To the register as it was, with a sentence that says what to do there."""
        messages.info(request, sentence)
        return self.back(request)

    def back(self, request: HttpRequest) -> HttpResponse:
        """To the register as it was."""
        return HttpResponseRedirect(f"{reverse(self.listing)}?{rest(request)}")

    def done(self, number: int) -> str:
        """What is said when so many were changed."""
        return f"{number:,} {self.noun if number == 1 else self.plural} changed"

    def named(self, request: HttpRequest) -> list[str]:
        """The references that were ticked, as far as they are any."""
        like = re.compile(rf"{self.prefix}-\d{{4,10}}")
        return [each for each in request.GET.getlist("chosen") if like.fullmatch(each)]

    def why_not(self, request: HttpRequest, number: int, unread: str, most: int) -> str:
        """Why those chosen cannot be changed, as a sentence; "" where they can.

        `unread` names filters that cannot be read; more than `most` would hold others up for long.
        """
        day = DayForm(request.GET)
        if not day.is_valid() or day.moment().is_past:
            return (
                f"You were looking at a past day. Go back to now to change {self.plural}: they may have "
                "changed since that day"
            )
        if unread:
            return f"A filter cannot be read, so it is not known which {self.plural} you mean: {unread}"
        if not number:
            return self.none
        if number > most:
            limit = f"at most {most:,} can be changed at once"
            return f"Your filters match {number:,} {self.plural}, and {limit}. Narrow them"
        return ""


def unread_of(found: Any) -> str:
    """Which filters could not be read. One that cannot would be left out, and every entry then match."""
    wrong = {found.form.fields[name].label or name for name in found.form.errors if name in found.form.fields}
    return ", ".join(sorted(map(str, wrong))) or ("something else" if found.form.errors else "")


def rest(request: HttpRequest) -> str:
    """The register's own part of the address, to lead back to."""
    asked = request.GET.copy()
    for name in OWN:
        asked.pop(name, None)
    return asked.urlencode()
