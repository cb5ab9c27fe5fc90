"""Audits, plans, actions and their progress."""

from __future__ import annotations

from actions.models import Action, ActionPlan, Audit, Dependency, ProgressUpdate, Recommendation, ScopeArea
from governance.demo import checks
from governance.demo.cells import day, of
from governance.demo.shape import Column, Refers, Table, to

AUDITS = Table(
    "audits.csv",
    tuple(
        of(Audit, name)
        for name in (
            "code",
            "auditor",
            "title",
            "audited_from",
            "audited_to",
            "opinion",
            "opinion_note",
            "scope",
        )
    ),
    unique=("code",),
    checks=(checks.audit_ends_after_it_begins,),
)
SCOPE_AREAS = Table(
    "scope_areas.csv",
    (Column("audit"), *(of(ScopeArea, name) for name in ("code", "title", "position"))),
    unique=("audit", "code"),
    refers=to("audits.csv", "code", "audit"),
)
PLANS = Table(
    "plans.csv",
    (
        of(ActionPlan, "code"),
        of(ActionPlan, "title"),
        Column("audit", required=False, note="code of the audit it answers; may be empty"),
        of(ActionPlan, "opened_on"),
        of(ActionPlan, "note"),
    ),
    unique=("code",),
    refers=to("audits.csv", "code", "audit"),
    checks=(checks.opened_by_today,),
)
RECOMMENDATIONS = Table(
    "recommendations.csv",
    (
        Column("audit"),
        of(Recommendation, "reference"),
        Column("scope_area", required=False),
        of(Recommendation, "text"),
        of(Recommendation, "priority"),
        of(Recommendation, "illustrative", required=True, note="yes: not the auditor's own words"),
    ),
    unique=("audit", "reference"),
    refers=(
        *to("audits.csv", "code", "audit"),
        Refers(("audit", "scope_area"), "scope_areas.csv", ("audit", "code")),
    ),
)
ACTIONS = Table(
    "actions.csv",
    (
        of(Action, "reference"),
        Column("plan"),
        Column(
            "recommendation", required=False, note="reference of the recommendation it answers; may be empty"
        ),
        of(Action, "title"),
        Column("owner_post"),
        of(Action, "due_on"),
        Column("scope_area", required=False),
        Column("opened_on", day, note="the action stands at “not started” from this day"),
    ),
    unique=("reference",),
    refers=to("plans.csv", "code", "plan") + to("posts.csv", "code", "owner_post"),
    checks=(checks.belongs_to_the_audit_of_its_plan, checks.opened_by_today, checks.opened_on_its_plan),
)
UPDATES = Table(
    "updates.csv",
    (
        Column("id", note="a name for this row, for “corrects” to point at"),
        Column("action"),
        of(ProgressUpdate, "status"),
        of(ProgressUpdate, "effective_on", note="the day it took effect"),
        Column("known_on", day, note="the day the council knew of it"),
        of(ProgressUpdate, "evidence"),
        Column("corrects", required=False, note="id of the row that was wrong; may be empty"),
        of(ProgressUpdate, "void", required=True, note="yes: what it corrects never happened"),
        of(ProgressUpdate, "reason", note="why it is corrected"),
        of(ProgressUpdate, "waiver", note="why it goes ahead of what it waits on"),
        Column("recorded_by", str.lower, note="e-mail"),
        of(ProgressUpdate, "source_document", note="the paper that shows what was known on the day"),
    ),
    unique=("id",),
    refers=to("actions.csv", "reference", "action")
    + to("updates.csv", "id", "corrects")
    + to("people.csv", "email", "recorded_by"),
    checks=(checks.known_when_it_could_be, checks.corrects_what_can_be_corrected),
)
DEPENDENCIES = Table(
    "dependencies.csv",
    (
        Column("action"),
        Column("needs_action", required=False),
        Column("needs_post", required=False),
        of(Dependency, "holds_up", note="start or finish"),
        of(Dependency, "from_on", "from"),
        of(Dependency, "until_on", "until"),
        of(Dependency, "note"),
    ),
    unique=("action", "needs_action", "needs_post", "holds_up", "from"),
    refers=to("actions.csv", "reference", "action", "needs_action") + to("posts.csv", "code", "needs_post"),
    checks=(checks.ends_after_it_begins, checks.needs_one_thing),
)

PLANNING = (AUDITS, SCOPE_AREAS, PLANS, RECOMMENDATIONS, ACTIONS, UPDATES, DEPENDENCIES)
