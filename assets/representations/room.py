"""The pages of the asset room, as the register's page leads to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from governance.core.addresses import address
from governance.core.components import Link

if TYPE_CHECKING:
    from governance.people.models import User


class Group(NamedTuple):
    """Some pages under a heading."""

    title: str
    links: list[Link]


# Heading; the words, the URL name with what it takes, and the permission beyond that of the register itself.
PAGES: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "Keep it right",
        (
            ("My assets", "assets:mine", "assets.view_mine"),
            ("Confirmations by owners", "assets:attestation", "assets.view_attestation"),
            ("Collection campaigns", "assets:campaigns", "assets.view_attestation"),
            ("Samples of confirmations", "assets:samples", "assets.view_samples"),
            ("Position as at 31 March", "assets:position", "assets.view_attestation"),
            ("Who was told what", "reminders:digests", "reminders.view_told"),
            ("Issues with data", "assets:quality", ""),
            ("Duplicates", "assets:duplicates", ""),
            ("Files brought in", "exchange:imports", "exchange.import"),
        ),
    ),
    (
        "Personal data",
        (
            ("Record of processing activities", "assets:activities", "assets.list_activities"),
            ("Data protection impact assessments", "assets:dpias", "assets.list_activities"),
            ("The council as controller", "people:controller", "people.view_directory"),
        ),
    ),
    (
        "Retention and disposal",
        (
            ("Due for disposal", "assets:due", ""),
            ("Kept too long", "assets:over_retained", ""),
            ("Disposals", "assets:disposals", ""),
            ("Holds", "assets:holds", ""),
            ("Retention schedule", "assets:schedule", ""),
        ),
    ),
    (
        "Sharing and openness",
        (
            ("Sharing agreements", "assets:sharing", "assets.list_sharing"),
            ("Partners", "assets:partners", "assets.list_sharing"),
            ("Contracts with processors", "assets:contracts", "assets.list_sharing"),
            ("Transparency register", "assets:transparency", "assets.list_openness"),
            ("The public register", "public:register", ""),
        ),
    ),
    (
        "What entries choose from",
        (
            ("Lists", "assets:lists", "assets.view_lists"),
            ("Systems", "assets:entries system", "assets.view_lists"),
            ("Places", "assets:entries location", "assets.view_lists"),
        ),
    ),
)


def room_of(person: User) -> list[Group]:
    """The pages that this person may open, under their headings; each permission is asked once."""
    asked = {permission for _, pages in PAGES for _, _, permission in pages if permission}
    given = {permission for permission in asked if person.has_perm(permission)} | {""}
    groups = [
        Group(
            title, [Link(text, address_of(name)) for text, name, permission in pages if permission in given]
        )
        for title, pages in PAGES
    ]
    return [group for group in groups if group.links]


def address_of(page: str) -> str:
    """The address of a page of PAGES."""
    name, *taken = page.split()
    return address(name, *taken)
