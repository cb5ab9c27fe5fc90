"""What Northmere's officer has said of the assets since they were brought in: most of it, not all."""

from __future__ import annotations

from typing import Any, NamedTuple

from assets.models import (
    Asset,
    Function,
    ImpactLevel,
    Keeping,
    Location,
    Marking,
    System,
    VolumeBand,
)
from governance.demo.seeds.purposes import PURPOSES
from governance.people.models import User

SYSTEMS = [
    ("social-care", "Social care case management", "line_of_business", "supplier", "United Kingdom"),
    ("revenues", "Revenues and benefits system", "line_of_business", "council", ""),
    ("warehouse", "Corporate data warehouse", "warehouse", "council", ""),
    ("team-sites", "Team sites", "team_site", "cloud", "Ireland"),
    ("portal", "Customer portal", "portal", "cloud", "United Kingdom"),
    ("hr", "HR and payroll system", "line_of_business", "supplier", "United Kingdom"),
]
PLACES = [
    ("civic-centre", "Civic centre, records room", "building", "1 Market Square, Northmere"),
    ("off-site", "Off-site records store", "off_site", "Unit 4, Dock Road, Northmere"),
]
# For each service: its function, the system it works in, and how bad a loss would be (C, I, A).
SERVICES = {
    "childrens-social-care": ("children-and-families", "social-care", (4, 4, 3)),
    "adult-social-care": ("adult-care", "social-care", (4, 3, 3)),
    "education": ("education-and-skills", "team-sites", (2, 2, 2)),
    "housing": ("housing", "team-sites", (3, 2, 2)),
    "revenues-benefits": ("finance", "revenues", (3, 4, 3)),
    "ict-transformation": ("ict", "warehouse", (3, 3, 4)),
    "information-governance": ("information-management", "team-sites", (3, 3, 2)),
    "legal-democratic": ("legal-services", "team-sites", (3, 3, 2)),
    "finance-procurement": ("finance", "team-sites", (2, 4, 3)),
    "human-resources": ("human-resources", "hr", (3, 3, 2)),
}
WHY = {
    "confidentiality": "What the people it is about would suffer if others read it",
    "integrity": "What would be decided wrongly if it were not right",
    "availability": "How long the service could work from other sources",
}
SENSITIVE = ("childrens-social-care", "adult-social-care")
KEY = ("IA-0001", "IA-0009", "IA-0025", "IA-0032", "IA-0056")
# Where there is paper, and how many boxes.
BOXES = {"IA-0002": ("off-site", 412), "IA-0027": ("civic-centre", 36), "IA-0044": ("civic-centre", 870),
         "IA-0048": ("off-site", 205), "IA-0049": ("civic-centre", 118)}  # fmt: skip
LEFT_EVERY = 7  # one in so many nobody has come to yet


class Lists(NamedTuple):
    """The entries to choose from, by code; impact levels by number."""

    functions: dict[str, Function]
    systems: dict[str, System]
    markings: dict[str, Marking]
    levels: dict[int, ImpactLevel]
    volumes: list[VolumeBand]


def enter(by: User) -> None:
    """Systems and places, then what is said of most assets, each saved once."""
    for code, name, kind, hosting, country in SYSTEMS:
        System.objects.create(code=code, name=name, kind=kind, hosting=hosting, country=country)
    for code, name, kind, address in PLACES:
        Location.objects.create(code=code, name=name, kind=kind, address=address)
    lists = Lists(
        {each.code: each for each in Function.objects.all()},
        {each.code: each for each in System.objects.all()},
        {each.code: each for each in Marking.objects.all()},
        {each.number: each for each in ImpactLevel.objects.all()},
        list(VolumeBand.objects.all()),
    )
    for number, asset in enumerate(Asset.objects.for_register(), start=1):
        if number % LEFT_EVERY and asset.unit.code in SERVICES:
            for name, value in said(asset, number, lists).items():
                setattr(asset, name, value)
            asset.save()
    places = {each.code: each for each in Location.objects.all()}
    for reference, (code, boxes) in BOXES.items():
        kept = Asset.objects.get(reference=reference)
        Keeping.objects.create(asset=kept, location=places[code], boxes=boxes)


def said(asset: Asset, number: int, lists: Lists) -> dict[str, Any]:
    """What is said of one asset."""
    function, system, ratings = SERVICES[asset.unit.code]
    personal = bool(asset.contains_personal_data)
    sensitive = personal and asset.unit.code in SENSITIVE
    rated = dict(zip(WHY, ratings, strict=True))
    return {
        "purpose": PURPOSES.get(asset.reference, ""),
        "function": lists.functions[function],
        "system": None if asset.form == Asset.Form.PAPER else lists.systems[system],
        "users": f"{asset.unit.name}, all teams",
        "is_key": asset.reference in KEY,
        "special_category": sensitive,
        "vulnerable_people": sensitive,
        "data_subjects": "Clients of the service and their families" if personal else "",
        "volume": lists.volumes[number % len(lists.volumes)],
        "marking": lists.markings["official-sensitive-personal" if personal else "official"],
        "access_rule": "Staff of the service by role; access reviewed each quarter" if number % 3 else "",
        **{name: lists.levels[level] for name, level in rated.items()},
        **{f"{name}_reason": WHY[name] for name in rated},
    }
