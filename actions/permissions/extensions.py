"""Who asks for more time for an action, who answers, and who takes the request back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.models.extensions import RECORDERS
from actions.permissions.progress import may_report_progress
from governance.people.rules import rule

if TYPE_CHECKING:
    from actions.models import Action, Extension
    from governance.people.models import User


@rule("actions.ask_extension")
def may_ask_extension(person: User, action: Action) -> bool:
    """Whoever reports on the action: the post that owns it, its deputy, and who keeps the plans."""
    return may_report_progress(person, action)


@rule("actions.answer_extension")
def may_answer_extension(person: User, request: Extension) -> bool:
    """The post that decides; of a committee, whoever records its decisions. Never who asked, nor the post
    that owns the action."""
    if person.pk == request.recorded_by_id or person.occupies(request.action.owner_id):
        return False
    return person.occupies(request.decides_id) if request.decides_id else person.holds(*RECORDERS)


@rule("actions.withdraw_extension")
def may_withdraw_extension(person: User, request: Extension) -> bool:
    """Who asked, and the post that owns the action."""
    return person.pk == request.recorded_by_id or person.occupies(request.action.owner_id)
