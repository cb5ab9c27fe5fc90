"""Activities found by the asset they work with, for files that have a row for each asset."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from assets.models import ActivityAsset, Asset, ProcessingActivity
from assets.representations.activity_several import ASSETS
from governance.people.registers.several import New
from governance.people.registers.sheet import FoundBy, Origin, Text, Values, YesNo


def origins(references: Collection[str]) -> dict[str, Origin]:
    """Of each of these assets the activities that work with it, not over, and what a draft would say."""
    links = ActivityAsset.objects.filter(asset__reference__in=references).order_by("activity__reference")
    links = links.exclude(activity__state=ProcessingActivity.State.ENDED)
    named: dict[str, list[str]] = defaultdict(list)
    for asset, activity in links.values_list("asset__reference", "activity__reference"):
        named[asset].append(activity)
    found = Asset.objects.filter(reference__in=references)
    return {asset.reference: Origin(named[asset.reference], draft_for(asset)) for asset in found}


def draft_for(asset: Asset) -> Values:
    """What a new activity says that begins from an asset, by `attname`: as on its page."""
    return {
        "title": asset.title,
        "owner_id": asset.owner_id,
        "unit_id": asset.unit_id,
        "purposes": asset.purpose,
        "data_subjects": asset.data_subjects,
        "special_category": asset.special_category,
        "criminal_offence": asset.criminal_offence,
        ASSETS.attname: ASSETS.merged([New(asset.reference, {"asset_id": asset.pk})], ()),
    }


BY_ASSET = FoundBy(
    register="assets",
    noun="asset",
    column=Text(
        name="asset",
        heading="Reference of the asset that the row is about",
        help="Instead of the activity's own: the row is about the one activity that works with it",
    ),
    wanted=YesNo(
        name="in_ropa",
        heading="Is the asset in the record of processing?",
        help="Yes enters a draft for an asset that has no activity",
    ),
    linked=ASSETS.attname,
    origins=origins,
)
