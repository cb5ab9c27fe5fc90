"""Samples: answers "nothing has changed" drawn by lot, so that anybody can draw the same again."""

from __future__ import annotations

import random
import secrets
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from assets.models import Attestation, Sample, SampledAnswer
from assets.permissions.register import KEEPERS
from governance.core.dates import today

if TYPE_CHECKING:
    from governance.people.models import User


class NothingToDrawError(Exception):
    """No owner said in that time that nothing has changed."""


def population(from_on: date, until_on: date) -> list[int]:
    """The keys of the answers that a sample is drawn from, in their order."""
    found = Attestation.objects.between(from_on, until_on).filter(
        outcome=Attestation.Outcome.UNCHANGED, corrected_by=None
    )
    return list(found.order_by("pk").values_list("pk", flat=True))


def drawn(keys: list[int], seed: int, size: int) -> list[int]:
    """The keys drawn, in the order drawn: the same for the same seed."""
    return random.Random(seed).sample(keys, min(size, len(keys)))  # noqa: S311 - to be repeated, not secret


def draw(*, from_on: date, until_on: date, size: int, by: User, seed: int | None = None) -> Sample:
    """Draw a sample. Raises NothingToDrawError."""
    keys = population(from_on, until_on)
    if not keys:
        raise NothingToDrawError
    seed = secrets.randbits(32) if seed is None else seed
    found = drawn(keys, seed, size)
    with transaction.atomic():
        sample = Sample.objects.create(
            from_on=from_on,
            until_on=until_on,
            seed=seed,
            size=len(found),
            population=len(keys),
            drawn_by=by,
            drawn_as=by.title_for(None, *KEEPERS),
        )
        for place, key in enumerate(found, start=1):
            sample.answers.create(attestation_id=key, position=place)
    return sample


def check(drawn_answer: SampledAnswer, *, by: User) -> SampledAnswer:
    """Sign and date what was found, as the form has put it into the answer."""
    drawn_answer.checked_on, drawn_answer.checked_by = today(), by
    drawn_answer.checked_as = by.title_for(None, *KEEPERS)
    drawn_answer.save()
    return drawn_answer
