"""The columns of the asset register as a file, with the headings councils use.

Headings besides our own were seen in registers of councils, The National Archives' guidance and the LGA's
layout (domain.md 1.2). Posts, never names.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from assets.models import (
    Asset,
    Exemption,
    Function,
    ImpactLevel,
    Licence,
    Marking,
    OldMarking,
    RetentionRule,
    System,
    VolumeBand,
)
from governance.core.dates import today
from governance.people.models import OrganisationalUnit, Post
from governance.people.registers.lookups import KeptAt
from governance.people.registers.sheet import (
    Address,
    Choice,
    Day,
    Lookup,
    Number,
    SheetColumn,
    Text,
    YesNo,
)

# States that an officer may set for a live entry at will; the others are reached by a decision on a page.
OPEN_STATES = ("draft", "live", "under_review")


def words(name: str, heading: str, *aliases: str, **options: Any) -> Text:
    """A column of text, as long as the field."""
    field: Any = Asset._meta.get_field(name)
    return Text(name=name, heading=heading, aliases=aliases, longest=field.max_length or 0, **options)


def tick(name: str, heading: str, *aliases: str) -> YesNo:
    """A yes or no that is no until somebody says yes."""
    return YesNo(name=name, heading=heading, aliases=aliases, empty=False)


def entry_of(model: Any, name: str, heading: str, *aliases: str, **options: Any) -> Lookup:
    """A column that names an entry of one of the council's lists."""
    return Lookup(
        name=name,
        heading=heading,
        aliases=aliases,
        attname=f"{name}_id",
        among=model.objects.all,
        offered=lambda: model.objects.offered(),
        **options,
    )


def posts(name: str, heading: str, *aliases: str, **options: Any) -> Lookup:
    """A column that names a post by its code or title."""
    return Lookup(
        name=name,
        heading=heading,
        aliases=aliases,
        attname=f"{name}_id",
        among=Post.objects.all,
        by=("code", "title"),
        help="The code or title of a post, never a person's name",
        **options,
    )


def rated(name: str) -> tuple[SheetColumn, SheetColumn]:
    """A rating and its reason."""
    heading = name.capitalize()
    level = entry_of(
        ImpactLevel,
        name,
        heading,
        f"{heading} impact",
        f"{heading} rating",
        key="number",
        by=("number", "code", "name"),
    )
    return level, words(f"{name}_reason", f"{heading}: why", f"{heading} reason")


def other_asset(name: str, heading: str, *aliases: str) -> Lookup:
    """A column that names another asset by its reference."""
    return Lookup(
        name=name,
        heading=heading,
        aliases=aliases,
        attname=f"{name}_id",
        among=Asset.objects.order_by,
        by=("reference",),
        only_named=True,
        help="The reference of another asset",
    )


def old_words() -> dict[str, Any]:
    """Old words for markings, each with the marking it would now be."""
    return dict(OldMarking.objects.values_list("word", "marking_id"))


def units_now() -> QuerySet[OrganisationalUnit]:
    """Units that exist today."""
    return OrganisationalUnit.objects.in_force(today())


def unit(*more: str) -> Lookup:
    """The column of the unit that holds an entry, in any register; `more` headings by which it is known."""
    known = ("Service", "Department", "Team", "Service area", "Directorate", "Business unit")
    return Lookup(
        name="unit",
        heading="Unit",
        attname="unit_id",
        among=OrganisationalUnit.objects.all,
        offered=units_now,
        required=True,
        aliases=(*known, *more),
    )


IDENTITY: tuple[SheetColumn, ...] = (
    words(
        "title",
        "Title",
        "Name",
        "Asset name",
        "Asset",
        "Name of asset",
        "Information asset",
        "Asset title",
        "Dataset",
        "Dataset name",
        "What we hold",
        "What is held",
        "What it is",
        "What is it",
        "Records held",
        required=True,
    ),
    words(
        "description",
        "Description",
        "Asset description",
        "Records description",
        "Details",
        "Blurb",
        "Summary",
        "What it contains",
        "What is in it",
    ),
    words(
        "purpose",
        "Purpose",
        "What it does",
        "Purpose of asset",
        "Business purpose",
        "What it is for",
        "Why we hold it",
        "What we hold it for",
        "Why it is held",
    ),
    Choice(
        name="form",
        heading="Form",
        choices=Asset.Form.choices,
        required=True,
        aliases=(
            "Format",
            "Asset type",
            "Data type",
            "Type",
            "Media",
            "Medium",
            "How it is held",
            "Paper or electronic",
        ),
    ),
    Choice(
        name="state",
        heading="State",
        choices=Asset.State.choices,
        open_to_files=OPEN_STATES,
        aliases=("Status", "Asset status", "Workflow status"),
        empty="live",
    ),
    entry_of(Function, "function", "Function", "Business function", "Council function"),
    entry_of(System, "system", "System", "Source system", "Source ICT system", "Application"),
    other_asset("part_of", "Part of", "Parent asset"),
    other_asset("duplicate_of", "Duplicate of"),
    tick("is_golden", "Golden record", "Master record"),
    tick("is_key", "Key asset", "Key asset?", "Critical asset"),
    words("potential", "Potential", "Potential for re-use", "Opportunities"),
)
OWNERSHIP: tuple[SheetColumn, ...] = (
    posts(
        "owner",
        "Owner",
        "Asset owner",
        "Information asset owner",
        "IAO",
        "Owner post",
        "Accountable individual",
        "Accountable officer",
        "Responsible",
        "Responsible officer",
        "Who answers for it",
        "Who is responsible",
        "Who owns it",
        "Answerable",
        required=True,
    ),
    unit("Dept", "Division", "Which service", "Which team", "Who holds it"),
    posts(
        "custodian",
        "Custodian",
        "Asset manager",
        "IAA",
        "Information asset administrator",
        "Information asset manager",
    ),
    words(
        "users",
        "Teams that use it",
        "Users",
        "Teams using it",
        "Used by",
        "Who can access",
        "Who has access",
        "Who uses it",
    ),
    words("external_holders", "Held outside the council by", "External holders", "Third parties"),
)
CONTENT: tuple[SheetColumn, ...] = (
    YesNo(
        name="contains_personal_data",
        heading="Contains personal data",
        unknown="Not yet assessed",
        aliases=(
            "Personal data",
            "Personal data?",
            "Contains Personal Information?",
            "Personal information",
            "Is it about people",
        ),
    ),
    tick(
        "special_category",
        "Special category data",
        "Special category",
        "Contains Special Information?",
        "Sensitive personal data",
    ),
    tick("criminal_offence", "Criminal offence data", "Criminal data"),
    tick("vulnerable_people", "Children or vulnerable people", "Vulnerable people", "Children"),
    words("data_subjects", "Whose data", "Data subjects", "Categories of data subjects", "Who it is about"),
    entry_of(
        VolumeBand, "volume", "Volume", "Number of records", "Volume of records", "How much", "How many"
    ),
    tick("commercially_sensitive", "Commercially sensitive", "Commercial sensitivity"),
    tick("environmental", "Environmental information", "EIR"),
)
PROTECTION: tuple[SheetColumn, ...] = (
    entry_of(
        Marking,
        "marking",
        "Protective marking",
        "Marking",
        "Classification",
        "Security classification",
        "Security class",
        synonyms=old_words,
        kept_at=KeptAt("Old markings", "assets:entries", ["oldmarking"], "assets.keep_lists"),
    ),
    *rated("confidentiality"),
    *rated("integrity"),
    *rated("availability"),
    words("access_rule", "Who may use it", "Access", "Access rule", "Access controls"),
    Number(
        name="longest_outage_hours",
        heading="Longest tolerable outage in hours",
        aliases=("Maximum tolerable outage", "RTO", "Recovery time objective"),
    ),
)
LIFE: tuple[SheetColumn, ...] = (
    entry_of(
        RetentionRule,
        "retention_rule",
        "Retention rule",
        "Retention ID",
        "Retention code",
        "Retention schedule reference",
        by=("code", "record_type"),
    ),
    Day(
        name="retention_from",
        heading="The period runs from",
        aliases=("Retention start", "Retention start date"),
    ),
    words("retention_note", "Retention note", "Retention notes"),
    words(
        "recipients",
        "Shared with",
        "Recipients",
        "Data sharing",
        "Who it is shared with",
        "Who we share it with",
    ),
    Choice(
        name="publish",
        heading="Publish decision",
        choices=Asset.Publish.choices,
        empty="undecided",
        aliases=("Publish", "Publication", "Publish?"),
    ),
    words("publish_reason", "Reason for the decision", "Publication reason"),
    entry_of(Exemption, "exemption", "Exemption", "FOI exemption"),
    entry_of(Licence, "licence", "Licence", "License"),
    Address(
        name="dataset_address",
        heading="Address of the dataset",
        longest=500,
        aliases=("Dataset URL", "URL", "Link"),
    ),
    Number(name="stars", heading="Stars of openness", aliases=("Stars", "Open data stars"), highest=5),
)

COLUMNS = (*IDENTITY, *OWNERSHIP, *CONTENT, *PROTECTION, *LIFE)
SECTIONS = {
    "What it is": IDENTITY,
    "Who answers for it": OWNERSHIP,
    "What is in it": CONTENT,
    "How it is protected": PROTECTION,
    "How long it is kept, and for whom": LIFE,
}
