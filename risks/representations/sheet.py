"""The risk register as a file. Acceptance and scores, once risks have them, are reached on pages alone."""

from __future__ import annotations

from functools import partial

from assets.models import Asset
from assets.models.numbering import next_references
from assets.representations.sheet_columns import unit
from governance.people.models import Post
from governance.people.registers.sheet import Choice, Lookup, Sheet, Text, offer
from risks.models import Risk

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
)

SHEET = offer(
    Sheet(
        key="risks",
        model=Risk,
        noun="risk",
        plural="risks",
        columns=COLUMNS,
        reference=REFERENCE,
        bring_in="risks.bring_in",
        permission="risks.change_risk",
        permission_on=("owner_id", "unit_id", "state"),
        references=partial(next_references, Risk, "IR"),
        withdrawn=lambda: {"state": Risk.State.WITHDRAWN},
        over={"state": (Risk.State.CLOSED, Risk.State.MERGED, Risk.State.WITHDRAWN)},
    )
)
