"""What is missing from the record of a processing activity, in words, and where it can be entered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from assets.models import (
    ActivityCondition,
    ControllerServed,
    LawfulBasis,
    ProcessingActivity,
    ScheduleCondition,
    Transfer,
)


class Missing(NamedTuple):
    """One thing to be recorded before an activity is live: its field, the section of it, and a sentence.

    `row` is the key of the row that lacks it, 0 where the activity itself does.
    """

    field: str
    section: str
    words: str
    row: int = 0

    @property
    def place(self) -> tuple[str, str, int]:
        """Where it is lacking: the same when what the sentence names is renamed."""
        return self.field, self.section, self.row


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
    return [*missing_facts(activity), *missing_rows(activity, Rows.of(activity)), *_missing_dpia(activity)]


@dataclass
class Rows:
    """What an activity has several of, as far as it decides what else must be recorded."""

    controllers: int = 0
    conditions: list[ScheduleCondition] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)

    @classmethod
    def of(cls, activity: ProcessingActivity) -> Rows:
        """Those of one activity."""
        return cls.of_many([activity.pk])[activity.pk]

    @classmethod
    def of_many(cls, keys: Collection[int]) -> dict[int, Rows]:
        """Those of each activity, by its key: three queries, however many there are."""
        found = {key: cls() for key in keys}
        for key in ControllerServed.objects.filter(activity__in=keys).values_list("activity_id", flat=True):
            found[key].controllers += 1
        for link in ActivityCondition.objects.filter(activity__in=keys).select_related("condition"):
            found[link.activity_id].conditions.append(link.condition)
        for transfer in Transfer.objects.filter(activity__in=keys).select_related("safeguard"):
            found[transfer.activity_id].transfers.append(transfer)
        return found


def missing_rows(activity: Any, rows: Rows) -> Iterator[Missing]:
    """What the rows of an activity do not say; of the activity its own values are asked."""
    if not _controls(activity) and not rows.controllers:
        yield Missing("controllers", "controllers", "Name each controller that the council processes for")
    yield from _missing_conditions(activity, rows.conditions)
    yield from _missing_transfers(activity, rows.transfers)


def _missing_dpia(activity: ProcessingActivity) -> Iterator[Missing]:
    if activity.dpias.not_superseded().filter(risks__residual="high", ico_consulted_on=None).exists():
        yield Missing("dpia", "dpia", "Consult the ICO first: the DPIA leaves a high risk")


def _missing_conditions(activity: Any, met: Collection[ScheduleCondition]) -> Iterator[Missing]:
    if _controls(activity) and activity.criminal_offence and not activity.law_enforcement and not met:
        words = "Choose a Schedule 1 condition for the criminal offence data"
        yield Missing("conditions", "lawfulness", words)
    if any(condition.needs_policy for condition in met) and not activity.policy_document:
        words = "Name the appropriate policy document that the Schedule 1 condition needs"
        yield Missing("policy_document", "lawfulness", words)


def _missing_transfers(activity: Any, found: Collection[Transfer]) -> Iterator[Missing]:
    if activity.transfers_abroad and not found:
        yield Missing("transfers", "transfers", "Name each country that data are sent to")
    if activity.transfers_abroad is False and found:
        yield Missing(
            "transfers_abroad", "protection", "Say that data are sent abroad, or remove the transfers"
        )
    for transfer in found:
        if transfer.safeguard is None:
            yield Missing("transfers", "transfers", f"Choose the safeguard for {transfer}", transfer.pk)
        elif transfer.safeguard.needs_assessment and not transfer.assessment:
            words = f"Give the transfer risk assessment for {transfer}"
            yield Missing("transfers", "transfers", words, transfer.pk)


# The same as the constraints of the model: a test breaks each and compares.
CONTRADICTIONS = (
    Need("basis", "lawfulness",
         "The lawful basis is the controller's: clear it where the council is processor",
         lambda one: not _controls(one)
         and bool(one.basis_id or one.interest_condition_id or one.special_condition_id)),
    Need("interest_condition", "lawfulness",
         "A recognised legitimate interest needs that lawful basis: choose it, or clear this",
         lambda one: bool(one.interest_condition_id) and one.basis_id != LawfulBasis.RECOGNISED),
    Need("special_condition", "lawfulness",
         "An Article 9 condition is for special category data: say that there are some, or clear it",
         lambda one: bool(one.special_condition_id) and not one.special_category),
    Need("follows_policy_reason", "lawfulness",
         "Say why it is not kept and erased in line with the document",
         lambda one: one.follows_policy is False and not one.follows_policy_reason),
)  # fmt: skip


def contradictions(activity: ProcessingActivity) -> list[tuple[str, str]]:
    """Which facts of an activity do not go together: field and sentence, as the constraints have it."""
    return [(each.field, each.words) for each in CONTRADICTIONS if each.lacking(activity)]
