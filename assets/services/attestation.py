"""Confirming an asset: once for each version and day, however often it is sent."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import transaction

from assets.figures.attestation import standing
from assets.models import Asset, Attestation, AttestationAnswer, AttestationQuestion
from assets.models.attestation import DEPUTIES
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.history.timeline import compare, label_of

if TYPE_CHECKING:
    from datetime import date

    from governance.people.models import User

NOT_RECORDED = "Changes that the history no longer shows"


class MovedOnError(Exception):
    """The asset is no longer the version that was shown."""


class NotToBeConfirmedError(Exception):
    """The asset is not on the register in a state in which it is confirmed."""


def confirm(
    asset: Asset, *, seen: int | None, by: User, doubts: Collection[int] = (), note: str = ""
) -> Attestation:
    """The owner's word, on today's date, for the version that was seen. Sent again, it counts once; said
    otherwise on the same day, the later word takes the place of the earlier, which stays on record.

    `doubts` are the questions (by key) whose statement the owner could not make. Raises MovedOnError where
    the asset has changed since, NotToBeConfirmedError where nobody is asked about it.
    """
    with transaction.atomic():
        locked = Asset.objects.select_for_update(of=("self",)).get(pk=asset.pk)
        version = locked.standing_version()
        if version != seen or version is None:
            raise MovedOnError
        today_said = Attestation.objects.filter(asset=locked, version=version, effective_on=today())
        given = today_said.filter(corrected_by=None, void=False).first()
        if given and says(given, doubts, note):
            return given
        return record(locked, version, by, doubts, note, given)


def says(given: Attestation, doubts: Collection[int], note: str) -> bool:
    """Is that what was said already?"""
    in_doubt = given.answers.filter(holds=False).values_list("question_id", flat=True)
    return set(in_doubt) == set(doubts) and given.note == note


def record(
    asset: Asset,
    version: int,
    by: User,
    doubts: Collection[int],
    note: str,
    instead_of: Attestation | None = None,
) -> Attestation:
    """Append the confirmation and its answers."""
    shown = standing(Moment.now(), Scope()).filter(id=asset.pk).first()
    if shown is None:
        raise NotToBeConfirmedError
    post = post_of(by, asset)
    given = Attestation.objects.create(
        asset=asset,
        version=version,
        **found_out(asset, version, shown.confirm_by, instead_of),
        note=note,
        effective_on=today(),
        corrects=instead_of,
        post_id=post,
        recorded_by=by,
        recorded_as=by.held_posts[post],
    )
    answer(given, doubts)
    return given


def found_out(asset: Asset, version: int, due_on: date, earlier: Attestation | None) -> dict[str, Any]:
    """What the register itself says of a confirmation: since when it was due, and what had changed. What
    takes the place of an earlier word says of that what the earlier one said."""
    if earlier:
        return {name: getattr(earlier, name) for name in ("outcome", "what_changed", "due_on")}
    changed = since_confirmed(asset, version)
    outcome = Attestation.Outcome.CHANGED if changed else Attestation.Outcome.UNCHANGED
    return {"outcome": outcome, "what_changed": ", ".join(changed), "due_on": due_on}


def answer(given: Attestation, doubts: Collection[int]) -> None:
    """Append the answers of a confirmation, in the words shown."""
    AttestationAnswer.objects.bulk_create(
        AttestationAnswer(
            attestation=given,
            question=question,
            statement=question.explanation,
            holds=question.pk not in doubts,
        )
        for question in AttestationQuestion.objects.offered()
    )


def post_of(person: User, asset: Asset) -> int:
    """The post in which a person confirms: the one that owns the asset, else the one that is its deputy."""
    if person.occupies(asset.owner_id):
        return asset.owner_id
    return person.post_for(asset.unit_id, *DEPUTIES)


def since_confirmed(asset: Asset, version: int) -> list[str]:
    """The fields that differ from the version confirmed before, by their names; none if there was none."""
    last = Attestation.objects.standing(Moment.now()).filter(asset=asset).first()
    if last is None or last.version == version:
        return []
    kept: dict[int, Any] = Asset.history.in_bulk([last.version, version])
    if len(kept) < 2:
        return [NOT_RECORDED]
    return [label_of(Asset._meta.get_field(name)) for name in compare(kept[last.version], kept[version])]
