"""Disposal step by step: proposed, decided by two people, carried out with a certificate."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from assets.models import HELD, Asset, Disposal, DisposalMethod, Hold
from assets.models.disposal import fingerprint
from assets.models.numbering import next_reference
from assets.models.states import steps_from
from governance.core.dates import today
from governance.core.steps import StepError
from governance.history.trail import because
from governance.people.models import Role

if TYPE_CHECKING:
    from governance.people.models import User

OWNER, MANAGER = "owner", "manager"


class DisposalError(StepError):
    """A step that cannot be taken; the text says why, as a sentence for a page."""


class HeldError(DisposalError):
    """A hold is in the way."""


class MovedOnError(DisposalError):
    """Somebody else was faster: the disposal stands otherwise than the person saw."""


@transaction.atomic
def propose(
    asset: Asset,
    *,
    outcome: str,
    reason: str,
    by: User,
    on: date,
    part: str = "",
    keep_until: date | None = None,
) -> Disposal:
    """A proposal that waits for the owner and the records manager. Raises DisposalError."""
    asset = _locked(asset, outcome)
    _on_the_register(asset)
    if found := asset.disposals.open().filter(part=part).first():
        raise MovedOnError(f"{found.reference} is open for the same already. Decide on that one first")
    with because(reason):
        return Disposal.objects.create(
            reference=next_reference(Disposal, "DI"),
            asset=asset,
            outcome=outcome,
            part=part,
            keep_until=keep_until,
            reason=reason,
            proposed_by=by,
            proposed_on=on,
        )


@transaction.atomic
def agree(disposal: Disposal, *, as_: str, by: User, on: date) -> Disposal:
    """One of the two agrees, for the owner or as records manager; when both have, it goes on.

    Raises HeldError, or MovedOnError where it was decided meanwhile or one person would be both.
    """
    found = _standing(disposal, Disposal.Stage.PROPOSED)
    _on_the_register(found.asset)
    other = OWNER if as_ == MANAGER else MANAGER
    if getattr(found, f"{as_}_agreed_by_id") is not None:
        raise MovedOnError(f"{found.reference} has been agreed to on this side already")
    if getattr(found, f"{other}_agreed_by_id") == by.pk:
        raise MovedOnError("You have agreed on the other side. A second person has to decide on this one")
    for name, value in {"by": by, "on": on, "as": title_on(as_, by, found.asset)}.items():
        setattr(found, f"{as_}_agreed_{name}", value)
    if found.owner_agreed_by_id and found.manager_agreed_by_id:
        found.stage = Disposal.Stage.KEPT if found.outcome == "keep" else Disposal.Stage.AGREED
    with because(f"{found.reference} agreed {'for the owner' if as_ == OWNER else 'by the records manager'}"):
        found.save()
        if found.stage == Disposal.Stage.AGREED and found.is_of_the_whole:
            _move(found.asset, Asset.State.TO_BE_DISPOSED)
    return found


def title_on(side: str, person: User, asset: Asset) -> str:
    """The title of the post in which a person agrees on a side: the owner's own, or the records manager's."""
    if side == OWNER and asset.owner_id in person.held_posts:
        return person.held_posts[asset.owner_id]
    return person.title_for(asset.unit_id, Role.RECORDS_MANAGER)


@transaction.atomic
def refuse(disposal: Disposal, *, by: User, on: date, reason: str) -> Disposal:
    """One of the two says no, before it is carried out; a hold does not stand in the way of that."""
    found = _standing(disposal, *Disposal.OPEN, held_or_not=True)
    was_agreed = found.stage == Disposal.Stage.AGREED
    found.stage, found.refused_by, found.refused_on, found.refusal = Disposal.Stage.REFUSED, by, on, reason
    with because(reason):
        found.save()
        if was_agreed and found.is_of_the_whole and found.asset.state == Asset.State.TO_BE_DISPOSED:
            _move(found.asset, _state_before(found.asset))
    return found


@transaction.atomic
def carry_out(
    disposal: Disposal,
    *,
    what: str,
    volume: str,
    on: date,
    method: DisposalMethod,
    carried_out_by: str,
    by: User,
) -> Disposal:
    """Record that it was done: the certificate is issued, and a whole asset is disposed of or transferred.

    Raises HeldError, or MovedOnError where somebody was faster.
    """
    found = _standing(disposal, Disposal.Stage.AGREED)
    _on_the_register(found.asset)
    found.stage, found.recorded_by = Disposal.Stage.CARRIED_OUT, by
    found.what, found.volume, found.method, found.carried_out_on = what, volume, method, on
    found.carried_out_by = carried_out_by
    found.certificate = certificate(found)
    found.fingerprint = fingerprint(found.certificate)
    with because(f"Certificate {found.certificate_number}"):
        found.save()
        if found.is_of_the_whole:
            destroyed = found.outcome == Disposal.Outcome.DESTROY
            _move(found.asset, Asset.State.DISPOSED if destroyed else Asset.State.TRANSFERRED)
            _end_others(found, by)
    return found


def _end_others(done: Disposal, by: User) -> None:
    """Of an asset that is gone as a whole no part is left to decide on or to dispose of."""
    others = done.asset.disposals.open().exclude(pk=done.pk).select_for_update(of=("self",))
    for other in others:
        other.stage, other.refused_by, other.refused_on = Disposal.Stage.REFUSED, by, today()
        other.refusal = f"The whole is gone: certificate {done.certificate_number}"
        other.save()


def certificate(disposal: Disposal) -> dict[str, Any]:
    """What a certificate says, as plain data, with posts and never names. It is stored and never changes."""
    asset, rule = disposal.asset, disposal.asset.retention_rule
    assert disposal.method
    return {
        "number": disposal.certificate_number,
        "council": settings.COUNCIL_NAME,
        "asset": asset.reference,
        "title": asset.title,
        "part": disposal.part,
        "outcome": disposal.get_outcome_display(),
        "reason": disposal.reason,
        "rule": f"{rule.code} {rule.record_type}: {rule.words}" if rule else "",
        "what": disposal.what,
        "volume": disposal.volume,
        "method": disposal.method.name,
        "carried_out_by": disposal.carried_out_by,
        "carried_out_on": _iso(disposal.carried_out_on),
        "owner": disposal.owner_agreed_as,
        "owner_agreed_on": _iso(disposal.owner_agreed_on),
        "records_manager": disposal.manager_agreed_as,
        "records_manager_agreed_on": _iso(disposal.manager_agreed_on),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _move(asset: Asset, state: Asset.State) -> None:
    """The asset's own state follows, by a step that the register knows. Raises MovedOnError."""
    if state not in (asset.state, *steps_from(asset.state)):
        standing = asset.get_state_display().lower()
        raise MovedOnError(f"{asset.reference} is {standing} now, so it cannot become {state.label.lower()}")
    asset.state = state
    asset.save(update_fields=["state"])


def _on_the_register(asset: Asset) -> None:
    """Raises MovedOnError where there is nothing to dispose of: a draft, or an entry that is over."""
    if asset.state not in HELD:
        standing = asset.get_state_display().lower()
        raise MovedOnError(
            f"{asset.reference} is {standing}, and only what is on the register is disposed of"
        )


def _state_before(asset: Asset) -> Asset.State:
    """Where the entry stood before it was to be disposed of; live, where it has been nothing else."""
    versions = Asset.history.filter(id=asset.pk).exclude(state=Asset.State.TO_BE_DISPOSED)
    before = versions.order_by("-history_id").values_list("state", flat=True).first()
    return Asset.State.UNDER_REVIEW if before == Asset.State.UNDER_REVIEW else Asset.State.LIVE


def _standing(disposal: Disposal, *stages: str, held_or_not: bool = False) -> Disposal:
    """The disposal as it stands, locked with its asset. Raises MovedOnError unless it is at such a stage."""
    asset = _locked(disposal.asset, "keep" if held_or_not else disposal.outcome)
    found = Disposal.objects.select_for_update(of=("self",)).get(pk=disposal.pk)
    if found.stage not in stages:
        raise MovedOnError(f"{found.reference} stands otherwise now: {found.get_stage_display().lower()}")
    found.asset = asset
    return found


def _locked(asset: Asset, outcome: str) -> Asset:
    """The asset as it stands, locked. Raises HeldError, naming the holds, if it is to go and is held."""
    found = (
        Asset.objects.select_related("retention_rule", "owner")
        .select_for_update(no_key=True, of=("self",))
        .get(pk=asset.pk)
    )
    holds = Hold.objects.live().on(found) if outcome != Disposal.Outcome.KEEP else Hold.objects.none()
    if names := [str(hold) for hold in holds]:
        raise HeldError(
            f"{found.reference} is on hold ({'; '.join(names)}). Nothing of it may be disposed of"
        )
    return found
