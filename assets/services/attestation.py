"""Confirming an asset: once for each version and day, however often it is sent."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import transaction

from assets.figures.attestation import standing
from assets.models import Asset, Attestation, AttestationAnswer, AttestationQuestion
from governance.core.dates import today
from governance.figures.moment import Moment, Scope
from governance.history.timeline import compare, label_of

if TYPE_CHECKING:
    from governance.people.models import User

NOT_RECORDED = "Changes that the history no longer shows"


class MovedOnError(Exception):
    """The asset is no longer the version that was shown."""


class NotToBeConfirmedError(Exception):
    """The asset is not on the register in a state in which it is confirmed."""


def confirm(
    asset: Asset, *, seen: int | None, by: User, doubts: Collection[int] = (), note: str = ""
) -> Attestation:
    """The owner's word, on today's date, for the version that was seen. Sent again, it counts once.

    `doubts` are the questions (by key) whose statement the owner could not make. Raises MovedOnError where
    the asset has changed since, NotToBeConfirmedError where nobody is asked about it.
    """
    with transaction.atomic():
        locked = Asset.objects.select_for_update(of=("self",)).get(pk=asset.pk)
        version = locked.standing_version()
        if version != seen or version is None:
            raise MovedOnError
        given = Attestation.objects.filter(asset=locked, version=version, effective_on=today()).first()
        return given or record(locked, version, by, doubts, note)


def record(asset: Asset, version: int, by: User, doubts: Collection[int], note: str) -> Attestation:
    """Append the confirmation and its answers."""
    shown = standing(Moment.now(), Scope()).filter(id=asset.pk).first()
    if shown is None:
        raise NotToBeConfirmedError
    changed = since_confirmed(asset, version)
    given = Attestation.objects.create(
        asset=asset,
        version=version,
        outcome=Attestation.Outcome.CHANGED if changed else Attestation.Outcome.UNCHANGED,
        what_changed=", ".join(changed),
        note=note,
        effective_on=today(),
        due_on=shown.confirm_by,
        post_id=post_of(by, asset),
        recorded_by=by,
        recorded_as=by.held_posts[post_of(by, asset)],
    )
    AttestationAnswer.objects.bulk_create(
        AttestationAnswer(
            attestation=given,
            question=question,
            statement=question.explanation,
            holds=question.pk not in doubts,
        )
        for question in AttestationQuestion.objects.offered()
    )
    return given


def post_of(person: User, asset: Asset) -> int:
    """The post in which a person confirms: the one that owns the asset, else the first they hold."""
    held = person.posts()
    return asset.owner_id if asset.owner_id in held else held[0]


def since_confirmed(asset: Asset, version: int) -> list[str]:
    """The fields that differ from the version confirmed before, by their names; none if there was none."""
    last = Attestation.objects.standing(Moment.now()).filter(asset=asset).first()
    if last is None or last.version == version:
        return []
    kept: dict[int, Any] = Asset.history.in_bulk([last.version, version])
    if len(kept) < 2:
        return [NOT_RECORDED]
    return [label_of(Asset._meta.get_field(name)) for name in compare(kept[last.version], kept[version])]
