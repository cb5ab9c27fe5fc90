"""The columns of the record of processing as a file, with the headings of the ICO's templates.

Purposes, categories and recipients are texts, in the council's own words. Several in one cell stand one in a
line or with semicolons between, and come back exactly as they left.
"""

from __future__ import annotations

from typing import Any

from assets.models import (
    Function,
    InterestCondition,
    LawfulBasis,
    ProcessingActivity,
    RetentionRule,
    SpecialCondition,
)
from assets.representations.sheet_columns import entry_of, posts, unit
from governance.people.registers.sheet import Choice, Day, SheetColumn, Text, YesNo

SEVERAL = "Several in one cell: one in a line, or with semicolons between"


def words(name: str, heading: str, *aliases: str, **options: Any) -> Text:
    """A column of text, as long as the field."""
    field: Any = ProcessingActivity._meta.get_field(name)
    return Text(name=name, heading=heading, aliases=aliases, longest=field.max_length or 0, **options)


def yes_no(name: str, heading: str, *aliases: str) -> YesNo:
    """A yes or no, or that nobody has said yet."""
    return YesNo(name=name, heading=heading, aliases=aliases, unknown="Not yet said")


def tick(name: str, heading: str, *aliases: str) -> YesNo:
    """A yes or no that is no until somebody says yes."""
    return YesNo(name=name, heading=heading, aliases=aliases, empty=False)


WHO: tuple[SheetColumn, ...] = (
    words("title", "Title", "Processing activity", "Activity", "Name", "Name of activity", required=True),
    Choice(
        name="state",
        heading="State",
        choices=ProcessingActivity.State.choices,
        open_to_files=(ProcessingActivity.State.DRAFT,),
        empty=ProcessingActivity.State.DRAFT,
        aliases=("Status",),
    ),
    Choice(
        name="capacity",
        heading="The council acts as",
        choices=ProcessingActivity.Capacity.choices,
        empty=ProcessingActivity.Capacity.CONTROLLER,
        aliases=("Capacity", "Controller or processor", "Controller/processor"),
    ),
    entry_of(Function, "function", "Function", "Business function"),
    posts("owner", "Owner", "Owner post", "Information asset owner", "IAO", "Business owner", required=True),
    unit(),
    words("joint_controllers", "Joint controllers", "Joint controller", "Name and contact details of joint "
          "controller"),
    words("representative", "Representative"),
    words("dpo_contact", "Data protection officer", "DPO", "DPO contact"),
    Day(name="next_review_on", heading="Next review", aliases=("Review date", "Next review date")),
)  # fmt: skip
WHAT: tuple[SheetColumn, ...] = (
    words("purposes", "Purposes", "Purpose of processing", "Purposes of processing", "Purpose", help=SEVERAL),
    words("data_subjects", "Categories of individuals", "Data subjects", "Categories of data subjects",
          help=SEVERAL),
    words("data_categories", "Categories of personal data", "Data categories", "Personal data", help=SEVERAL),
    words("source", "Where the data come from", "Source", "Source of the personal data"),
    words("recipients", "Categories of recipients", "Recipients", "Shared with", help=SEVERAL),
    words("processors", "Processors and their contracts", "Processors", "Link to contract with processor"),
    tick("special_category", "Special category data", "Special category"),
    tick("criminal_offence", "Criminal offence data", "Criminal convictions"),
)  # fmt: skip
WHY: tuple[SheetColumn, ...] = (
    tick("law_enforcement", "For law enforcement", "Law enforcement"),
    entry_of(LawfulBasis, "basis", "Lawful basis", "Article 6 lawful basis",
             "Article 6 lawful basis for processing personal data", key="code"),
    words("legal_power", "Law or power it rests on", "Legislation", "Legal power"),
    entry_of(InterestCondition, "interest_condition", "Recognised legitimate interest"),
    words("interest_assessment", "Legitimate interests assessment", "LIA",
          "Link to record of legitimate interests assessment"),
    words("interest_reason", "Why there is no assessment"),
    entry_of(SpecialCondition, "special_condition", "Article 9 condition",
             "Article 9 condition for processing special category data"),
    words("policy_document", "Appropriate policy document", "Link to appropriate policy document"),
    yes_no("follows_policy", "Kept and erased in line with that document"),
    words("follows_policy_reason", "Why it is not"),
)  # fmt: skip
CARE: tuple[SheetColumn, ...] = (
    words("privacy_notice", "Privacy notice", "Link to privacy notice"),
    words("consent_record", "Record of consent", "Link to record of consent"),
    yes_no("automated_decisions", "Automated decisions", "Automated decision-making",
           "Existence of automated decision-making, including profiling"),
    words("automated_logic", "What is decided, and how"),
    entry_of(RetentionRule, "retention_rule", "Retention rule", "Retention ID", "Retention code",
             by=("code", "record_type")),
    words("retention_words", "How long it is kept, in words", "Retention period", "Retention schedule"),
    words("security", "Security measures", "Technical and organisational measures",
          "General description of technical and organisational security measures"),
    yes_no("transfers_abroad", "Sent outside the United Kingdom", "International transfers",
           "Transfers to third countries"),
)  # fmt: skip
COLUMNS = (*WHO, *WHAT, *WHY, *CARE)
