"""Reading how the answer changed from the registers: one query, whatever the size of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, DateField, F, TextField, Value

from actions.models import DateRevision, ProgressUpdate
from actions.representations.answered import Changed, Told, answers
from governance.core.dates import LONDON

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from actions.representations.work import Work
    from governance.figures.moment import Moment

FACT = ("known_at", "pk", "action_id", "effective_on", "place", "corrects_id", "void")
SAID = ("a_status", "first_due", "due", "moved_because", "post", "body", "minuted")
NO_TEXT, NO_DAY = Value("", TextField()), Value(None, DateField())


def answers_of(work: Work, moment: Moment, *, since: date) -> list[Changed]:
    """How the answer for the plan's own actions changed since the day on which it was opened, as known and in
    effect at the moment: what was known of them before is what it began with."""
    items = {key: work.items[key] for key in work.own}
    told, originals = [], {}
    for row in _statuses(items, moment).union(_dates(items, moment), all=True):
        told.append((row[0], row[1], _told(row, since)))
        if row[7]:
            originals[row[2]] = row[8]
    told.sort(key=lambda each: each[:2])
    return answers((each[2] for each in told), items, originals)


def _known(facts: Any, items: Collection[int], moment: Moment) -> Any:
    return facts.known(moment).filter(action__in=items, effective_on__lte=moment.as_at).order_by()


def _statuses(items: Collection[int], moment: Moment) -> Any:
    """Every status told, with the first due date of its action."""
    nothing = dict.fromkeys(("moved_because", "post", "body", "minuted"), NO_TEXT)
    status, first = F("status"), F("action__original_due_on")
    rows = _known(ProgressUpdate.objects, items, moment)
    return rows.annotate(a_status=status, first_due=first, due=NO_DAY, **nothing).values_list(*FACT, *SAID)


def _dates(items: Collection[int], moment: Moment) -> Any:
    """Every due date told, with why and who agreed."""
    whose = {"post": F("agreed_by__title"), "body": F("agreed_in"), "minuted": F("minute")}
    rows = _known(DateRevision.objects, items, moment)
    none = Value("", CharField())
    said = rows.annotate(a_status=none, first_due=NO_DAY, due=F("due_on"), moved_because=F("reason"), **whose)
    return said.values_list(*FACT, *SAID)


def _told(row: Any, since: date) -> Told:
    known, pk, action, on, place, corrects, void, status, _, due, why, post, body, minute = row
    day: date = known.astimezone(LONDON).date()
    agreed = post or (f"{body}, minute {minute}" if minute else body)
    return Told(pk, action, max(day, since), (on, place), status, due, corrects, void, why, agreed)
