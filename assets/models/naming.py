"""The names that a version of an asset shows: those of its day, whatever the lists say now."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from assets.models.lists import Exemption, Function, ImpactLevel, Licence, Marking, VolumeBand
from assets.models.places import System
from assets.models.retention import RetentionRule
from governance.figures.moment import Moment
from governance.people.models import Post
from governance.people.registers.versions import instant_of, then


class Named(NamedTuple):
    """Where the name of what a field chooses is read. The field holds the `key` of the entry chosen."""

    model: Any
    column: str = "name"
    key: str = "id"


NAMED = {
    "function": Named(Function),
    "system": Named(System),
    "custodian": Named(Post, "title"),
    "volume": Named(VolumeBand),
    "marking": Named(Marking),
    "confidentiality": Named(ImpactLevel, key="number"),
    "integrity": Named(ImpactLevel, key="number"),
    "availability": Named(ImpactLevel, key="number"),
    "retention_rule": Named(RetentionRule, "record_type"),
    "exemption": Named(Exemption),
    "licence": Named(Licence),
}
SAID_BESIDE = {"retention_words": ("retention_rule", "words")}


def names_at(moment: Moment) -> dict[str, Any]:
    """Annotations for versions of assets: `function_name`, `marking_name` and so on.

    What had not been entered anywhere by that day is named as it is now, as the timeline does.
    """
    names = {f"{field}_name": _name(field, named, moment) for field, named in NAMED.items()}
    beside = {
        name: _name(field, NAMED[field]._replace(column=column), moment)
        for name, (field, column) in SAID_BESIDE.items()
    }
    worst = then(ImpactLevel, "name", "criticality", instant_of(moment), key="number")
    return names | beside | {"criticality_name": worst}


def _name(field: str, named: Named, moment: Moment) -> Coalesce:
    reference = f"{field}_id"
    today = named.model.objects.filter(**{named.key: OuterRef(reference)}).values(named.column)[:1]
    that_day = then(named.model, named.column, reference, instant_of(moment), key=named.key)
    return Coalesce(that_day, Subquery(today))
