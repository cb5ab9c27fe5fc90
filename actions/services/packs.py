"""Signing an evidence pack off, with all that it holds; returning it, and putting it forward again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from actions.figures import packs as figures
from actions.models import EvidencePack, PackSignature, PackStep
from actions.permissions.plans import KEEPERS
from actions.representations.packs import Content, content_with
from governance.core.dates import LONDON
from governance.core.steps import StepError
from governance.figures.moment import Moment
from governance.people.models import Role

if TYPE_CHECKING:
    from governance.history.models import Redaction
    from governance.people.models import User

CHANGED = "What the pack holds changed while you looked at it. Look at it again, then sign"
SIGNED = "The pack is signed off as it is already"
RETURNED = "The pack was returned. It is signed once it is put forward again"
RETURNED_ALREADY = "The pack was returned already"
NOT_RETURNED = "The pack was not returned, or has been put forward again already"


def content_of(pack: EvidencePack) -> Content:
    """What the pack holds as at its day, by all that is known now; a constant number of queries."""
    moment = Moment.of(pack.as_at)
    return content_with(figures.counts(pack.follow_up.audit, moment), pack, moment)


@dataclass(frozen=True)
class Standing:
    """Which content of a pack is shown, as known at which moment, and how it stands to what was signed."""

    pack: EvidencePack
    signature: PackSignature | None  # the latest
    step: PackStep | None
    now: Content
    shown: Content
    moment: Moment
    read: PackSignature | None = None  # whose content is shown
    removals: Sequence[Redaction] = ()  # by authority, from that

    @classmethod
    def of(cls, pack: EvidencePack, signature: PackSignature | None) -> Standing:
        """What that signature signed; without one, or where that was not kept, what the pack holds now."""
        found = content_of(pack)
        facts: dict[str, Any] = {
            "pack": pack,
            "signature": pack.last_signature(),
            "step": pack.last_step(),
            "now": found,
        }
        if signature is None or not signature.content:
            return cls(**facts, shown=found, moment=Moment.of(pack.as_at))
        known_at = signature.signed_at.astimezone(LONDON).date()
        facts |= {"read": signature, "removals": list(signature.removals())}
        return cls(**facts, shown=Content.of(signature.content), moment=Moment.of(pack.as_at, known_at))

    @property
    def is_as_signed(self) -> bool:
        """Is what is shown what was signed last, but for what was removed from it by authority?"""
        last = self.signature
        return last is not None and (last == self.read or last.digest == self.shown.digest)

    @property
    def has_changed(self) -> bool:
        """Does the register say something else by now than what was signed last, if that was kept?"""
        last = self.signature
        return last is not None and bool(last.content) and last.digest != self.now.digest

    @property
    def is_returned(self) -> bool:
        """Does it wait for those who make packs?"""
        return self.step is not None and self.step.kind == PackStep.Kind.RETURNED

    @property
    def waits(self) -> bool:
        """Does it wait to be signed as it is now?"""
        return not self.is_returned and not _stands_signed(self.now.digest, self.signature, self.step)


@transaction.atomic
def sign(pack: EvidencePack, seen: str, note: str, *, by: User) -> PackSignature:
    """Sign off what the person saw, by its digest, and keep it. Raises StepError where it holds something
    else now, is signed as it is already, or was returned."""
    _held(pack)
    content, last, step = content_of(pack), pack.last_signature(), pack.last_step()
    if step and step.kind == PackStep.Kind.RETURNED:
        raise StepError(RETURNED)
    if content.digest != seen:
        raise StepError(CHANGED)
    if _stands_signed(seen, last, step):
        raise StepError(SIGNED)
    said = {"digest": seen, "content": content.text, "note": note}
    said["signed_as"] = by.title_for(None, Role.SIRO)
    signed: PackSignature = pack.signatures.create(**said, signed_by=by)
    return signed


@transaction.atomic
def send_back(pack: EvidencePack, reason: str, *, by: User) -> PackStep:
    """Return it to those who make packs. Raises StepError where it was returned already."""
    if _is_returned(pack):
        raise StepError(RETURNED_ALREADY)
    return _step(pack, PackStep.Kind.RETURNED, reason, by, Role.SIRO)


@transaction.atomic
def put_forward(pack: EvidencePack, reason: str, *, by: User) -> PackStep:
    """Put it forward again, saying what was done. Raises StepError where it was not returned."""
    if not _is_returned(pack):
        raise StepError(NOT_RETURNED)
    return _step(pack, PackStep.Kind.PUT_FORWARD, reason, by, *KEEPERS)


def _stands_signed(digest: str, last: PackSignature | None, step: PackStep | None) -> bool:
    """Is that signed, with nothing returned since?"""
    return last is not None and last.digest == digest and not (step and step.taken_at >= last.signed_at)


def _held(pack: EvidencePack) -> None:
    """One at a time with a pack."""
    EvidencePack.objects.select_for_update().get(pk=pack.pk)


def _is_returned(pack: EvidencePack) -> bool:
    _held(pack)
    step = pack.last_step()
    return step is not None and step.kind == PackStep.Kind.RETURNED


def _step(pack: EvidencePack, kind: str, reason: str, by: User, *roles: Role) -> PackStep:
    said = {"kind": kind, "reason": reason}
    taken: PackStep = pack.steps.create(**said, taken_by=by, taken_as=by.title_for(None, *roles))
    return taken
