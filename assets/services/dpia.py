"""Screening, and a DPIA from its draft to its signing off. Nobody signs off what they wrote."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models.functions import Now

from assets.models import Advice, Dpia, DpiaAuthor, DpiaCriterion, GoAhead, ProcessingActivity, Screening
from assets.models import ScreeningCriterion as Link
from assets.models.numbering import next_reference
from assets.representations.dpia import unwritten, worst
from assets.representations.screening import Outcome, is_on, lacks_sign_off, outcome
from governance.core.dates import today
from governance.history.trail import because
from governance.people.models import Role

if TYPE_CHECKING:
    from governance.people.models import Post, User


class DpiaError(Exception):
    """What was asked does not fit the state of the DPIA; says why."""


def screen(
    activity: ProcessingActivity,
    criteria: Collection[DpiaCriterion],
    *,
    decision: str,
    reason: str,
) -> Outcome:
    """Record which criteria apply and what was decided; the data protection officer's latest advice on the
    activity is considered.

    Raises DpiaError where a required DPIA is declined without a reason, or without such advice given since
    these very criteria were saved: what was said of others was not said of them.
    """
    found = outcome(list(criteria))
    declined = decision == Screening.Decision.NONE
    if declined and not reason:
        raise DpiaError("Give the reason for not making a DPIA")
    facts = {"screened_on": today(), "is_required": found.is_required, "decision": decision}
    with transaction.atomic(), because(reason or found.words[:200]):
        ProcessingActivity.objects.for_change().get(pk=activity.pk)
        advice = activity.advice.of_the_dpo().filter(dpia=None).first()
        if declined and found.is_required and not is_on(advice, criteria):
            raise DpiaError(
                "A DPIA is required, and the data protection officer has not advised since these criteria "
                "were saved. Save them with the decision to make a DPIA, and ask for advice first"
            )
        facts |= {"reason": reason, "advice": advice}
        screening, _ = Screening.objects.update_or_create(activity=activity, defaults=facts)
        screening.criterion_links.exclude(criterion__in=criteria).delete()
        for criterion in criteria:
            Link.objects.get_or_create(screening=screening, criterion=criterion)
    return found


def advise(
    activity: ProcessingActivity, text: str, *, by: User, given_as: str = "", dpia: Dpia | None = None
) -> Advice:
    """Record advice, in the post that carries the role; it stands as it was given.

    Without `given_as` it is the data protection officer's if this person is that, else the Caldicott
    Guardian's.
    """
    role = Role(given_as) if given_as else Role.DPO if by.holds(Role.DPO) else Role.CALDICOTT_GUARDIAN
    return Advice.objects.create(
        activity=activity,
        dpia=dpia,
        text=text,
        given_by=by,
        given_as=role,
        given_by_post=by.title_for(None, role),
    )


def go_ahead(activity: ProcessingActivity, reason: str, *, by: User) -> GoAhead:
    """Decide, as senior information risk owner, that an activity may be live before its DPIA is signed off.

    Raises DpiaError where it needs no such decision, or where the activity is this person's own.
    """
    with transaction.atomic():
        locked = ProcessingActivity.objects.for_change().get(pk=activity.pk)
        if not by.has_perm("assets.go_ahead_without_dpia", locked):
            raise DpiaError("Nobody decides so on what they own, wrote or advised on: another SIRO may")
        if not lacks_sign_off(locked):
            raise DpiaError("It needs no decision: no DPIA is required, or the one required is signed off")
        return GoAhead.objects.create(
            activity=locked, reason=reason, decided_by=by, decided_by_post=by.title_for(None, Role.SIRO)
        )


def begin(activity: ProcessingActivity, *, by: User) -> Dpia:
    """A new draft, or the one under way. What was signed off before counts until this one is."""
    with transaction.atomic(), because("A DPIA was begun"):
        ProcessingActivity.objects.for_change().get(pk=activity.pk)
        under_way: Dpia | None = activity.dpias.filter(state__in=["draft", "with_dpo"]).first()
        if under_way:
            return under_way
        dpia = Dpia.objects.create(
            reference=next_reference(Dpia, "DPIA"),
            title=f"DPIA: {activity.title}"[:300],
            activity=activity,
            begun_by=by,
            purposes=activity.purposes,
        )
        DpiaAuthor.objects.create(dpia=dpia, person=by)
    return dpia


def locked_draft(dpia: Dpia) -> Dpia:
    """The DPIA, locked. Raises DpiaError unless it is a draft: what was sent to the DPO is not rewritten."""
    found = Dpia.objects.for_change().get(pk=dpia.pk)
    if found.state != Dpia.State.DRAFT:
        raise DpiaError("It is no longer a draft. Take it back to change it")
    return found


def write(dpia: Dpia, save: Callable[[], object], *, by: User) -> None:
    """Save a step or a risk of a draft; who wrote in it does not sign it off. Raises DpiaError."""
    with transaction.atomic(), because("Written"):
        locked_draft(dpia)
        save()
        DpiaAuthor.objects.get_or_create(dpia=dpia, person=by)


def send(dpia: Dpia) -> None:
    """Send a written draft to the data protection officer. Raises DpiaError with what is not written."""
    with transaction.atomic(), because("Sent to the data protection officer"):
        found = locked_draft(dpia)
        if lacking := unwritten(found):
            raise DpiaError("; ".join(lacking))
        found.state, found.sent_at = Dpia.State.WITH_DPO, Now()
        found.residual = worst(list(found.risks.all()))
        found.save(update_fields=["state", "sent_at", "residual"])


def take_back(dpia: Dpia) -> None:
    """Make it a draft again, to change it after advice; what is sent then needs advice again."""
    with transaction.atomic(), because("Taken back to be changed"):
        found = Dpia.objects.for_change().get(pk=dpia.pk)
        if found.state != Dpia.State.WITH_DPO:
            raise DpiaError("Only what is with the data protection officer can be taken back")
        found.state, found.sent_at = Dpia.State.DRAFT, None
        found.save(update_fields=["state", "sent_at"])


def sign_off(dpia: Dpia, *, by: User, post: Post, **said: Any) -> None:
    """Approve the measures and the risk left over, in a post that this person holds.

    The DPIA of the activity that was signed off before is superseded. `said` are the answer to the advice
    and what step 7 asks. Raises DpiaError where the state, the advice or the author forbids it.
    """
    with transaction.atomic(), because("Signed off"):
        found = Dpia.objects.for_change().get(pk=dpia.pk)
        _check_sign_off(found, by, said)
        found.activity.dpias.filter(state="signed_off").update(state="superseded")
        found.risks.update(is_approved=True)
        facts = said | {
            "state": Dpia.State.SIGNED_OFF,
            "residual": worst(list(found.risks.all())),
            "advice": found.advice_on_what_was_sent().first(),
            "signed_off_on": today(),
            "measures_approved_by": by,
            "measures_approved_post": post,
            "residual_approved_by": by,
            "residual_approved_post": post,
        }
        for name, value in facts.items():
            setattr(found, name, value)
        found.save(update_fields=[*facts])


def _check_sign_off(dpia: Dpia, by: User, said: dict[str, Any]) -> None:
    if dpia.state != Dpia.State.WITH_DPO:
        raise DpiaError("Only what is with the data protection officer can be signed off")
    if not by.has_perm("assets.sign_off_dpia", dpia):
        raise DpiaError("The SIRO signs off, and nobody what they own, wrote or advised on")
    if not dpia.advice_on_what_was_sent().exists():
        raise DpiaError("The data protection officer has not advised on it since it was sent")
    if worst(list(dpia.risks.all())) == "high" and not said.get("ico_consulted_on"):
        raise DpiaError("The risk left over is high: consult the ICO first, and enter when")
