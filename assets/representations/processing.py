"""How processing activities are shown: in sections, with their rows, and on the pages of assets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models

from assets.models import (
    ActivityAsset,
    ActivityCondition,
    Asset,
    ControllerServed,
    Dpia,
    ProcessingActivity,
    ScheduleCondition,
    Screening,
    Transfer,
    lacks_dpia,
)
from assets.representations.article_30 import Missing, missing, missing_facts
from assets.representations.screening import bars
from governance.core.components import Column
from governance.people.registers.pages import COMMON
from governance.people.registers.versions import instant_of

if TYPE_CHECKING:
    from governance.figures.moment import Moment
    from governance.people.models import User

COLUMNS = (
    *COMMON,
    Column("Capacity", "capacity"),
    Column("Lawful basis", "basis_id"),
    Column("State", "state"),
)


class Section(NamedTuple):
    """A part of an activity that is read and changed at once."""

    key: str
    title: str
    fields: tuple[str, ...]


SECTIONS = (
    Section("identity", "Who does it", (
        "title", "function", "unit", "owner", "capacity", "joint_controllers", "representative",
        "dpo_contact", "next_review_on",
    )),
    Section("data", "Purposes and data", (
        "purposes", "data_subjects", "data_categories", "source", "recipients", "processors",
        "special_category", "criminal_offence",
    )),
    Section("lawfulness", "Lawfulness", (
        "law_enforcement", "basis", "legal_power", "interest_condition", "interest_assessment",
        "interest_reason", "special_condition", "policy_document", "follows_policy", "follows_policy_reason",
    )),
    Section("individuals", "What people are told", (
        "privacy_notice", "consent_record", "automated_decisions", "automated_logic",
    )),
    Section("protection", "Keeping and protecting", (
        "retention_rule", "retention_words", "security", "transfers_abroad",
    )),
)  # fmt: skip
BY_KEY = {section.key: section for section in SECTIONS}
# What many activities have no call to say. Where one has, what is missing names it.
ONLY_WHERE_SAID = (
    "joint_controllers", "representative", "interest_condition", "interest_assessment", "interest_reason",
    "special_condition", "follows_policy_reason", "consent_record", "automated_logic",
)  # fmt: skip


class Fact(NamedTuple):
    """A field in words; empty text where nothing is recorded."""

    label: str
    value: str


def facts(version: Any, section: Section) -> list[Fact]:
    """The fields of a section as a version of the activity says them; some only where they say anything."""
    told = [(name, said(version, name)) for name in section.fields if name != "title"]
    return [Fact(label_of(name), value) for name, value in told if value or name not in ONLY_WHERE_SAID]


def label_of(name: str) -> str:
    """What a field is called."""
    words = str(ProcessingActivity._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return words[:1].upper() + words[1:]


def said(version: Any, name: str) -> str:
    """The value of a field in words."""
    field: Any = ProcessingActivity._meta.get_field(name)
    if name in ("unit", "owner"):
        return str(version.unit_name if name == "unit" else version.owner_title)
    if field.choices:
        return str(getattr(version, f"get_{name}_display")())
    value = getattr(version, name)
    if value is None:
        return ""
    if isinstance(field, models.BooleanField):
        return "Yes" if value else "No"
    return f"{value.day} {value:%B %Y}" if isinstance(field, models.DateField) else str(value)


def rows_of(activity: ProcessingActivity, moment: Moment, person: User) -> dict[str, Any]:
    """What the activity had several of at a moment; of its assets those that this person may open."""
    linked = ActivityAsset.history.at(moment).filter(activity_id=activity.pk)
    met = ActivityCondition.history.at(moment).filter(activity_id=activity.pk).values("condition_id")
    assets = Asset.objects.visible_to(person).filter(pk__in=linked.values("asset_id"))
    return {
        "assets": assets.order_by("reference"),
        "links": {link.asset_id: link.id for link in linked},
        "hidden_assets": linked.count() - assets.count(),
        "conditions": ScheduleCondition.objects.filter(pk__in=met),
        "transfers": Transfer.history.at(moment).filter(activity_id=activity.pk).select_related("safeguard"),
        "controllers": ControllerServed.history.at(moment).filter(activity_id=activity.pk),
    }


def sections_of(version: Any) -> Iterator[tuple[Section, Sequence[Fact]]]:
    """Every section with its facts."""
    for section in SECTIONS:
        yield section, facts(version, section)


def page_of(activity: ProcessingActivity, version: Any, moment: Moment, person: User) -> dict[str, Any]:
    """What the page of an activity shows beside its history."""
    if version is None:
        return {"activity": activity}
    screening = Screening.history.at(moment).filter(activity_id=activity.pk).first()
    instant = instant_of(moment)
    return rows_of(activity, moment, person) | {
        "activity": activity,
        "sections": list(sections_of(version)),
        "missing": missing_facts(version) if moment.is_past else [*missing(activity), *_barring(activity)],
        "screening": screening,
        "lacks_dpia": _versions_at(moment).filter(lacks_dpia(moment), id=activity.pk).exists(),
        "go_aheads": activity.go_aheads.filter(decided_at__lt=instant),
        "dpias": Dpia.history.at(moment).filter(activity_id=activity.pk).order_by("-id"),
        "advice": activity.advice.before(instant).filter(dpia=None),
    }


def _barring(activity: ProcessingActivity) -> list[Missing]:
    return [] if activity.state == ProcessingActivity.State.LIVE else bars(activity)


def _versions_at(moment: Moment) -> Any:
    return ProcessingActivity.history.at(moment)


def processing_of(asset: Asset, moment: Moment, person: User) -> dict[str, Any]:
    """For the page of an asset: the activities that worked with it at a moment, as versions.

    `not_in_ropa` is true of one with personal data that no live activity worked with. `without_dpia` are the
    live ones that lack the DPIA they require.
    """
    linked = ActivityAsset.history.at(moment).filter(asset_id=asset.pk).values("activity_id")
    found = ProcessingActivity.history.at(moment).filter(id__in=linked).exclude(state="ended")
    version = Asset.history.at(moment).filter(id=asset.pk).first()
    personal = version is not None and version.contains_personal_data
    living = found.filter(state="live").exists()
    lacking = found.filter(lacks_dpia(moment), state="live")
    return {
        "activities": found.visible_to(person).order_by("reference"),
        "not_in_ropa": personal and not living,
        "without_dpia": ", ".join(lacking.order_by("reference").values_list("reference", flat=True)),
    }
