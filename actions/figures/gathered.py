"""Every action of a scope as it stands at a moment, with all that figures and colours ask of it.

What each figure asks of a row by itself is found here once for all of them, in one statement. Each step looks
up what it needs by an index, or in a set that is made once, and never joins two sets of a size that is not
known: the database has no statistics of what was brought in a moment ago. Tests compare what is counted of it
with the figures themselves, today and at past moments.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.apps.registry import Apps
from django.db import models
from django.db.models import QuerySet

from actions.models import (
    Action,
    ActionColour,
    ActionDocument,
    Completion,
    Dependency,
    DocumentVersion,
    Extension,
)
from governance.colours.models import told_of
from governance.figures.statement import Steps, compiled
from governance.people.models import PostHolding
from governance.people.registers.versions import instant_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from governance.figures.moment import Moment, Scope
    from governance.people.models import User


class Gathered(models.Model):
    """The rows of the statement below, which has this name: not a table of the database. Its columns have the
    names that rows of progress updates with their facts have, so that conditions are said once for both."""

    reference = models.CharField(max_length=20)
    status = models.CharField(max_length=17)
    evidence = models.TextField()  # its first letter
    effective_on = models.DateField()
    area_id = models.BigIntegerField(null=True)
    owner_id = models.BigIntegerField()
    milestone_id = models.BigIntegerField(null=True)
    due_then = models.DateField(null=True)
    first_due = models.DateField(null=True)
    override = models.JSONField(null=True)
    is_waiting = models.BooleanField()
    waits_for_action = models.BooleanField()
    waits_for_post = models.BooleanField()
    is_open = models.BooleanField()
    is_approved = models.BooleanField()
    is_verified = models.BooleanField()
    is_documented = models.BooleanField()
    is_asked = models.BooleanField()

    objects: Any = models.Manager()

    class Meta:
        apps = Apps()  # its own: no migration makes it
        app_label = "actions"
        managed = False
        db_table = "gathered"

    def __str__(self) -> str:
        return f"{self.status} from {self.effective_on}"


def gathered(moment: Moment, scope: Scope, person: User) -> Steps:
    """What a question on `Gathered` needs before it."""
    every = Action.objects.within(scope).order_by()
    opened = compiled(every.visible_to(person).values_list("pk"))
    # Most readers may open all of them, and then they are not looked up one by one.
    opens_all = opened == compiled(every.values_list("pk"))
    # What was recorded of posts and waits is read another way once the day is over.
    written = _written(moment, scope, moment.knows_all, opens_all)
    return written if opens_all else {"opened (action_id)": opened, **written}


@lru_cache(maxsize=256)
def _written(moment: Moment, scope: Scope, knows_all: bool, opens_all: bool) -> Steps:  # noqa: FBT001
    """The steps that ask nothing of the reader: written out once, since to write them takes as long as to ask
    them of a small plan. Nothing of the database is kept here but what it is asked."""
    read = {name: compiled(rows) for name, rows in _rows(moment, scope).items()}
    return {**read, **_steps(moment, opens_all=opens_all)}


def _rows(moment: Moment, scope: Scope) -> dict[str, QuerySet[Any]]:
    """What is asked without the scope is read once as it lies: to look each up by its action takes longer."""
    instant = instant_of(moment)
    actions = Action.objects.within(scope).order_by()
    waits = Dependency.at(moment)
    done: Any = Completion.objects.within(scope).of_claims_that_stand(moment)
    versions = DocumentVersion.objects.filter(added_at__lt=instant).exclude(takedown__taken_at__lt=instant)
    links: Any = ActionDocument.history.before(instant).filter(document__in=versions.values("document"))
    set_by_hand: Any = ActionColour.objects.standing(moment)
    asked: Any = Extension.objects.within(scope).standing(moment).filter(kind=Extension.Kind.ASKED)
    columns = ("pk", "reference", "original_due_on", "scope_area_id", "owner_id", "milestone_id")
    needed = ("action_id", "needs_action_id", "needs_post_id", "holds_up")
    return {
        "subject (action_id, reference, due_on, area_id, owner_id, milestone_id)": actions.values_list(
            *columns
        ),
        "wait (action_id, needs_action_id, needs_post_id, holds_up)": waits.values_list(*needed),
        "held (post_id)": PostHolding.at(moment).filter(post__isnull=False).values_list("post_id"),
        "done (action_id, kind)": done.values_list("action_id", "kind"),
        "documented (action_id)": links.values_list("action_id"),
        "asked (action_id)": asked.values_list("action_id"),
        "coloured (action_id, told)": set_by_hand.values_list("action_id", told_of()),
    }


CLOSED = "('completed', 'withdrawn')"
# Of the rows of a table on two clocks about one action the last, or the first, that counts at the moment.
LIVE = """
SELECT {columns} FROM {table} u
WHERE u.action_id = {action} AND u.known_at < %s AND u.effective_on <= %s AND NOT u.void
  AND u.id NOT IN (SELECT corrects_id FROM {table} WHERE corrects_id IS NOT NULL AND known_at < %s)
ORDER BY u.effective_on {way}, u.place {way} LIMIT 1
"""
UPDATES, DATES = "actions_progressupdate", "actions_daterevision"


def _last(table: str, columns: str, action: str, way: str = "DESC") -> str:
    return LIVE.format(table=table, columns=columns, action=action, way=way)


STOOD = f"""
SELECT s.*, u.* FROM subject s CROSS JOIN LATERAL (
  {_last(UPDATES, "u.id, u.status, u.effective_on, left(u.evidence, 1) AS evidence", "s.action_id")}
) u
"""  # noqa: S608  # names of the code
# An action that is needed may be in another plan.
ELSEWHERE = f"""
SELECT n.id AS action_id, u.status FROM (
  SELECT DISTINCT needs_action_id AS id FROM wait
  WHERE needs_action_id NOT IN (SELECT action_id FROM subject)
    AND action_id IN (SELECT action_id FROM subject)
) n CROSS JOIN LATERAL ({_last(UPDATES, "u.status", "n.id")}) u
"""  # noqa: S608
MET = f"""
SELECT action_id FROM stood WHERE status IN {CLOSED}
UNION ALL SELECT action_id FROM elsewhere WHERE status IN {CLOSED}
UNION ALL SELECT id FROM actions_action WHERE mistaken_at < %s
"""  # noqa: S608
UNMET = """
SELECT action_id, needs_action_id IS NOT NULL AND holds_up = 'start' AS by_action,
  needs_post_id IS NOT NULL AS by_post
FROM wait WHERE needs_action_id NOT IN (SELECT action_id FROM met)
  OR needs_post_id NOT IN (SELECT post_id FROM held)
"""
# A date is looked up for an action that has revisions: few have. Whether a row waits is asked of those
# rows of which a figure or a colour asks it.
OPENED = "s.action_id IN (SELECT action_id FROM opened)"
GATHERED = f"""
SELECT s.id, s.reference, s.status, s.evidence, s.effective_on, s.area_id, s.owner_id, s.milestone_id,
  CASE WHEN s.action_id IN (SELECT action_id FROM {DATES})
    THEN coalesce(({_last(DATES, "u.due_on", "s.action_id")}), s.due_on) ELSE s.due_on END AS due_then,
  CASE WHEN s.due_on IS NULL AND s.action_id IN (SELECT action_id FROM {DATES})
    THEN ({_last(DATES, "u.due_on", "s.action_id", "ASC")}) ELSE s.due_on END AS first_due,
  (SELECT jsonb_object_agg(action_id, told) FROM coloured) -> s.action_id::text AS override,
  s.status NOT IN {CLOSED} AND s.action_id IN (SELECT action_id FROM unmet) AS is_waiting,
  s.status = 'not_started' AND s.action_id IN (SELECT action_id FROM unmet WHERE by_action)
    AS waits_for_action,
  s.status = 'not_started' AND s.action_id IN (SELECT action_id FROM unmet WHERE by_post) AS waits_for_post,
  {OPENED} AS is_open,
  s.action_id IN (SELECT action_id FROM done WHERE kind = 'approved') AS is_approved,
  s.action_id IN (SELECT action_id FROM done WHERE kind = 'verified') AS is_verified,
  s.action_id IN (SELECT action_id FROM documented) AS is_documented,
  s.action_id IN (SELECT action_id FROM asked) AS is_asked
FROM stood s
"""  # noqa: S608


def _steps(moment: Moment, *, opens_all: bool) -> dict[str, tuple[str, Sequence[Any]]]:
    live = (moment.known_before, moment.as_at, moment.known_before)
    return {
        "stood": (STOOD, live),
        "elsewhere": (ELSEWHERE, live),
        "met": (MET, (moment.known_before,)),
        "unmet": (UNMET, ()),
        "gathered": (GATHERED.replace(OPENED, "TRUE") if opens_all else GATHERED, (*live, *live)),
    }
