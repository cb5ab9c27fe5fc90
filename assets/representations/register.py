"""How the asset register is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from assets.models import Asset
from assets.representations.completeness import Completeness
from governance.figures.moment import Moment
from governance.people.registers.choosing import Offered
from governance.people.registers.pages import COMMON

if TYPE_CHECKING:
    from governance.people.models import User

ANY = "IA-0000"
FORMS = dict(Asset.Form.choices)
WHETHER = {True: "Yes", False: "No", None: "Not assessed"}
LEVELS = ("confidentiality", "integrity", "availability")


def named(code: str, text: str, sort: str) -> Offered:
    """A column that names an entry of a list."""
    return Offered(code=code, text=text, sort=sort, said=lambda entry: getattr(entry, code), related=(code,))


def flag(code: str, text: str) -> Offered:
    """A column that says yes or no."""
    return Offered(
        code=code, text=text, sort=code, said=lambda entry: WHETHER[getattr(entry, code)], reads=(code,)
    )


OFFERED = (
    Offered(
        code="unit",
        text="Unit",
        sort="unit_name",
        said=lambda entry: entry.unit_name,
        reads=(),
        by_default=True,
    ),
    Offered(
        code="owner",
        text="Owner",
        sort="owner_title",
        said=lambda entry: entry.owner_title,
        note=lambda entry: "(vacant)" if entry.ownerless else "",
        reads=(),
        by_default=True,
    ),
    Offered(
        code="form",
        text="Form",
        sort="form",
        said=lambda entry: FORMS[entry.form],
        reads=("form",),
        by_default=True,
    ),
    Offered(
        code="personal_data",
        text="Personal data",
        sort="contains_personal_data",
        said=lambda entry: WHETHER[entry.contains_personal_data],
        reads=("contains_personal_data",),
        by_default=True,
    ),
    Offered(
        code="state",
        text="State",
        sort="state",
        said=lambda entry: entry.get_state_display(),
        reads=("state",),
    ),
    named("function", "Function", "function__name"),
    named("marking", "Marking", "marking__position"),
    Offered(
        code="criticality",
        text="Criticality",
        sort="criticality",
        said=lambda entry: worst(entry) or "Not rated",
        related=LEVELS,
    ),
    flag("is_key", "Key asset"),
    flag("special_category", "Special category"),
    named("system", "Source system", "system__name"),
    named("custodian", "Custodian", "custodian__title"),
    named("volume", "Volume", "volume__position"),
    named("retention_rule", "Retention rule", "retention_rule__code"),
    Offered(
        code="completeness",
        text="Completeness",
        sort="",
        said=lambda entry: Completeness.of_version(entry).band,
        note=lambda entry: f"({Completeness.of_version(entry)})",
    ),
    Offered(
        code="publish",
        text="Publish",
        sort="publish",
        said=lambda entry: entry.get_publish_display(),
        reads=("publish",),
    ),
)

# What the register shows until a person chooses otherwise; files take the same.
COLUMNS = (*COMMON[:2], *(column.heading for column in OFFERED if column.by_default))


def drawn(rows: Iterable[tuple[Any, SafeString]]) -> list[dict[str, Any]]:
    """What a line of the register shows of each entry, whose cells are drawn already, by name.

    The router is asked for one address: in a reference is nothing that an address would write otherwise.
    """
    before, after = reverse("assets:asset", args=[ANY]).split(ANY)
    return [
        {
            "reference": entry.reference,
            "address": f"{before}{entry.reference}{after}",
            "title": entry.title,
            "cells": cells,
        }
        for entry, cells in rows
    ]


def worst(entry: Any) -> Any:
    """The highest of the three ratings, as the council's scale calls it; None while nothing is rated."""
    rated = [level for level in (getattr(entry, name) for name in LEVELS) if level]
    return max(rated, key=lambda level: level.number, default=None)


def risks_of(asset: Asset, moment: Moment, person: User) -> dict[str, Any]:
    """`risks`: those that named the asset at a moment and that this person may open, as versions."""
    risks: Any = Asset._meta.get_field("risks").related_model
    named: QuerySet[Any] = (
        risks.history.at(moment).on_the_register().visible_to(person).filter(asset_id=asset.pk)
    )
    return {"risks": named.order_by("reference")}


def incidents_of(asset: Asset, moment: Moment, person: User) -> dict[str, Any]:
    """`incident_links`: the incidents that concern the asset, as recorded now: to those who need to know."""
    links: Any = Asset._meta.get_field("incident_links").related_model._default_manager
    mine = links.filter(asset=asset).with_incidents_of(person)
    return {"incident_links": mine.exclude(incident__state="withdrawn").order_by("incident__reference")}


def actions_of(asset: Asset, moment: Moment, person: User) -> dict[str, Any]:
    """`action_links`: the actions that concern the asset and that this person may open, as recorded now."""
    links: Any = Asset._meta.get_field("action_links").related_model._default_manager
    return {"action_links": links.filter(asset=asset).with_actions_of(person).order_by("action__reference")}
