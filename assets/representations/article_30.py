"""What is missing from the record of a processing activity, in words, and where it can be entered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from assets.models import LawfulBasis, ProcessingActivity


class Missing(NamedTuple):
    """One thing to be recorded before an activity is live: its field, the section of it, and a sentence."""

    field: str
    section: str
    words: str


class Need(NamedTuple):
    """A thing that a live activity says. `lacking` is asked of the activity, or of a version of it."""

    field: str
    section: str
    words: str
    lacking: Callable[[Any], bool]


def _empty(field: str) -> Callable[[Any], bool]:
    return lambda activity: _controls(activity) and not getattr(activity, field)


def _controls(activity: Any) -> bool:
    return bool(activity.capacity == ProcessingActivity.Capacity.CONTROLLER)


# The same as the constraints of assets/models/article_30.py: a test breaks each and compares.
NEEDS = (
    Need("purposes", "data", "Enter the purposes", _empty("purposes")),
    Need("data_subjects", "data", "Enter the categories of individuals", _empty("data_subjects")),
    Need("data_categories", "data", "Enter the categories of personal data", _empty("data_categories")),
    Need("recipients", "data", "Enter the categories of recipients, or say that there are none",
         _empty("recipients")),
    Need("security", "protection", "Describe the security measures", lambda one: not one.security),
    Need("retention", "protection", "Choose a retention rule, or say how long it is kept",
         lambda one: _controls(one) and not (one.retention_rule_id or one.retention_words)),
    Need("transfers_abroad", "protection", "Say whether data are sent outside the United Kingdom",
         lambda one: one.transfers_abroad is None),
    Need("automated_logic", "individuals", "Say what is decided automatically, and how",
         lambda one: bool(one.automated_decisions) and not one.automated_logic),
    Need("basis", "lawfulness", "Choose a lawful basis",
         lambda one: _controls(one) and not one.law_enforcement and not one.basis_id),
    Need("legal_power", "lawfulness", "Name the law or power that law enforcement rests on",
         lambda one: one.law_enforcement and not one.legal_power),
    Need("consent_record", "individuals", "Say where consent is recorded",
         lambda one: one.basis_id == LawfulBasis.CONSENT and not one.consent_record),
    Need("interest_assessment", "lawfulness",
         "Give the legitimate interests assessment, or say why there is none",
         lambda one: one.basis_id == LawfulBasis.LEGITIMATE
         and not (one.interest_assessment or one.interest_reason)),
    Need("interest_condition", "lawfulness", "Choose the recognised legitimate interest",
         lambda one: one.basis_id == LawfulBasis.RECOGNISED and not one.interest_condition_id),
    Need("special_condition", "lawfulness", "Choose an Article 9 condition for the special category data",
         lambda one: _controls(one) and one.special_category and not one.special_condition_id),
)  # fmt: skip


def missing_facts(activity: Any) -> list[Missing]:
    """What the activity, or a version of it, does not say itself."""
    return [Missing(need.field, need.section, need.words) for need in NEEDS if need.lacking(activity)]


def missing(activity: ProcessingActivity) -> list[Missing]:
    """Everything to be recorded before the activity is live: its own facts, then its rows."""
    return [*missing_facts(activity), *_missing_rows(activity)]


def _missing_rows(activity: ProcessingActivity) -> Iterator[Missing]:
    if not _controls(activity) and not activity.controllers.exists():
        yield Missing("controllers", "controllers", "Name each controller that the council processes for")
    yield from _missing_conditions(activity)
    yield from _missing_transfers(activity)
    if activity.dpias.not_superseded().filter(risks__residual="high", ico_consulted_on=None).exists():
        yield Missing("dpia", "dpia", "Consult the ICO first: the DPIA leaves a high risk")


def _missing_conditions(activity: ProcessingActivity) -> Iterator[Missing]:
    met = list(activity.condition_links.select_related("condition"))
    if _controls(activity) and activity.criminal_offence and not activity.law_enforcement and not met:
        words = "Choose a Schedule 1 condition for the criminal offence data"
        yield Missing("conditions", "lawfulness", words)
    if any(link.condition.needs_policy for link in met) and not activity.policy_document:
        words = "Name the appropriate policy document that the Schedule 1 condition needs"
        yield Missing("policy_document", "lawfulness", words)


def _missing_transfers(activity: ProcessingActivity) -> Iterator[Missing]:
    found = list(activity.transfers.select_related("safeguard"))
    if activity.transfers_abroad and not found:
        yield Missing("transfers", "transfers", "Name each country that data are sent to")
    if activity.transfers_abroad is False and found:
        yield Missing(
            "transfers_abroad", "protection", "Say that data are sent abroad, or remove the transfers"
        )
    for transfer in found:
        if transfer.safeguard is None:
            yield Missing("transfers", "transfers", f"Choose the safeguard for {transfer}")
        elif transfer.safeguard.needs_assessment and not transfer.assessment:
            yield Missing("transfers", "transfers", f"Give the transfer risk assessment for {transfer}")


def contradictions(activity: ProcessingActivity) -> list[tuple[str, str]]:
    """Which facts of an activity do not go together: field and sentence, as the constraints have it."""
    found = []
    if activity.capacity == ProcessingActivity.Capacity.PROCESSOR and (
        activity.basis_id or activity.interest_condition_id or activity.special_condition_id
    ):
        found.append(
            ("basis", "The lawful basis is the controller's: clear it where the council is processor")
        )
    if activity.interest_condition_id and activity.basis_id != LawfulBasis.RECOGNISED:
        words = "A recognised legitimate interest needs that lawful basis: choose it, or clear this"
        found.append(("interest_condition", words))
    if activity.special_condition_id and not activity.special_category:
        words = "An Article 9 condition is for special category data: say that there are some, or clear it"
        found.append(("special_condition", words))
    if activity.follows_policy is False and not activity.follows_policy_reason:
        found.append(("follows_policy_reason", "Say why it is not kept and erased in line with the document"))
    return found
