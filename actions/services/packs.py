"""Signing an evidence pack off: by what it holds, so that a later change shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from actions.models import EvidencePack, PackSignature
from actions.representations.packs import content_of
from governance.core.steps import StepError

if TYPE_CHECKING:
    from governance.people.models import User

CHANGED = "What the pack holds changed while you looked at it. Look at it again, then sign"
SIGNED = "The pack is signed off as it is already"


def sign(pack: EvidencePack, seen: str, note: str, *, by: User) -> PackSignature:
    """Sign off what the person saw, by its digest. Raises StepError where it holds something else now, and
    where it is signed already."""
    if content_of(pack).digest != seen:
        raise StepError(CHANGED)
    try:
        with transaction.atomic():
            return PackSignature.objects.create(
                pack=pack, digest=seen, note=note, signed_by=by, signed_as=by.post_title
            )
    except IntegrityError:
        raise StepError(SIGNED) from None
