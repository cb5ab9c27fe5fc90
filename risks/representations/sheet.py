"""The risk register as a file. A score that differs comes in as a new one, with its reason; levels follow."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import IntegerField, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from assets.models import Asset
from assets.models.numbering import next_references
from assets.representations.sheet_columns import entry_of, tick, unit
from governance.colours.models import Colour
from governance.people.models import Post
from governance.people.registers.columns import Named
from governance.people.registers.derived import Derived
from governance.people.registers.sheet import Choice, Lookup, Sheet, Text, offer
from risks.models import Assessment, RegisterLevel, Risk, RiskCategory, RiskProximity, RiskSource
from risks.representations.affected import AFFECTED
from risks.representations.escalation import REASONS
from risks.representations.score_cells import PAIRS
from risks.representations.score_facts import FACTS

NOT_TAKEN = {
    "For reading only: nobody accepts a risk by a file. It is accepted on the page of the risk": (
        "accepted", "acceptance", "accepts", "accept",
    )
}  # fmt: skip
REFERENCE = Text(
    name="reference",
    heading="Reference",
    aliases=("Ref", "ID", "Risk ID", "Risk reference", "Risk ref", "Risk number", "Ref no"),
    help="By which a row is matched with a risk",
)
COLUMNS = (
    Text(
        name="title",
        heading="Title",
        required=True,
        longest=300,
        aliases=("Risk", "Risk title", "Risk name", "Name"),
    ),
    Choice(
        name="state",
        heading="State",
        choices=Risk.State.choices,
        open_to_files=(Risk.State.OPEN,),
        empty=Risk.State.OPEN,
        aliases=("Status", "Risk status"),
    ),
    Text(name="cause", heading="Cause", aliases=("Causes", "Risk cause", "Threat", "Vulnerability")),
    Text(name="event", heading="Event", aliases=("Risk event", "Risk description", "Description")),
    Text(
        name="consequence",
        heading="Consequence",
        aliases=("Consequences", "Impact description", "Effect"),
    ),
    Lookup(
        name="owner",
        heading="Owner",
        attname="owner_id",
        among=Post.objects.all,
        by=("code", "title"),
        required=True,
        aliases=("Risk owner", "Owner post", "Information asset owner", "IAO"),
        help="The code or title of a post, never a person's name",
    ),
    unit(),
    Lookup(
        name="asset",
        heading="Asset",
        attname="asset_id",
        among=Asset.objects.all,
        by=("reference",),
        only_named=True,
        aliases=("Asset reference", "Asset ID", "Asset at risk", "Information asset"),
        help="The reference of the asset at risk, such as IA-0042",
    ),
    *(replace(tick(name, f"Affects {name}", name.capitalize()), no="") for name in AFFECTED),
    entry_of(RiskCategory, "category", "Category", "Risk category", "Risk type"),
    entry_of(RiskSource, "source", "Source", "Risk source"),
    entry_of(RiskProximity, "proximity", "Proximity", "How soon", "Risk proximity"),
    Choice(
        name="treatment",
        heading="Treatment",
        choices=Risk.Treatment.choices,
        empty=Risk.Treatment.UNDECIDED,
        aliases=("Response", "Risk response", "Risk treatment"),
    ),
    Text(name="treatment_note", heading="How it is treated", aliases=("Mitigation", "Mitigations")),
    Choice(
        name="register_level",
        heading="On the register of",
        choices=RegisterLevel.choices,
        empty=RegisterLevel.SERVICE,
        aliases=("Register", "Register level", "Level of register"),
    ),
    Text(
        name="corporate_reference",
        heading="Corporate reference",
        longest=40,
        aliases=("Reference in the corporate register", "Corporate risk reference"),
    ),
)


def said(name: str, heading: str, kind: str, what: str, how: str = "text") -> Derived:
    """A column of what one kind of score says, as `with_levels` tells it."""
    field = IntegerField() if how == "number" else TextField()

    def reckon() -> Any:
        return Cast(KeyTextTransform(what, kind), field)

    return Derived(name=name, heading=heading, path=f"file_{name}", kind=how, reckon=reckon)


def step_of(kind: str) -> list[Derived]:
    """Likelihood and impact of one kind of score, under the headings by which they come back."""
    return [
        said(column.name, column.heading, kind, column.axis, "number")
        for column in PAIRS[Assessment.Kind(kind)]
    ]


# As the page names them, so that "this view" finds them.
DERIVED = (
    Derived(name="level_rank", heading="Level", path="level"),
    Derived(name="score", heading="Score", path="score", kind="number"),
    Derived(name="colour", heading="Colour", path="colour", named=lambda: Named(dict(Colour.choices))),
    Derived(name="next_review_on", heading="Next review", path="next_review_on", kind="date"),
    Derived(
        name="escalated_for",
        heading="Escalated",
        path="escalated_for",
        named=lambda: Named({str(why): words for why, words in REASONS.items()}),
    ),
    *step_of("current"),
    Derived(name="scored_on", heading="Scored from", path="scored_on", kind="date"),
    said("inherent_level", "Inherent level", "inherent", "level"),
    *step_of("inherent"),
    said("target_level", "Target level", "target", "level"),
    *step_of("target"),
)

SHEET = offer(
    Sheet(
        key="risks",
        model=Risk,
        noun="risk",
        plural="risks",
        columns=COLUMNS,
        reference=REFERENCE,
        derived=DERIVED,
        facts=FACTS,
        not_taken=NOT_TAKEN,
        given_on="The level follows from likelihood and impact. Numbers of a score under an earlier matrix "
        "are read as that score: a risk is scored anew on its page, or by the words of the steps",
        bring_in="risks.bring_in",
        permission="risks.change_risk",
        permission_on=("owner_id", "unit_id", "state"),
        references=partial(next_references, Risk, "IR"),
        withdrawn=lambda: {"state": Risk.State.WITHDRAWN},
        over={"state": (Risk.State.CLOSED, Risk.State.MERGED, Risk.State.WITHDRAWN)},
    )
)
