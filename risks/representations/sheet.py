"""The risk register as a file. It leaves; bringing risks in waits until one can be withdrawn again."""

from __future__ import annotations

from assets.models import Asset
from governance.people.models import OrganisationalUnit, Post
from governance.people.registers.sheet import Lookup, Sheet, Text
from risks.models import Risk

SHEET = Sheet(
    key="risks",
    model=Risk,
    noun="risk",
    plural="risks",
    permission="risks.change_risk",
    columns=(
        Text(name="title", heading="Title", required=True, longest=300),
        Text(name="cause", heading="Cause"),
        Text(name="event", heading="Event"),
        Text(name="consequence", heading="Consequence"),
        Lookup(
            name="owner",
            heading="Owner",
            attname="owner_id",
            among=Post.objects.all,
            by=("code", "title"),
            required=True,
        ),
        Lookup(
            name="unit",
            heading="Unit",
            attname="unit_id",
            among=OrganisationalUnit.objects.all,
            required=True,
        ),
        Lookup(
            name="asset",
            heading="Asset",
            attname="asset_id",
            among=Asset.objects.all,
            by=("reference",),
            only_named=True,
        ),
    ),
)
