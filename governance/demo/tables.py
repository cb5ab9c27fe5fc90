"""The CSV files of a council: their columns, and what they refer to."""

from __future__ import annotations

from actions.models import Action, ActionPlan, Audit, Dependency, ProgressUpdate, Recommendation, ScopeArea, Status
from assets.models import Asset
from governance.committees.models import Body, Meeting, Paper, PaperSection
from governance.demo import checks
from governance.demo.cells import day, of, whole, words, yes_no
from governance.demo.shape import Column, Refers, Table
from governance.people.models import OrganisationalUnit, Post, PostHolding, RoleAssignment, User
from risks.models import Risk


def to(file: str, key: str, *columns: str) -> tuple[Refers, ...]:
    """Columns that each name a row of that file."""
    return tuple(Refers((column,), file, (key,)) for column in columns)


UNITS = Table(
    "units.csv",
    (
        of(OrganisationalUnit, "code", note="a short name without spaces, used by the other files"),
        of(OrganisationalUnit, "name"),
        Column("parent", required=False, note="code of the unit above; empty at the top"),
        of(OrganisationalUnit, "from_on", "from"),
        of(OrganisationalUnit, "until_on", "until", note="last day; empty while it exists"),
    ),
    unique=("code",),
    refers=to("units.csv", "code", "parent"),
    checks=(checks.ends_after_it_begins, checks.parents_make_no_circle),
)
POSTS = Table(
    "posts.csv",
    (
        of(Post, "code"),
        of(Post, "title"),
        Column("unit", note="code of its unit"),
        Column("note", required=False, note="for whoever keeps this file; not loaded"),
    ),
    unique=("code",),
    refers=to("units.csv", "code", "unit"),
)
PEOPLE = Table(
    "people.csv",
    (
        of(User, "email", note="what the person signs in with"),
        of(User, "display_name"),
        Column("account", yes_no, note="yes: may sign in; no: is named only"),
    ),
    unique=("email",),
)
HOLDINGS = Table(
    "holdings.csv",
    (
        Column("post", note="code of the post"),
        Column("person", str.lower, note="e-mail of the person"),
        of(PostHolding, "kind", note="substantive or acting"),
        of(PostHolding, "from_on", "from"),
        of(PostHolding, "until_on", "until", note="last day; empty while it lasts"),
    ),
    unique=("post", "person", "from"),
    refers=to("posts.csv", "code", "post") + to("people.csv", "email", "person"),
    checks=(checks.ends_after_it_begins,),
)
ROLES = Table(
    "roles.csv",
    (
        of(RoleAssignment, "role"),
        Column("post", note="code of the post that carries the role"),
        Column("unit", required=False, note="code of the unit it is for; empty: the whole council"),
        of(RoleAssignment, "from_on", "from"),
        of(RoleAssignment, "until_on", "until"),
    ),
    unique=("role", "post", "unit", "from"),
    refers=to("posts.csv", "code", "post") + to("units.csv", "code", "unit"),
    checks=(checks.ends_after_it_begins,),
)
ASSETS = Table(
    "assets.csv",
    (
        of(Asset, "reference", like="IA-0042"),
        of(Asset, "title"),
        of(Asset, "description"),
        Column("owner_post"),
        Column("unit"),
        of(Asset, "form"),
        of(Asset, "contains_personal_data", required=True, note="yes or no"),
    ),
    unique=("reference",),
    refers=to("posts.csv", "code", "owner_post") + to("units.csv", "code", "unit"),
)
RISKS = Table(
    "risks.csv",
    (
        of(Risk, "reference", like="IR-0042"),
        *(of(Risk, name) for name in ("title", "cause", "event", "consequence")),
        Column("owner_post"),
        Column("unit"),
        Column("asset", required=False, note="reference of the asset; may be empty"),
    ),
    unique=("reference",),
    refers=to("posts.csv", "code", "owner_post")
    + to("units.csv", "code", "unit")
    + to("assets.csv", "reference", "asset"),
)
AUDITS = Table(
    "audits.csv",
    tuple(
        of(Audit, name)
        for name in ("code", "auditor", "title", "audited_from", "audited_to", "opinion", "opinion_note", "scope")
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
        Column("recommendation", required=False, note="reference of the recommendation it answers; may be empty"),
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
BODIES = Table(
    "bodies.csv",
    tuple(of(Body, name) for name in ("code", "name", "kind")),
    unique=("code",),
)
MEETINGS = Table(
    "meetings.csv",
    (Column("body"), *(of(Meeting, name) for name in ("held_on", "place", "title"))),
    unique=("body", "held_on"),
    refers=to("bodies.csv", "code", "body"),
)
PAPERS = Table(
    "papers.csv",
    (
        Column("code", note="for paper_sections.csv"),
        Column("meeting_body"),
        Column("meeting_on", day),
        of(Paper, "title"),
        Column("report_of", note="code of a post"),
        Column("plans", words, note="codes of plans, with spaces between"),
        Column("frozen_on", day, note="figures are as at the end of this day"),
        of(Paper, "published_on", required=True),
        of(Paper, "wards"),
        of(Paper, "key_decision", required=True),
        Column("director_approving", note="code of a post"),
        Column("cabinet_member", note="code of a post"),
    ),
    unique=("code",),
    refers=(
        Refers(("meeting_body", "meeting_on"), "meetings.csv", ("body", "held_on")),
        *to("posts.csv", "code", "report_of", "director_approving", "cabinet_member"),
        *to("plans.csv", "code", "plans"),
    ),
    checks=(checks.frozen_then_published_then_met,),
)
PAPER_SECTIONS = Table(
    "paper_sections.csv",
    (Column("paper"), *(of(PaperSection, name) for name in ("number", "heading", "text"))),
    unique=("paper", "number", "heading"),
    refers=to("papers.csv", "code", "paper"),
)
PAST_PAPERS = Table(
    "past_papers.csv",
    (
        Column("body"),
        Column("meeting_on", day),
        of(Paper, "title"),
        Column("plan"),
        Column("as_at", day, note="the day the paper's figures are as at"),
        *(Column(status.value, whole, note=f"how many actions the paper says: {status.label.lower()}") for status in Status),
        Column("file", note="name of the paper's own file, in this folder"),
    ),
    unique=("body", "meeting_on", "title", "plan"),
    refers=to("bodies.csv", "code", "body") + to("plans.csv", "code", "plan"),
    checks=(checks.past_paper_can_be_read,),
)
STRUCTURE = (UNITS, POSTS, PEOPLE, HOLDINGS, ROLES)
REGISTERS = (ASSETS, RISKS)
PLANNING = (AUDITS, SCOPE_AREAS, PLANS, RECOMMENDATIONS, ACTIONS, UPDATES, DEPENDENCIES)
COMMITTEES = (BODIES, MEETINGS, PAPERS, PAPER_SECTIONS)
