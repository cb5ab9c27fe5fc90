"""Reading how the answer changed from the registers: two queries, whatever the size of the plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, DateField, Exists, F, OuterRef, TextField, Value

from actions.models import Action, DateRevision, ProgressUpdate
from actions.representations.answered import Changed, Told, answers
from actions.representations.work import Item
from governance.core.dates import LONDON

if TYPE_CHECKING:
    from collections.abc import Collection

    from actions.models import ActionPlan
    from actions.representations.work import Work
    from governance.figures.moment import Moment
    from governance.people.models import User

FACT = ("known_at", "pk", "action_id", "effective_on", "place", "corrects_id", "void")
SAID = ("a_status", "first_due", "due", "moved_because", "post", "body", "minuted")
NO_TEXT, NO_DAY = Value("", TextField()), Value(None, DateField())


def answers_of(plan: ActionPlan, work: Work, moment: Moment, person: User) -> list[Changed]:
    """How the answer for the plan's own actions changed since the day on which it was opened, as known and in
    effect at the moment: what was known of them before is what it began with."""
    told, originals = [], {}
    for row in _statuses(plan, moment).union(_dates(plan, moment), all=True):
        told.append((row[0], row[1], _told(row, plan.opened_on, moment.as_at)))
        if row[7]:
            originals[row[2]] = row[8]
    told.sort(key=lambda each: each[:2])
    items = {key: work.items[key] for key in work.own}
    items |= _gone(originals.keys() - items.keys(), person)
    return answers((each[2] for each in told), items, originals)


def _gone(keys: Collection[int], person: User) -> dict[int, Item]:
    """Actions that an answer once hung on and that are not there at the moment: it was put right since when
    they are, or that they never were."""
    opens = Exists(Action.objects.visible_to(person).filter(pk=OuterRef("pk")))
    shown: Any = Action.objects.filter(pk__in=keys).annotate(opens=opens)
    return {
        each.pk: Item(
            each.pk, each.reference, each.title, each.owner.title, each.plan.code, "", date.min, None, None,
            opens=each.opens,
        )
        for each in shown.select_related("plan", "owner")
    }  # fmt: skip


def _known(facts: Any, plan: ActionPlan, moment: Moment) -> Any:
    """What was known, also of days to come: it may take the place of what had taken effect by the day."""
    return facts.known(moment).filter(action__plan=plan).order_by()


def _statuses(plan: ActionPlan, moment: Moment) -> Any:
    """Every status told, with the first due date of its action."""
    nothing = dict.fromkeys(("moved_because", "post", "body", "minuted"), NO_TEXT)
    status, first = F("status"), F("action__original_due_on")
    rows = _known(ProgressUpdate.objects, plan, moment)
    return rows.annotate(a_status=status, first_due=first, due=NO_DAY, **nothing).values_list(*FACT, *SAID)


def _dates(plan: ActionPlan, moment: Moment) -> Any:
    """Every due date told, with why and who agreed."""
    whose = {"post": F("agreed_by__title"), "body": F("agreed_in"), "minuted": F("minute")}
    rows = _known(DateRevision.objects, plan, moment)
    none = Value("", CharField())
    said = rows.annotate(a_status=none, first_due=NO_DAY, due=F("due_on"), moved_because=F("reason"), **whose)
    return said.values_list(*FACT, *SAID)


def _told(row: Any, since: date, as_at: date) -> Told:
    known, pk, action, on, place, corrects, void, status, _, due, why, post, body, minute = row
    day: date = known.astimezone(LONDON).date()
    agreed = post or (f"{body}, minute {minute}" if minute else body)
    known_on, late = max(day, since), on > as_at
    return Told(pk, action, known_on, (on, place), status, due, corrects, void, why, agreed, late)
