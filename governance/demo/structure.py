"""The council itself: units, posts, people, who holds what; and the registers of assets and risks."""

from __future__ import annotations

from assets.models import Asset
from governance.demo.brought import Brought
from governance.demo.plans import known_since
from governance.demo.shape import Row
from governance.people.models import OrganisationalUnit, Post, PostHolding, RoleAssignment, User
from risks.models import Risk


def bring_in_structure(brought: Brought) -> None:
    """Units, posts, people, then what ties them together."""
    for row in _parents_first(brought.files["units.csv"]):
        with brought.of(row):
            _unit(brought, row)
    brought.each("posts.csv", _post)
    brought.each("people.csv", _person)
    brought.each("holdings.csv", _holding)
    brought.each("roles.csv", _role)


def bring_in_registers(brought: Brought) -> None:
    """Assets, then the risks that may point at them."""
    brought.each("assets.csv", _asset)
    brought.each("risks.csv", _risk)


def _parents_first(rows: list[Row]) -> list[Row]:
    """Units in an order in which each comes after the one above it (the checks have ruled out a circle)."""
    parents = {row["code"]: row["parent"] for row in rows}

    def depth(code: str | None) -> int:
        return 1 + depth(parents[code]) if code else 0

    return sorted(rows, key=lambda row: depth(row["code"]))


def _unit(brought: Brought, row: Row) -> None:
    brought.units[row["code"]] = OrganisationalUnit.objects.create(
        code=row["code"],
        name=row["name"],
        parent=brought.units[row["parent"]] if row["parent"] else None,
        from_on=row["from"],
        until_on=row["until"],
    )


def _post(brought: Brought, row: Row) -> None:
    unit = brought.units[row["unit"]]
    brought.posts[row["code"]] = Post.objects.create(code=row["code"], title=row["title"], unit=unit)


def _person(brought: Brought, row: Row) -> None:
    brought.people[row["email"]] = User.objects.create_user(row["email"], row["display_name"])


def _holding(brought: Brought, row: Row) -> None:
    PostHolding.objects.create(
        post=brought.posts[row["post"]],
        person=brought.people[row["person"]],
        kind=row["kind"],
        from_on=row["from"],
        until_on=row["until"],
        **known_since(brought, row, "Structure of the council"),
    )


def _role(brought: Brought, row: Row) -> None:
    RoleAssignment.objects.create(
        role=row["role"],
        post=brought.posts[row["post"]],
        unit=brought.units[row["unit"]] if row["unit"] else None,
        from_on=row["from"],
        until_on=row["until"],
    )


def _asset(brought: Brought, row: Row) -> None:
    brought.assets[row["reference"]] = Asset.objects.create(
        reference=row["reference"],
        title=row["title"],
        description=row["description"],
        owner=brought.posts[row["owner_post"]],
        unit=brought.units[row["unit"]],
        form=row["form"],
        contains_personal_data=row["contains_personal_data"],
    )


def _risk(brought: Brought, row: Row) -> None:
    Risk.objects.create(
        reference=row["reference"],
        title=row["title"],
        cause=row["cause"],
        event=row["event"],
        consequence=row["consequence"],
        owner=brought.posts[row["owner_post"]],
        unit=brought.units[row["unit"]],
        asset=brought.assets[row["asset"]] if row["asset"] else None,
    )
