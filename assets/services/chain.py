"""The signatures under the position: owners first, then directors, then the SIRO."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction

from assets.figures.attestation import Confirmations, tally
from assets.models import PositionStatement
from assets.services.position import Position, below, summed
from assets.services.signing import Signing, holds_anything
from governance.core.dates import long_date
from governance.figures.moment import Scope
from governance.people.models import OrganisationalUnit, Post, Role, RoleAssignment

if TYPE_CHECKING:
    from governance.people.models import User

Level = PositionStatement.Level


class OutOfOrderError(Exception):
    """Somebody below has not signed, and nothing was said why this level signs first. `waiting`: who."""

    def __init__(self, waiting: list[str]) -> None:
        super().__init__(", ".join(waiting))
        self.waiting = waiting


class NothingHeldError(Exception):
    """Nothing was on the register then of what is to be signed for."""


class SignedAlreadyError(Exception):
    """Something else was signed there already, and stays. `given`: that."""

    def __init__(self, given: PositionStatement) -> None:
        super().__init__(given.signed_as)
        self.given = given


def tally_of(position: Position, signing: Signing) -> Confirmations:
    """The figures that a signature stands under."""
    if signing.level == Level.OWNER:
        return position.by_owner.get(signing.post_id, Confirmations())
    if signing.unit is None:
        return position.whole
    return summed(below(signing.unit, position.children), position.by_unit)


def waiting_below(position: Position, signing: Signing) -> list[str]:
    """The posts below this level that have not signed: owners of a director's part; for the SIRO directors
    of parts that held anything, and owners in parts that have no director. None for an owner."""
    if signing.level == Level.OWNER:
        return []
    if signing.level == Level.DIRECTOR:
        return owners_unsigned(position, codes_of(position, signing.unit))
    directors = list(directors_of(position))
    led = {code for _, codes in directors for code in codes}
    signed = {(each.post_id, each.unit_id) for each in position.statements if each.level == Level.DIRECTOR}
    late = [given.post.title for given, _ in directors if (given.post_id, given.unit_id) not in signed]
    return late + owners_unsigned(position, tuple(set(position.by_unit) - led))


def directors_of(position: Position) -> Iterator[tuple[RoleAssignment, tuple[str, ...]]]:
    """Who was director when the year closed, of a part that held anything, with the codes of its units."""
    given = RoleAssignment.objects.filter(role=Role.DIRECTOR_APPROVER).in_force(position.closes_on)
    for each in given.select_related("post", "unit").order_by("post__title"):
        codes = codes_of(position, each.unit)
        if summed(codes, position.by_unit).total:
            yield each, codes


def codes_of(position: Position, unit: OrganisationalUnit | None) -> tuple[str, ...]:
    """The codes of a part of the council; of all that held anything without one."""
    return below(unit, position.children) if unit else tuple(position.by_unit)


def owners_unsigned(position: Position, codes: tuple[str, ...]) -> list[str]:
    """Posts that owned an asset of these units when the year closed and have not signed, by title."""
    if not codes:
        return []
    owners = set(tally(position.moment, Scope(units=codes), "owner"))
    signed = {each.post_id for each in position.statements if each.level == Level.OWNER}
    titles = Post.objects.filter(pk__in=owners - signed).order_by("title")
    return list(titles.values_list("title", flat=True))


def sign(position: Position, signing: Signing, *, words: str, by: User, ahead: str = "") -> PositionStatement:
    """Sign the position of a closed year; the same sent twice is one.

    Raises OutOfOrderError where those below have not signed and `ahead` does not say why it is signed
    before they have; said, it is kept with their posts. Raises SignedAlreadyError where another statement
    stands there, or somebody else in the post has signed: nothing is put in its place. Raises
    NothingHeldError where nothing had been recorded by then.
    """
    if not holds_anything(position, signing):
        raise NothingHeldError
    waiting = waiting_below(position, signing)
    if waiting and not ahead:
        raise OutOfOrderError(waiting)
    with transaction.atomic():
        statement, is_new = PositionStatement.objects.get_or_create(
            as_at=position.closes_on,
            level=signing.level,
            post_id=signing.post_id,
            unit=signing.unit,
            defaults={
                "words": words,
                "figures": tally_of(position, signing)._asdict(),
                "ahead": ahead if waiting else "",
                "without": waiting,
                "signed_by": by,
                "signed_as": signing.post_title,
            },
        )
    if not is_new and (statement.words, statement.signed_by_id) != (words, by.pk):
        raise SignedAlreadyError(statement)
    return statement


def draft_words(position: Position) -> str:
    """The statement proposed: what is confirmed, as a sentence."""
    return (
        f"As at {long_date(position.closes_on)} I have considered what is confirmed and what is not, and I "
        "am satisfied that what is outstanding is being put right."
    )
