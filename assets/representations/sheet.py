"""The asset register as a file, and the rules of an entry as the database will check them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from assets.models import CLOSED, Asset
from assets.models.numbering import next_references
from assets.representations.public import DECIDING, becoming
from assets.representations.sheet_columns import COLUMNS, SECTIONS
from assets.representations.sheet_derived import DERIVED
from assets.representations.sheet_kept_for import KEPT_FOR
from assets.representations.sheet_places import AT_PLACES, WHERE_KEPT, with_places
from assets.representations.sheet_steps import watch_assets
from governance.people.registers.sheet import Rule, Sheet, offer

Values = Mapping[str, Any]


def unexplained(name: str) -> Callable[[Values], bool]:
    """Is there a rating without a reason?"""
    return lambda values: values[f"{name}_id"] is not None and not values[f"{name}_reason"]


RULES = (
    Rule(
        "asset_sensitive_data_are_personal_data",
        "contains_personal_data",
        "Special category and criminal offence data are personal data: say yes to personal data",
        lambda values: (
            values["contains_personal_data"] is not True
            and bool(values["special_category"] or values["criminal_offence"])
        ),
    ),
    Rule(
        "asset_is_no_part_and_no_duplicate_of_itself",
        "part_of",
        "An asset cannot be a part or a duplicate of itself",
        lambda values: (
            values["id"] is not None and values["id"] in (values["part_of_id"], values["duplicate_of_id"])
        ),
    ),
    Rule(
        "asset_golden_record_duplicates_nothing",
        "is_golden",
        "A golden record cannot be the duplicate of another",
        lambda values: bool(values["is_golden"]) and values["duplicate_of_id"] is not None,
    ),
    *(
        Rule(
            f"asset_{name}_is_rated_with_a_reason",
            f"{name}_reason",
            f"Say why {name} is rated so",
            unexplained(name),
        )
        for name in ("confidentiality", "integrity", "availability")
    ),
    Rule(
        "asset_withheld_with_reason_and_exemption",
        "publish",
        "What is withheld or published in part needs a reason and an exemption",
        lambda values: (
            values["publish"] in ("withhold", "part")
            and not (values["publish_reason"] and values["exemption_id"])
        ),
    ),
)

# Headings in small letters, as far as they say it (docs/decisions/0020-no-file-confirms-an-asset.md).
NOT_TAKEN = {
    "Leave it out: no file confirms an asset, since a confirmation is what a post says of it in Custodian": (
        "last reviewed",
        "last looked at",
        "last confirmed",
        "last checked",
        "last review",
        "date reviewed",
        "reviewed on",
        "review date",
        "date of review",
    ),
}

SHEET = offer(
    Sheet(
        key="assets",
        model=Asset,
        noun="asset",
        plural="assets",
        columns=COLUMNS,
        sections=SECTIONS,
        not_taken=NOT_TAKEN,
        several=(AT_PLACES,),
        spreads=(KEPT_FOR, WHERE_KEPT),
        derived=DERIVED,
        told=with_places,
        rules=RULES,
        watch=watch_assets,
        watched=("state",),
        bring_in="assets.bring_in",
        permission="assets.change_asset",
        permission_on=("owner_id", "unit_id", "state"),
        references=partial(next_references, Asset, "IA"),
        opening=lambda changes: becoming(changes).public,
        opening_on=DECIDING,
        withdrawn=lambda: {"state": Asset.State.WITHDRAWN},
        over={"state": CLOSED},
    )
)
