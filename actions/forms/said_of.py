"""What was posted of several actions, by the action, also of those on which somebody reports no longer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict

from actions.models import Action, ActionQuerySet, Status
from actions.models.mine import with_last

if TYPE_CHECKING:
    from governance.people.models import User

POSTED = re.compile(r"a([1-9][0-9]{0,17})-(status|evidence|waiver|why)")
ANY = "An action on which you do not report"


def said_of(data: QueryDict | None) -> dict[int, dict[str, str]]:
    """The fields that were posted of each action, by its key; those left empty are ""."""
    found: dict[int, dict[str, str]] = {}
    for name, typed in (data.dict() if data else {}).items():
        if match := POSTED.fullmatch(name):
            found.setdefault(int(match[1]), {})[match[2]] = str(typed).strip()
    return found


def those_said_of(among: ActionQuerySet, said: Mapping[int, Mapping[str, str]]) -> list[Action]:
    """Of these actions the ones posted, as they were shown; closed ones only where something is said of them:
    whoever closed them meanwhile is then named at their row."""
    found = with_last(among.filter(pk__in=said)).order_by("due_on", "reference")
    return [each for each in found if each.status not in Status.closed() or any(said[each.pk].values())]


@dataclass(frozen=True)
class Lost:
    """What was typed of an action on which the person does not report, to be read and kept elsewhere."""

    name: str
    status: str
    words: str


def lost(said: Mapping[int, Mapping[str, str]], rows: Collection[int], person: User) -> list[Lost]:
    """What was typed and is no row. An action that the person may not open is not named."""
    keys = [key for key, fields in said.items() if key not in rows and any(fields.values())]
    names = _names(keys, person) if keys else {}
    return [_lost(names.get(key, ANY), said[key]) for key in keys]


def _names(keys: Iterable[int], person: User) -> dict[int, str]:
    return {each.pk: str(each) for each in Action.objects.visible_to(person).filter(pk__in=keys)}


def _lost(name: str, fields: Mapping[str, str]) -> Lost:
    status = fields.get("status", "")
    label = str(Status(status).label) if status in Status.values else status
    return Lost(name, label, " ".join(filter(None, map(fields.get, ("evidence", "waiver", "why")))))
