"""Drafts of rules for colours that wait to be put in force, for Home and the mail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from governance.colours.models import ColourRule
from governance.people.drafted import drafts_told
from governance.people.waiting import Waiting, waits

if TYPE_CHECKING:
    from governance.people.models import User


@waits(colours_drafted="Rules for colours that wait to be put in force")
def colours_drafted(person: User) -> Iterator[Waiting | QuerySet[Any]]:
    """For the senior information risk owner: who wrote them cannot put them in force."""
    yield from drafts_told(person, "colours_drafted", ColourRule.objects.all(), "register")
