"""Units, posts, people and who holds what; assets and risks."""

from __future__ import annotations

from assets.models import Asset
from governance.demo import checks
from governance.demo.cells import of, yes_no
from governance.demo.shape import Column, Table, to
from governance.people.models import OrganisationalUnit, Post, PostHolding, RoleAssignment, User
from risks.models import Risk

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

STRUCTURE = (UNITS, POSTS, PEOPLE, HOLDINGS, ROLES)
REGISTERS = (ASSETS, RISKS)
