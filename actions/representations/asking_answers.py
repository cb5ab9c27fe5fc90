"""Reading how the answer changed from the registers: two queries, whatever the size of the plan."""

from __future__ import annotations

from datetime import UTC, date
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, Extract, Greatest, TruncDate

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

# The columns of a `Told`, then the first due date that its action was entered with, and by what it is sorted.
FACT = ("pk", "action_id", "known_on", "effective_on", "place", "a_status", "due", "corrects_id", "void")
SAID = ("because", "agreed", "late", "entered_due", "known")
NO_TEXT, NO_DAY = Value("", TextField()), Value(None, DateField())


def answers_of(plan: ActionPlan, work: Work, moment: Moment, person: User) -> list[Changed]:
    """How the answer for the plan's own actions changed since the day on which it was opened, as known and in
    effect at the moment: what was known of them before is what it began with."""
    told, originals = [], {}
    for row in _statuses(plan, moment).union(_dates(plan, moment), all=True).order_by("known", "pk"):
        told.append(fact := Told._make(row[:12]))
        if fact.status:
            originals[fact.action] = row[12]
    items = {key: work.items[key] for key in work.own}
    stood = {fact.action for fact in told if fact.status and not fact.late}
    items |= _gone(stood - items.keys(), person)
    return answers([fact for fact in told if fact.action in items], items, originals)


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
    # As a number: it only puts them in order, and ten thousand instants take long to read.
    known = Cast(Extract("known_at", "epoch", tzinfo=UTC), FloatField())
    known_on = Greatest(TruncDate("known_at", tzinfo=LONDON), Value(plan.opened_on, DateField()))
    late = ExpressionWrapper(Q(effective_on__gt=moment.as_at), BooleanField())
    rows = facts.known(moment).filter(action__plan=plan).order_by()
    return rows.annotate(known_on=known_on, known=known, late=late)


def _statuses(plan: ActionPlan, moment: Moment) -> Any:
    """Every status told, with the first due date of its action."""
    rows = _known(ProgressUpdate.objects, plan, moment)
    said = {"a_status": F("status"), "due": NO_DAY, "because": NO_TEXT, "agreed": NO_TEXT}
    return rows.annotate(**said, entered_due=F("action__original_due_on")).values_list(*FACT, *SAID)


def _dates(plan: ActionPlan, moment: Moment) -> Any:
    """Every due date told, with why and who agreed."""
    rows = _known(DateRevision.objects, plan, moment)
    by_a_post = When(agreed_by__isnull=False, then=F("agreed_by__title"))
    by_a_body = When(minute="", then=F("agreed_in"))
    minuted = Concat("agreed_in", Value(", minute "), "minute")
    agreed = Case(by_a_post, by_a_body, default=minuted, output_field=TextField())
    said = {"a_status": Value("", CharField()), "due": F("due_on"), "because": F("reason"), "agreed": agreed}
    return rows.annotate(**said, entered_due=NO_DAY).values_list(*FACT, *SAID)
