"""Asset registers of any size, for measuring: varied as a council's is, so that every filter finds something.

Nothing is left to chance: the same size makes the same register.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from assets.models import Asset, Exemption, Function, Marking, RetentionRule, VolumeBand
from governance.core.dates import today
from governance.people.models import OrganisationalUnit, Post, PostHolding, User

UNITS, POSTS, RULES = 40, 120, 30
BATCH = 1_000
VACANT_ONE_IN = 9  # of the posts made here, how many nobody is in

WHO = (
    "Adoption", "Fostering", "Social care", "Housing benefit", "Council tax", "Business rates", "Electoral",
    "Planning application", "Building control", "Highways", "Street lighting", "Parking permit", "School",
    "Library", "Museum", "Pension", "Payroll", "Recruitment", "Procurement", "Contract", "Licensing",
    "Trading", "Environmental health", "Noise complaint", "Waste collection", "Cemetery", "Registration",
    "Coroner", "Youth justice", "Safeguarding", "Occupational therapy", "Blue badge", "Homelessness",
    "Tenancy", "Grant", "Insurance claim", "Freedom of information", "Complaint", "Member", "Committee",
)  # fmt: skip
WHAT = (
    "records", "case files", "register", "applications", "correspondence", "assessments", "inspections",
    "agreements", "invoices", "photographs", "minutes", "survey returns", "enquiries", "certificates",
    "plans", "statistics", "training records", "appeals", "referrals", "archive",
)  # fmt: skip
WHERE = (
    "North", "South", "East", "West", "Central", "Riverside", "Hillside", "Old town", "Harbour", "Market",
    "Station", "Castle", "Abbey", "Park", "Mill", "Bridge", "Quarry", "Meadow", "Orchard", "Common",
)  # fmt: skip
STATES = (*["live"] * 84, *["under_review"] * 6, *["to_be_disposed"] * 3, *["draft"] * 3, *["disposed"] * 2,
          "transferred", "withdrawn")  # fmt: skip
PUBLISH = ("undecided", "undecided", "publish", "withhold", "part")
REASON = "Rated by the service"


def make_assets(number: int, first: int) -> list[Asset]:
    """So many assets, with references from IA-`first` on, among the units, posts and rules there are made."""
    choices = _choices()
    assets = (Asset(**_asset(n, first + n, choices)) for n in range(number))
    made: list[Asset] = []
    while batch := list(islice(assets, BATCH)):
        made += Asset.objects.bulk_create(batch)
    return made


def _asset(n: int, place: int, choices: dict[str, list[Any]]) -> dict[str, Any]:
    """The fields of the n-th asset."""
    owner: Post = _one(choices["posts"], n)
    personal = (True, True, False, None)[n % 4]
    return {
        "reference": f"IA-{place:04}",
        "title": title(n),
        "description": f"{WHO[n % len(WHO)]} {WHAT[n // 7 % len(WHAT)]} kept by the {owner.title.lower()}.",
        "purpose": "Version 1",
        "form": Asset.Form.values[n // 3 % 4],
        "state": STATES[n * 37 % len(STATES)],
        "owner": owner,
        "unit_id": owner.unit_id,
        "function": _one(choices["functions"], n // 2),
        "volume": _one(choices["volumes"], n),
        "is_key": n % 20 == 0,
        "contains_personal_data": personal,
        "special_category": bool(personal) and n % 3 == 0,
        "marking": _one([*choices["markings"], None], n // 5),
        "retention_rule": _one([*choices["rules"], None, None, None], n // 4),
        **_ratings(n),
        **_openness(n, choices["exemptions"]),
    }


def title(n: int) -> str:
    """A title of real words; the place and the year tell the many of one kind apart."""
    kind = f"{WHO[n % len(WHO)]} {WHAT[n // len(WHO) % len(WHAT)]}"
    place, year = WHERE[n // 800 % len(WHERE)], 1974 + n // 16_000 % 50
    return f"{kind}, {place} {year}" if n >= len(WHO) * len(WHAT) else kind


def _ratings(n: int) -> dict[str, Any]:
    """Confidentiality, integrity and availability, each with its reason; one in ten is not rated."""
    if n % 10 == 9:
        return {}
    levels = {"confidentiality": 1 + n % 4, "integrity": 1 + n // 4 % 4, "availability": 1 + n // 16 % 4}
    return {f"{name}_id": level for name, level in levels.items()} | {
        f"{name}_reason": REASON for name in levels
    }


def _openness(n: int, exemptions: list[Exemption]) -> dict[str, Any]:
    publish = PUBLISH[n // 2 % len(PUBLISH)]
    why = {"publish_reason": "Names people", "exemption": _one(exemptions, n)}
    return {"publish": publish} | (why if publish in ("withhold", "part") else {})


def _one(choices: list[Any], n: int) -> Any:
    return choices[n % len(choices)]


def _choices() -> dict[str, list[Any]]:
    """What the assets choose from: what there is, filled up with what is made here."""
    return {
        "posts": _posts(),
        "functions": list(Function.objects.offered()),
        "volumes": list(VolumeBand.objects.offered()),
        "markings": list(Marking.objects.offered()),
        "exemptions": list(Exemption.objects.offered()),
        "rules": _rules(),
    }


def _posts() -> list[Post]:
    """At least POSTS posts in UNITS units; most of those made here are held by one person."""
    have = list(Post.objects.order_by("pk"))
    if len(have) >= POSTS:
        return have
    units = [_unit(n) for n in range(UNITS)]
    made = Post.objects.bulk_create(
        Post(code=f"measuring-{n}", title=f"Head of {WHAT[n % len(WHAT)]} {n}", unit=units[n % UNITS])
        for n in range(len(have), POSTS)
    )
    keeper = User.objects.filter(email="measuring@measuring.example").first() or User.objects.create_user(
        "measuring@measuring.example", "Measuring"
    )
    PostHolding.objects.bulk_create(
        PostHolding(post=post, person=keeper, from_on=today())
        for n, post in enumerate(made)
        if n % VACANT_ONE_IN
    )
    return have + made


def _unit(n: int) -> OrganisationalUnit:
    name = f"{WHO[n % len(WHO)]} service"
    found, _ = OrganisationalUnit.objects.get_or_create(
        code=f"measuring-{n}", defaults={"name": name, "from_on": today()}
    )
    return found


def _rules() -> list[RetentionRule]:
    have = list(RetentionRule.objects.offered())
    return have + RetentionRule.objects.bulk_create(_new_rules(len(have)))


def _new_rules(have: int) -> Iterator[RetentionRule]:
    for n in range(have, RULES):
        yield RetentionRule(
            code=f"measuring-{n}",
            record_type=f"{WHO[n % len(WHO)]} {WHAT[n % len(WHAT)]}",
            words=f"{1 + n % 12} years after closure",
            trigger=RetentionRule.Trigger.CLOSURE,
            months=12 * (1 + n % 12),
            action=RetentionRule.Action.DESTROY,
            authority=RetentionRule.Authority.BUSINESS,
        )
