"""Who may open audits, and enter what auditors say and the council answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.models import Audit
from actions.permissions.plans import KEEPERS, may_list_plans
from assets.models import READERS
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import User


@rule("actions.list_audits")
def may_list_audits(person: User) -> bool:
    """Whoever may list the plans that answer them."""
    return may_list_plans(person)


@rule("actions.view_audit")
def may_view_audit(person: User, audit: Audit) -> bool:
    """Readers of the registers, and whoever may open a plan that answers it."""
    return person.holds(*READERS) or Audit.objects.visible_to(person).filter(pk=audit.pk).exists()


@rule("actions.keep_audits")
def may_keep_audits(person: User) -> bool:
    """Information governance officers and the records manager enter what auditors say, and the answers."""
    return person.holds(*KEEPERS)
