"""Who adds evidence, and who takes it down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.models import Action, Document
from actions.permissions.plans import KEEPERS
from actions.permissions.progress import may_report_progress
from governance.people.rules import rule

if TYPE_CHECKING:
    from governance.people.models import User


@rule("actions.view_document")
def may_view_document(person: User, document: Document) -> bool:
    """Whoever may open an action that it serves, and readers of the registers."""
    return Document.objects.visible_to(person).filter(pk=document.pk).exists()


@rule("actions.add_evidence")
def may_add_evidence(person: User, action: Action) -> bool:
    """Whoever reports on the action."""
    return may_report_progress(person, action)


@rule("actions.add_version")
def may_add_version(person: User, document: Document) -> bool:
    """Whoever reports on every action that the document serves, since a version speaks for them all; of one
    that serves none any more, those who keep the plans."""
    served = list(Action.objects.filter(document_links__document=document).select_related("owner"))
    return person.holds(*KEEPERS) or (
        bool(served) and all(may_report_progress(person, action) for action in served)
    )


@rule("actions.take_down_evidence")
def may_take_down(person: User, document: Document) -> bool:
    """Information governance officers and the records manager alone."""
    return person.holds(*KEEPERS)
